package io.fovea.cli;

import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be chosen in the labs on photographs. */
final class LabTransferOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the photographs, with \"train\" and \"val\" in it. Default: looked for in"
                    + " $FOVEA_DATA.")
    private Path data;

    @Option(
            names = "--pretrained",
            paramLabel = "NAME",
            defaultValue = "resnet18",
            description =
                    "Weights of the workspace (fovea network import), or a network whose public weights are fetched"
                            + " if they are not here. Default: ${DEFAULT-VALUE}.")
    private String weights;

    @Option(
            names = "--copies",
            paramLabel = "N",
            defaultValue = "3",
            description = "Augmented copies of every training picture that the head also learns from. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int copies;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: one per core.")
    private Integer threads;

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    String weights() {
        return weights;
    }

    int copies() {
        return checked("--copies", copies, 0);
    }

    private static int checked(String option, int value, int least) {
        if (value >= least) return value;
        throw new Problem(
                option + " must be at least " + least + ", not " + value + ".",
                "option " + option,
                "leave it out if in doubt");
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : checked("--threads", threads, 1);
    }
}
