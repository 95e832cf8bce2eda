package io.fovea.bundle;

import java.nio.file.Path;

/** Writes bundles: the same bundle gives the same bytes, on every machine and at any time. */
public final class BundleWriter {

    private BundleWriter() {}

    /** Writes beside {@code target} and moves into place. */
    public static void write(Bundle bundle, Path target) {
        throw new UnsupportedOperationException();
    }
}
