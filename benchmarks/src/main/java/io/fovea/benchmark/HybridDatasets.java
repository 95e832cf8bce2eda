package io.fovea.benchmark;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Datasets of a workspace, each imported when it is first asked for: every training picture to train on, every test picture to test on, none split
 * off for validation.
 */
final class HybridDatasets {

    private static final int FEW = 4_000;
    private static final int FEW_TESTED = 1_000;

    private final Path workspace;
    private final Set<String> imported = new HashSet<>();

    HybridDatasets(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * Imports it, unless that is done.
     *
     * @param name {@code mnist}, {@code mnist-4000} (the first 4,000 training and 1,000 test pictures), {@code fashion-mnist} or {@code cifar10}
     * @throws Problem if its pictures are not here, or cannot be imported
     */
    void provide(String name) throws IOException, InterruptedException {
        if (!imported.add(name)) return;
        switch (name) {
            case "mnist-4000" -> {
                Path folder = Files.createTempDirectory("fovea-benchmark-");
                try {
                    FirstDigits.write(Repository.data("mnist").resolve("mnist"), FEW, FEW_TESTED, folder);
                    run(name, folder.toString());
                } finally {
                    Folder.delete(folder);
                }
            }
            case "cifar10" -> {
                Path folder = Repository.data(name).resolve(name);
                run(
                        name,
                        "train=" + folder.resolve("cifar10-jpeg-train.tar.gz"),
                        "test=" + folder.resolve("cifar10-jpeg-test.tar.gz"),
                        "--size",
                        "32");
            }
            default -> run(name, Repository.data(name).resolve(name).toString());
        }
    }

    private void run(String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("data", "import", name));
        command.addAll(List.of(more));
        command.addAll(List.of("--validation", "0", "--test", "0", "--workspace", workspace.toString()));
        FoveaCommand.run(command);
    }
}
