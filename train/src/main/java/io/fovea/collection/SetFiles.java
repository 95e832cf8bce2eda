package io.fovea.collection;

import io.fovea.download.DownloadListener;
import io.fovea.source.Source;
import java.nio.file.Path;
import java.util.List;

/** How the files of a ready-made set are come by. */
public sealed interface SetFiles permits PublishedFiles, CifarSetFiles, DrawnFiles, InvertedFiles, OddFiles {

    /** Returns whether nothing has to be fetched. */
    boolean isHere(LocalData local);

    /** Returns how many bytes are fetched where nothing is here; 0 where nothing ever is. */
    long bytesToFetch();

    /**
     * Returns what an import reads, after fetching or making it if need be.
     *
     * @param made the folder for what Fovea makes itself; each set has one of its own in it
     * @throws io.fovea.problem.Problem if it cannot be had
     */
    List<Source> provide(LocalData local, Path made, DownloadListener listener);
}
