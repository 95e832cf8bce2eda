package io.fovea.cli;

import io.fovea.lab.Choice;
import io.fovea.lab.HybridLab;
import io.fovea.lab.HybridTables;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea lab hybrid}: the tables of the talk on the hybrid topology, its figures beside ours. */
@Command(
        name = "hybrid",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Make the tables of Radu's talk on CNN and k-NN hybrids again, with its figures beside.",
        description = {
            "",
            "Sizes, accuracies and seconds of five networks and of their sliced relatives, whose kernels come from"
                    + " evolution or from none at all, and the speed that the talk leaves open.",
            "Some half an hour on two cores, a few minutes with --quick. The same command goes on where a stopped one"
                    + " stood; finished rows are not made again.",
            "Nothing is chosen on the test digits.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea lab hybrid --quick             4,000 digits, 5 epochs, few generations",
            "  fovea lab hybrid                     everything",
            "  fovea lab hybrid --generations 150   a longer search for CMA-ES and PSO"
        })
final class LabHybridCommand extends LabVerb {

    @Option(names = "--quick", description = "Only 4,000 digits, 5 epochs and few generations.")
    private boolean quick;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of MNIST's files, or \"generated\" for digits that Fovea draws.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--generations",
            paramLabel = "N",
            description = "Generations of CMA-ES and PSO for each filter. Default: 40, with --quick 2.")
    private Integer generations;

    @Mixin
    private LabSeedOption seed;

    @Mixin
    private ThreadsOption threads;

    LabHybridCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Choice choice = Choice.of(data, Optional.empty(), OptionalInt.empty(), seed.seed())
                .withThreads(threads.threads());
        OptionalInt perFilter = generations == null ? OptionalInt.empty() : OptionalInt.of(generations);
        HybridLab.Extent extent = quick ? HybridLab.Extent.QUICK : HybridLab.Extent.WHOLE;
        Optional<HybridTables> result = lab(site -> new HybridLab(site).run(extent, perFilter, choice));
        return result.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
