package io.fovea.cli;

import io.fovea.job.Job;
import io.fovea.terminal.Console;
import io.fovea.work.Jobs;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea shrink ladder}: a model and all that can be made of it that is smaller. */
@Command(
        name = "ladder",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Make all smaller models of a model that can be made, and compare them.",
        description = {
            "",
            "Whole numbers, pooling in the place of dense layers, fewer channels, a hybrid: each becomes a model,"
                + " judged on the same test pictures and timed in turns. A table and a chart tell accuracy, size and"
                + " time.",
        },
        footer = {"", "Example:", "  fovea shrink ladder digits-lenet --data digits"})
final class ShrinkLadderCommand extends Verb {

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

    @Option(names = "--name", paramLabel = "NAME", description = "What new models' names begin with. Default: MODEL.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--rungs",
            paramLabel = "WHICH",
            split = ",",
            description = "int8, pooled, pruned, hybrid, with commas between. Default: all.")
    private List<String> rungs = List.of();

    @Option(
            names = "--keep",
            paramLabel = "X",
            split = ",",
            description = "Shares of channels that stay, with commas between. Default: 0.5,0.25.")
    private List<Double> keep = List.of();

    @Option(names = "--epochs", paramLabel = "N", description = "How long a changed network learns on. Default: 5.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Of every random choice. Default: 1.")
    private Optional<Long> seed = Optional.empty();

    ShrinkLadderCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return done(checked(() -> new Job.Ladder(model, data, name, rungs, keep, epochs, seed)), Jobs.Going.ON);
    }
}
