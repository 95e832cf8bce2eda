package io.fovea.source;

import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a source has: its pictures in the order in which they will be read.
 *
 * @param pictures        one for each picture
 * @param numberedClasses the class names by label, if the source numbers its classes; else empty, and the order is alphabetical
 * @param targets         [T] the numbers that every picture has in a regression; none in a classification
 * @param masks           how to read the masks alone, at the positions of their pictures; nothing where pictures have none
 * @param passedOver      what else it has and why that is not used
 * @param remarks         what else there is to say
 * @param reading         how to read the pictures
 */
public record SourceListing(
        List<ListedPicture> pictures,
        List<String> numberedClasses,
        List<TargetColumn> targets,
        Optional<PictureReading> masks,
        List<PassedOver> passedOver,
        List<String> remarks,
        PictureReading reading) {

    /** Without masks. */
    public SourceListing(
            List<ListedPicture> pictures,
            List<String> numberedClasses,
            List<TargetColumn> targets,
            List<PassedOver> passedOver,
            List<String> remarks,
            PictureReading reading) {
        this(pictures, numberedClasses, targets, Optional.empty(), passedOver, remarks, reading);
    }

    /** Of which everything is used. */
    public SourceListing(
            List<ListedPicture> pictures,
            List<String> numberedClasses,
            List<TargetColumn> targets,
            List<String> remarks,
            PictureReading reading) {
        this(pictures, numberedClasses, targets, Optional.empty(), List.of(), remarks, reading);
    }

    /** With classes, of which everything is used. */
    public SourceListing(
            List<ListedPicture> pictures, List<String> numberedClasses, List<String> remarks, PictureReading reading) {
        this(pictures, numberedClasses, List.of(), Optional.empty(), List.of(), remarks, reading);
    }

    /** Returns this listing, with more that is not used. */
    public SourceListing with(List<PassedOver> more) {
        if (more.isEmpty()) return this;
        List<PassedOver> all = new ArrayList<>(passedOver);
        all.addAll(more);
        return new SourceListing(pictures, numberedClasses, targets, masks, all, remarks, reading);
    }

    /** Returns this listing without the class names that its source gives. */
    public SourceListing withoutNumberedClasses() {
        return new SourceListing(pictures, List.of(), targets, masks, passedOver, remarks, reading);
    }

    /** Returns sentences about what is not used, and the other remarks. */
    public List<String> allRemarks() {
        return Stream.concat(passedOver.stream().map(PassedOver::remark), remarks.stream())
                .toList();
    }

    /**
     * Returns this listing with its part for validation as {@code use} says.
     *
     * @param sources how problems name the place
     */
    public SourceListing with(GivenValidation use, String sources) {
        if (use == GivenValidation.AS_VALIDATION) return this;
        if (pictures.stream().anyMatch(picture -> picture.part() == Split.TEST))
            throw new Problem(
                    "The pictures for validation are to be the test, but there are pictures for the test already.",
                    sources,
                    "leave --val-as-test out, or leave the other test pictures out");
        if (pictures.stream().noneMatch(picture -> picture.part() == Split.VALIDATION))
            throw new Problem(
                    "The pictures for validation are to be the test, but there are no pictures for validation.",
                    sources,
                    "leave --val-as-test out; --test PERCENT splits a test off the training pictures");
        List<ListedPicture> moved = pictures.stream()
                .map(picture -> picture.part() == Split.VALIDATION ? picture.in(Split.TEST) : picture)
                .toList();
        return new SourceListing(moved, numberedClasses, targets, masks, passedOver, remarks, reading);
    }
}
