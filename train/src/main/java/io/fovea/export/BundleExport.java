package io.fovea.export;

import java.nio.file.Path;

/** Writes a trained network as a bundle, after proving that it predicts what the trainer saw. */
public final class BundleExport {

    private BundleExport() {}

    /** Writes beside {@code target} and moves into place. */
    public static ExportReport write(BundleContents contents, Path target) {
        throw new UnsupportedOperationException();
    }
}
