package io.fovea.dataset;

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
}
