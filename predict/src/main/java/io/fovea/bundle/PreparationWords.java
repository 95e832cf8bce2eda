package io.fovea.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import java.util.Map;

/**
 * Everything that a reader without Fovea must know to turn a picture file into the network's input, as words and numbers in the manifest.
 *
 * <p>Beside what a model can choose (size, colour mode, resize mode …) stand the rules that hold for every model of this version. They are
 * written so that no reader has to guess, and compared when a file is read: a model that was made by other rules is refused instead of
 * being fed something else.
 */
final class PreparationWords {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PreparationWords() {}

    /** Returns what goes in: the name, type, layout and shape of the one input. */
    static ObjectNode input(Preprocessing preprocessing) {
        ObjectNode input = JSON.objectNode();
        input.put("name", "input");
        input.put("type", "float32");
        input.put("layout", "nchw");
        ArrayNode shape = input.putArray("shape");
        shape.add(preprocessing.channels()).add(preprocessing.height()).add(preprocessing.width());
        ArrayNode channels = input.putArray("channels");
        if (preprocessing.colorMode() == ColorMode.GREY) channels.add("grey");
        else channels.add("red").add("green").add("blue");
        return input;
    }

    /** Returns the rules by which a picture of that preprocessing is prepared, in the order in which they are applied. */
    static ObjectNode rules(Preprocessing preprocessing) {
        ObjectNode rules = JSON.objectNode();
        rules.put("orientation", "upright-by-exif-else-xmp");
        rules.put("transparency", "on-white");
        rules.put("sixteenBits", "upper-eight");
        rules.put("colorProfile", "ignored");
        rules.put("greyFormula", "(19595 * red + 38470 * green + 7471 * blue + 32768) >> 16");
        switch (preprocessing.resizeMode()) {
            case SQUASH -> rules.put("scale", "both-sides").put("scaleRounding", "none");
            case CROP -> rules.put("scale", "cover").put("scaleRounding", "down");
            case FILL -> rules.put("scale", "fit").put("scaleRounding", "half-up");
            case HALF_CROP -> rules.put("scale", "mean-of-cover-and-fit").put("scaleRounding", "half-up");
        }
        rules.put("filter", "bilinear");
        rules.put("antialiasing", true);
        rules.put("resampling", "columns-then-rows-rounded-to-eight-bits");
        rules.put("cropOffset", "half-of-rest-rounded-half-even");
        rules.put("fillOffset", "half-of-rest-rounded-down");
        ArrayNode fill = rules.putArray("fillColor");
        for (int c = 0; c < preprocessing.channels(); c++) fill.add(0);
        ArrayNode range = rules.putArray("valueRange");
        range.add(0).add(1);
        rules.put("valueFormula", "(byte / 255 - mean) / std");
        return rules;
    }

    /**
     * Checks that what a manifest says of its input is what this version does.
     *
     * @throws Problem that names the field
     */
    static void check(JsonNode manifest, Preprocessing preprocessing, String where) {
        check("input", manifest.path("input"), input(preprocessing), where);
        check("preprocessing", manifest.path("preprocessing"), rules(preprocessing), where);
    }

    private static void check(String parent, JsonNode found, ObjectNode expected, String where) {
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            JsonNode value = found.path(field.getKey());
            if (value.isMissingNode() || value.equals(field.getValue())) continue;
            throw new Problem(
                    "Field \"" + parent + "." + field.getKey() + "\" is " + value + ", expected " + field.getValue()
                            + ": pictures would be prepared otherwise here than for the model",
                    where,
                    "use the program that wrote the model, or a newer Fovea");
        }
    }
}
