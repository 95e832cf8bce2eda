package io.fovea.cli;

import io.fovea.job.Job;
import io.fovea.terminal.Console;
import io.fovea.work.Jobs;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea shrink int8}: a model in whole numbers, beside the one that it is made of. */
@Command(
        name = "int8",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Put a model into whole numbers: a quarter of the size, several times as fast.",
        description = {
            "",
            "Pictures of the dataset's training part show which values occur; its test part tells accuracy before and"
                    + " after, and both models are timed here. Layers that would cost most stay in floats.",
        },
        footer = {"", "Example:", "  fovea shrink int8 pets-resnet18 --data pets"})
final class ShrinkInt8Command extends Verb {

    @Parameters(
            paramLabel = "MODEL",
            description = "A model file (.fovea), the name of a model in the workspace, or \"latest\".")
    private String model;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            required = true,
            description = "A dataset of the model's classes, with a test part.")
    private String data;

    @Option(names = "--name", paramLabel = "NAME", description = "The new model's name. Default: MODEL-int8.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--pictures", paramLabel = "N", description = "How many training pictures to take. Default: 128.")
    private Optional<Integer> pictures = Optional.empty();

    @Option(
            names = "--processor",
            paramLabel = "WHICH",
            description = "any, or this: closer answers on processors like this one, if it has VNNI. Default: any.")
    private Optional<String> processor = Optional.empty();

    @Option(
            names = "--bound",
            paramLabel = "X",
            description =
                    "How far answers may be from those before; layers stay in floats until they are. Default: 0.05"
                            + " nats, or 0.01 of the variance of numbers.")
    private Optional<Double> bound = Optional.empty();

    @Option(names = "--keep-slower", description = "Keep a model that is not faster here, for another machine.")
    private boolean keepSlower;

    ShrinkInt8Command(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Job job = checked(() -> new Job.Int8(model, data, name, pictures, processor, bound, keepSlower));
        return done(job, Jobs.Going.ON);
    }
}
