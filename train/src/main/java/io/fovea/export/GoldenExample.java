package io.fovea.export;

import java.util.Objects;

/**
 * A picture and what the trained network gives for it.
 *
 * @param source  its name in the dataset
 * @param content the picture file's bytes: the original file where there is one, else a PNG of the decoded picture
 * @param label   its true class index; 0 in a regression
 * @param logits  [K] the trainer's outputs in fp32; in a regression [T], in network units
 */
public record GoldenExample(String source, byte[] content, int label, float[] logits) {

    /** Checks that nothing is missing. The arrays are shared, not copied. */
    public GoldenExample {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(logits, "logits");
    }
}
