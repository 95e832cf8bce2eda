package io.fovea.traffic;

import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelAbsence;
import io.fovea.repository.ModelRepository;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who answers a share of requests.
 *
 * @param model   in the repository
 * @param version of it; empty for whichever answers
 */
public record Target(String model, Optional<Long> version) {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /** Checks that nothing is missing. */
    public Target {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
    }

    /**
     * Reads a target: {@code 2}, a version of the model that it is for; {@code NAME}, another model; {@code NAME/2}.
     *
     * @param served the name that it is for
     * @throws Problem if there is no word, or its version is no number
     */
    public static Target of(String word, String served) {
        if (NUMBER.matcher(word).matches()) return new Target(served, Optional.of(Long.parseLong(word)));
        int slash = word.indexOf('/');
        String model = slash < 0 ? word : word.substring(0, slash);
        String version = slash < 0 ? "1" : word.substring(slash + 1);
        if (model.isEmpty() || !NUMBER.matcher(version).matches())
            throw new Problem(
                    "\"" + word + "\" names no version.",
                    "the traffic of \"" + served + "\"",
                    "write a version as 2, another model as NAME, or a version of it as NAME/2");
        return new Target(model, slash < 0 ? Optional.empty() : Optional.of(Long.parseLong(version)));
    }

    /** Returns it as {@link #of} reads it. */
    String word(String served) {
        if (version.isEmpty()) return model;
        return model.equals(served) ? Long.toString(version.get()) : model + "/" + version.get();
    }

    /** Returns the model, if it answers now. */
    Optional<LoadedModel> loaded(ModelRepository models) {
        try {
            return Optional.of(models.model(model, version));
        } catch (ModelAbsence absent) {
            return Optional.empty();
        }
    }
}
