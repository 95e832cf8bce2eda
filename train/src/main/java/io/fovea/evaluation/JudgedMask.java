package io.fovea.evaluation;

import java.util.List;

/**
 * What the network made of the pixels of one picture.
 *
 * @param position              the picture's place in the split
 * @param source                its file
 * @param intersectionOverUnion the mean over the classes of this picture; NaN if none of its pixels is labelled
 * @param accuracy              the share of its labelled pixels that are right, likewise
 * @param perClass              [K] the intersection over union of each class; NaN where none of its pixels has the class or is taken for it
 */
public record JudgedMask(
        int position, String source, double intersectionOverUnion, double accuracy, List<Double> perClass) {

    /** Copies. */
    public JudgedMask {
        perClass = List.copyOf(perClass);
    }
}
