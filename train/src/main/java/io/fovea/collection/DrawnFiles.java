package io.fovea.collection;

import io.fovea.download.DownloadListener;
import io.fovea.file.AtomicFolder;
import io.fovea.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Digits that Fovea draws.
 *
 * @param folder   their folder's name
 * @param perDigit pictures of each digit to learn from
 * @param perTest  pictures of each digit to test on
 */
record DrawnFiles(String folder, int perDigit, int perTest) implements SetFiles {

    private static final long SEED = 1;

    @Override
    public boolean isHere(LocalData local) {
        return true;
    }

    @Override
    public long bytesToFetch() {
        return 0;
    }

    @Override
    public List<Source> provide(LocalData local, Path made, DownloadListener listener) {
        Path place = made.resolve(folder);
        if (!Files.isDirectory(place)) {
            AtomicFolder.write(place, part -> GeneratedDigits.generate(perDigit, perTest, SEED)
                    .write(part));
        }
        return List.of(Source.of(place));
    }
}
