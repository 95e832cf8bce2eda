package io.fovea.format;

import java.util.Locale;

/**
 * What was compared after writing.
 *
 * @param what       in words, such as {@code 16 golden pictures in ONNX Runtime}
 * @param difference the largest that was found
 * @param allowed    what would have been a failure
 */
public record Check(String what, double difference, double allowed) {

    /** Returns it as a line. */
    public String line() {
        return difference == 0
                ? what + ": no difference"
                : String.format(Locale.ROOT, "%s: largest difference %.2g of %.2g", what, difference, allowed);
    }
}
