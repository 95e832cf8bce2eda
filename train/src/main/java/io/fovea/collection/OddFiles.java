package io.fovea.collection;

import io.fovea.codec.PngWriter;
import io.fovea.download.DownloadListener;
import io.fovea.file.AtomicFolder;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The odd digits, a folder for each digit: all of them to test on.
 *
 * @param folder their folder's name
 */
record OddFiles(String folder) implements SetFiles {

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
            AtomicFolder.write(place, part -> {
                for (OddDigits.OddDigit odd : OddDigits.list()) {
                    Path digit = Files.createDirectories(part.resolve(Integer.toString(odd.digit())));
                    PngWriter.write(odd.picture(), digit.resolve(odd.name() + ".png"));
                }
            });
        }
        return List.of(Source.of(place, SourceRole.TEST));
    }
}
