package io.fovea.dataset;

import java.nio.file.Path;
import java.util.List;

/** Makes a dataset of pictures as people have them: folders, idx, CIFAR files, lists, archives. */
public final class DatasetImport {

    private DatasetImport() {}

    /**
     * Imports sources as one dataset.
     *
     * @param sources      one or more; their formats are found by looking at them unless given
     * @param settings     size, splits, limits
     * @param targetFolder the dataset's own folder, complete or absent afterwards, whatever happens
     * @param listener     hears the progress
     * @return what was imported and what was left out
     * @throws io.fovea.problem.Problem if the sources cannot be read as a dataset, the target exists and is to be kept, or the
     *     disk is full or not writable
     */
    public static ImportReport run(
            List<Source> sources, ImportSettings settings, Path targetFolder, ImportListener listener) {
        throw new UnsupportedOperationException("not yet");
    }
}
