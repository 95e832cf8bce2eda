package io.fovea.collection;

import io.fovea.download.DownloadListener;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of CIFAR-10, where they lie on this machine: as archives of pictures, or in its own binary files. */
record CifarSetFiles() implements SetFiles {

    @Override
    public boolean isHere(LocalData local) {
        return find(local).isPresent();
    }

    @Override
    public long bytesToFetch() {
        return 0;
    }

    @Override
    public List<Source> provide(LocalData local, Path made, DownloadListener listener) {
        return find(local)
                .orElseThrow(() -> new Problem(
                        "CIFAR-10 is not on this machine.",
                        local.dataFolder().map(Path::toString).orElse("$FOVEA_DATA is not set"),
                        "fetch https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, unpack it into "
                                + local.cacheFolder().resolve("cifar10") + " so that data_batch_5.bin lies in there"));
    }

    private static Optional<List<Source>> find(LocalData local) {
        return Stream.concat(local.dataFolder().stream(), Stream.of(local.cacheFolder()))
                .flatMap(folder -> Stream.of(folder.resolve("cifar10"), folder))
                .flatMap(folder -> within(folder).stream())
                .findFirst();
    }

    private static Optional<List<Source>> within(Path folder) {
        Path train = folder.resolve("cifar10-jpeg-train.tar.gz");
        Path test = folder.resolve("cifar10-jpeg-test.tar.gz");
        if (Files.isRegularFile(train) && Files.isRegularFile(test))
            return Optional.of(List.of(Source.of(train, SourceRole.TRAINING), Source.of(test, SourceRole.TEST)));
        return Files.isRegularFile(folder.resolve("data_batch_5.bin"))
                ? Optional.of(List.of(Source.of(folder)))
                : Optional.empty();
    }
}
