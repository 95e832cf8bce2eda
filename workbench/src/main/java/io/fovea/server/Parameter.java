package io.fovea.server;

import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.http.Context;
import java.util.Arrays;

/** What an address and its query say, read as what is meant; what they say wrongly is a problem that names the parameter. */
final class Parameter {

    private Parameter() {}

    /** Returns the name of something that is there. */
    static String name(Workspace workspace, Shelf shelf, Context ctx) {
        String name = ctx.pathParamMap().containsKey("id") ? ctx.pathParam("id") : ctx.pathParam("name");
        return Refusal.orAbsent(() -> {
            workspace.existing(shelf, name);
            return name;
        });
    }

    static int[] positions(String words) {
        if (words == null || words.isBlank())
            throw new Problem("No pictures are named.", "positions", "name positions, such as 0,1,2");
        return Arrays.stream(words.split(","))
                .mapToInt(word -> whole(word, "positions"))
                .toArray();
    }

    static int whole(String word, String where) {
        try {
            return Integer.parseInt(word.strip());
        } catch (NumberFormatException otherwise) {
            throw new Problem("Expected a whole number, found \"" + word + "\".", where, "write digits", otherwise);
        }
    }

    static double number(String word, String where) {
        try {
            return Double.parseDouble(word.strip());
        } catch (NumberFormatException otherwise) {
            throw new Problem("Expected a number, found \"" + word + "\".", where, "write one such as 0.01", otherwise);
        }
    }
}
