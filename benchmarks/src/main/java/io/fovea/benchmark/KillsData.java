package io.fovea.benchmark;

import io.fovea.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the runs of {@link KillsBenchmark} work on: few digits, so that a run takes seconds.
 *
 * @param datasets the folder of an imported dataset, which workspaces share
 * @param settings that trials share, as YAML
 * @param model    to score with
 * @param pictures to score
 */
record KillsData(Path datasets, Path settings, Path model, Path pictures) {

    /** The dataset's name. */
    static final String NAME = "digits";

    private static final int TRAINING = 1_500;
    private static final int TEST = 200;
    private static final int SCORED = 10_000;

    /** Makes them in a folder. */
    static KillsData in(Path folder) throws IOException, InterruptedException {
        Path digits = Files.createDirectories(folder.resolve("first-digits"));
        FirstDigits.write(Repository.data("mnist").resolve("mnist"), TRAINING, TEST, digits);
        FoveaCommand.run(List.of(
                "data",
                "import",
                NAME,
                digits.toString(),
                "--validation",
                "10",
                "--workspace",
                folder.resolve("imported").toString()));
        // The engine that is faster is found out by measuring, and another one has other bits.
        Path settings =
                Files.writeString(folder.resolve("settings.yaml"), "computation:\n  engine: vector\n  threads: 1\n");
        return new KillsData(
                folder.resolve("imported/datasets"),
                settings,
                ServeBenchmark.write("lenet", new Shape(1, 28, 28), 10, folder.resolve("lenet.fovea")),
                ScoringBenchmark.repeated(
                        ScoringBenchmark.drawn(folder.resolve("drawn")), SCORED, folder.resolve("scored")));
    }

    /** Returns a workspace that has the dataset and nothing else. */
    Path workspace(Path place) throws IOException {
        Files.createSymbolicLink(Files.createDirectories(place).resolve("datasets"), datasets);
        return place;
    }
}
