package io.fovea.download;

/** Hears how far a download has come; called by the thread that downloads, after each piece. */
@FunctionalInterface
public interface DownloadListener {

    /** Cares for nothing. */
    DownloadListener NONE = (file, received, total) -> {};

    /** So many bytes of this file lie on disk, out of so many; {@code total} is 0 as long as nobody says. Goes back when a mirror has to start over. */
    void progressed(String file, long received, long total);
}
