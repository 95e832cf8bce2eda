package io.fovea.dataset;

import io.fovea.problem.Problem;
import java.util.List;

/**
 * What a source has: its pictures in the order in which they will be read.
 *
 * @param pictures        one for each picture
 * @param numberedClasses the class names by label, if the source numbers its classes; else empty, and the order is alphabetical
 * @param targets         [T] the numbers that every picture has in a regression; none in a classification
 * @param remarks         what was passed over
 * @param reading         how to read the pictures
 */
record SourceListing(
        List<ListedPicture> pictures,
        List<String> numberedClasses,
        List<TargetColumn> targets,
        List<String> remarks,
        PictureReading reading) {

    /** With classes. */
    SourceListing(
            List<ListedPicture> pictures, List<String> numberedClasses, List<String> remarks, PictureReading reading) {
        this(pictures, numberedClasses, List.of(), remarks, reading);
    }

    /**
     * Returns this listing with its part for validation as {@code use} says.
     *
     * @param sources how problems name the place
     */
    SourceListing with(GivenValidation use, String sources) {
        if (use == GivenValidation.AS_VALIDATION) return this;
        if (pictures.stream().anyMatch(picture -> picture.part() == Split.TEST))
            throw new Problem(
                    "The pictures for validation are to be the test, but there are pictures for the test already.",
                    sources,
                    "leave --val-as-test out, or leave the other test pictures out");
        List<ListedPicture> moved = pictures.stream()
                .map(picture -> picture.part() == Split.VALIDATION ? picture.in(Split.TEST) : picture)
                .toList();
        return new SourceListing(moved, numberedClasses, targets, remarks, reading);
    }
}
