package io.fovea.importer;

import io.fovea.image.Pixels;

/** Hears how far an import has come; called by the thread that runs the import. */
@FunctionalInterface
public interface ImportListener {

    /** Hears nothing. */
    ImportListener NONE = (done, total) -> {};

    /**
     * Told now and then.
     *
     * @param done  pictures that are stored or were found broken
     * @param total pictures to come to, or −1 while the sources are still being listed
     */
    void progressed(long done, long total);

    /** Told of every picture that is stored, as it was prepared: [H, W, C]. */
    default void arrived(Pixels picture) {}
}
