package io.fovea.dataset;

import java.util.List;

/**
 * What a source has: its pictures in the order in which they will be read.
 *
 * @param pictures        one for each picture
 * @param numberedClasses the class names by label, if the source numbers its classes; else empty, and the order is alphabetical
 * @param remarks         what was passed over
 * @param reading         how to read the pictures
 */
record SourceListing(
        List<ListedPicture> pictures, List<String> numberedClasses, List<String> remarks, PictureReading reading) {}
