package io.fovea.collection;

import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.RemoteFile;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where public sets may lie on this machine already, and where downloads go.
 *
 * <p>A folder that was named explicitly is the only one looked into. Else $FOVEA_DATA comes before the cache. In each, the set
 * lies in a folder of its name, or directly.
 *
 * @param explicitFolder what the user named ({@code --data DIR})
 * @param dataFolder     $FOVEA_DATA
 * @param cacheFolder    where downloads go
 */
public record LocalData(Optional<Path> explicitFolder, Optional<Path> dataFolder, Path cacheFolder) {

    /**
     * The places on this machine: $FOVEA_DATA, and {@code fovea/data} in $XDG_CACHE_HOME or else in {@code .cache} of the home folder.
     *
     * @param environment the environment variables, as {@code System.getenv()}
     * @param home        the user's home folder
     */
    public static LocalData of(Optional<Path> explicitFolder, Map<String, String> environment, Path home) {
        Path cache = folder(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
        return new LocalData(
                explicitFolder,
                folder(environment, "FOVEA_DATA"),
                cache.resolve("fovea").resolve("data"));
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /**
     * Returns the folder that holds all files of the set, if there is one.
     *
     * @throws Problem if the user named a folder and it does not hold the set
     */
    public Optional<Path> find(PublicDataset dataset) {
        if (explicitFolder.isPresent()) {
            Optional<Path> found = within(explicitFolder.get(), dataset);
            if (found.isEmpty()) throw missing(explicitFolder.get(), dataset);
            return found;
        }
        return dataFolder.flatMap(folder -> within(folder, dataset)).or(() -> within(cacheFolder, dataset));
    }

    private static Optional<Path> within(Path folder, PublicDataset dataset) {
        Path named = folder.resolve(dataset.name());
        if (dataset.isIn(named)) return Optional.of(named);
        return dataset.isIn(folder) ? Optional.of(folder) : Optional.empty();
    }

    private static Problem missing(Path folder, PublicDataset dataset) {
        String names =
                String.join(", ", dataset.files().stream().map(RemoteFile::name).toList());
        return new Problem(
                "The folder does not hold " + dataset.name() + ".",
                folder.toString(),
                "put " + names + " there, or leave the folder out to have them downloaded");
    }

    /**
     * Returns the folder that holds the set, after downloading it into the cache if it is nowhere.
     *
     * @throws Problem if it has to be downloaded and cannot be
     */
    public Path provide(PublicDataset dataset, Download download, DownloadListener listener) {
        Optional<Path> found = find(dataset);
        if (found.isPresent()) return found.get();
        Path folder = cacheFolder.resolve(dataset.name());
        try {
            dataset.fetch(folder, download, listener);
        } catch (Problem problem) {
            throw new Problem(
                    dataset.name() + " is not on this machine and could not be downloaded. " + problem.what(),
                    problem.where(),
                    problem.remedy() + "; or name a folder that holds the set (--data DIR, $FOVEA_DATA);"
                            + " or use digits that Fovea draws itself: --data generated",
                    problem);
        }
        return folder;
    }
}
