package io.fovea.cli;

import io.fovea.lab.Choice;
import io.fovea.lab.PhotographLab;
import io.fovea.lab.PhotographResult;
import io.fovea.lab.Site;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be chosen in the labs on photographs. */
final class PhotographLabOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the photographs, with \"train\" and \"val\" in it. Default: looked for in"
                    + " $FOVEA_DATA.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--pretrained",
            paramLabel = "NAME",
            description =
                    "Weights of the workspace (fovea network import), or a network whose public weights are fetched"
                            + " if they are not here. Default: ${DEFAULT-VALUE}.")
    private String weights;

    @Option(
            names = "--copies",
            paramLabel = "N",
            description = "Augmented copies of every training picture that the head also learns from. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int copies;

    @Mixin
    private LabSeedOption seed;

    @Mixin
    private ThreadsOption threads;

    /** Does the lab of that name as was chosen. */
    Optional<PhotographResult> run(String lab, Site site) {
        if (copies < 0) throw new Choice.OutOfRange("--copies must be at least 0: " + copies);
        Choice choice = Choice.of(data, Optional.empty(), OptionalInt.empty(), seed.seed())
                .withThreads(threads.threads());
        return new PhotographLab(site).run(lab, choice, Optional.of(weights), Optional.of(copies));
    }
}
