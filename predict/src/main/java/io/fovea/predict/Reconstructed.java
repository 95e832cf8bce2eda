package io.fovea.predict;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A picture that a model made of a picture. Immutable; threads may share it.
 *
 * @param picture       in the model's size and number of channels
 * @param unfamiliarity how far the given picture is from those that the model learned from; empty if the model cannot tell
 */
public record Reconstructed(Pixels picture, Optional<Unfamiliarity> unfamiliarity) implements Answer {

    /** Checks that nothing is missing. */
    public Reconstructed {
        Objects.requireNonNull(picture, "picture");
        Objects.requireNonNull(unfamiliarity, "unfamiliarity");
    }

    /** Returns its size, for example {@code a picture of 28x28 pixels}. */
    @Override
    public String words(int top) {
        return "a picture of " + picture.width() + "x" + picture.height() + " pixels"
                + Unfamiliarity.after(unfamiliarity);
    }

    @Override
    public Map<String, Object> json(int top) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("height", picture.height());
        json.put("width", picture.width());
        json.put("channels", picture.channels());
        Unfamiliarity.put(unfamiliarity, json);
        return json;
    }

    @Override
    public Optional<byte[]> png() {
        return Optional.of(PngWriter.bytes(picture));
    }
}
