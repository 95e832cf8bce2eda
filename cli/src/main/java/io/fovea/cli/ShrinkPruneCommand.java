package io.fovea.cli;

import io.fovea.job.Job;
import io.fovea.terminal.Console;
import io.fovea.work.Jobs;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea shrink prune}: the ladder's rung of fewer channels alone. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Take whole channels out of a model: smaller and faster for every runtime.",
        description = {
            "",
            "The channels of the weakest filters go, the network learns on for some epochs, and both models are judged"
                    + " on the test part and timed.",
        },
        footer = {"", "Example:", "  fovea shrink prune digits-lenet --data digits --keep 0.5"})
final class ShrinkPruneCommand extends Verb {

    @Parameters(
            paramLabel = "MODEL",
            description = "A model file (.fovea), the name of a model in the workspace, or \"latest\".")
    private String model;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            required = true,
            description = "The dataset that the model learned, with a test part.")
    private String data;

    @Option(names = "--name", paramLabel = "NAME", description = "What the model's name begins with. Default: MODEL.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--keep", paramLabel = "X", description = "The share of channels that stays. Default: 0.5.")
    private double keep = 0.5;

    @Option(names = "--epochs", paramLabel = "N", description = "How long the network learns on. Default: 5.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Of every random choice. Default: 1.")
    private Optional<Long> seed = Optional.empty();

    ShrinkPruneCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return done(
                checked(() -> new Job.Ladder(model, data, name, List.of("pruned"), List.of(keep), epochs, seed)),
                Jobs.Going.ON);
    }
}
