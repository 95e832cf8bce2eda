package io.fovea.cli;

import io.fovea.batch.Order;
import io.fovea.choice.Beginning;
import io.fovea.choice.OptimizerName;
import io.fovea.choice.ScheduleName;
import io.fovea.dataset.Dataset;
import io.fovea.module.Engine;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Regularisation;
import io.fovea.problem.Problem;
import io.fovea.tensor.Precision;
import io.fovea.training.ComputationSettings;
import io.fovea.training.FineTuning;
import io.fovea.training.SettingsYaml;
import io.fovea.training.Snapshots;
import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything that can be chosen for a run; a settings file first, then the options over it. */
final class TrainingOptions {

    /** Nine digits are easily typed again. */
    private final long drawnSeed = new SecureRandom().nextInt(1, 1_000_000_000);

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings as YAML, such as the settings.yaml of a run; options given here come over it.")
    private Path file;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training pictures. Default: 30.")
    private Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Pictures per step. Default: 64, 32 when fine-tuning.")
    private Integer batchSize;

    @Option(
            names = "--sampling",
            paramLabel = "ORDER",
            description =
                    "shuffled, balanced (every class equally often, pictures of small ones repeated) or sequential."
                            + " Default: shuffled.")
    private Order sampling;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "sgd, momentum, nesterov, adam, adamw, rmsprop, adagrad or adadelta. Default: momentum,"
                    + " adamw when fine-tuning.")
    private OptimizerName optimizer;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description =
                    "The base rate. Default: the optimizer's usual one, 0.01 for momentum, and when fine-tuning one"
                            + " that is safe for pretrained weights, 0.00005 for adamw.")
    private Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description =
                    "fixed, step, multi_step, exponential, inverse, polynomial, sigmoid, cosine or one_cycle. Default:"
                            + " cosine.")
    private ScheduleName schedule;

    @Option(
            names = "--warm-up",
            paramLabel = "F",
            description = "Let the rate rise from 0 over the first fraction F of the run.")
    private Double warmUp;

    @Option(names = "--l1", paramLabel = "F", description = "Pull of weights to zero by their sign.")
    private Double l1;

    @Option(
            names = "--l2",
            paramLabel = "F",
            description =
                    "Pull of weights to zero by their size (weight decay). A head on features searches its own unless"
                            + " it is given.")
    private Double l2;

    @Option(
            names = "--early-stopping",
            paramLabel = "N",
            description = "Stop after N epochs without a better validation loss.")
    private Integer earlyStopping;

    @Option(
            names = "--snapshots",
            paramLabel = "EPOCHS",
            description = "Keep the weights of every so many epochs in the run's checkpoints; 0.5 is twice an epoch.")
    private Double snapshots;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of every random choice. Default: drawn, shown and kept with the run.")
    private Long seed;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "automatic (the faster one, found out in a long run), libtorch or vector. Default: automatic.")
    private Engine engine;

    @Option(
            names = "--precision",
            paramLabel = "FORM",
            description = "automatic (bfloat16 where the processor has it), float32 or bfloat16. Default: automatic.")
    private Precision precision;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: one per core.")
    private Integer threads;

    @Mixin
    private StepOptions steps;

    @Mixin
    private LossOptions loss;

    @Mixin
    private AugmentationOptions augmentation;

    /** Returns the file of settings, if one was given. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Whether a pull of weights to zero was given as an option, perhaps 0. */
    boolean givesL2() {
        return l2 != null;
    }

    /** Whether nobody chose a seed: then that of an unfinished run is as good. */
    boolean leavesSeedOpen() {
        return seed == null && file == null;
    }

    /**
     * Returns the settings for a dataset and a beginning; an {@link IllegalArgumentException} tells of a value out of range.
     *
     * @param pictures that an epoch learns from: a batch size that nobody chose is no larger
     */
    TrainingSettings settings(Dataset dataset, Beginning beginning, MachinesOption machines, int pictures) {
        TrainingSettings settings = settings(beginning, machines);
        if (batchSize == null && file == null) settings = Beginning.fitting(settings, pictures);
        return loss.areLeftOpen() ? Beginning.suiting(settings, dataset.task()) : settings;
    }

    /** Returns the settings; an {@link IllegalArgumentException} tells of a value out of range. */
    TrainingSettings settings() {
        return settings(Beginning.DRAWN, new MachinesOption());
    }

    private TrainingSettings settings(Beginning beginning, MachinesOption machines) {
        TrainingSettings defaults = machines.usual(beginning.settings(file == null ? drawnSeed : 1));
        TrainingSettings base = file == null ? defaults : read(file, defaults);
        TrainingSettings settings = base.withOptimizer(
                        optimizer == null ? base.step().optimizer() : optimizer.optimizer(),
                        learningRate(base, beginning))
                .withSchedule(schedule(base))
                .withAugmentation(augmentation.over(base.pictures().augmentation()));
        if (epochs != null) settings = settings.withEpochs(epochs);
        if (sampling != null) settings = settings.withSampling(sampling);
        if (batchSize != null) settings = settings.withBatchSize(batchSize);
        Regularisation usual = base.step().regularisation();
        settings = settings.withRegularisation(
                new Regularisation(l1 == null ? usual.l1() : l1, l2 == null ? usual.l2() : l2));
        settings = steps.over(settings.withLoss(loss.over(base.loss())));
        if (snapshots != null) settings = settings.withSnapshots(new Snapshots.Every(snapshots));
        if (earlyStopping != null) settings = settings.withEarlyStopping(OptionalInt.of(earlyStopping));
        if (seed != null) settings = settings.withSeed(seed);
        ComputationSettings computation = base.computation();
        return settings.withComputation(new ComputationSettings(
                engine == null ? computation.engine() : engine,
                precision == null ? computation.precision() : precision,
                threads == null ? computation.threads() : threads));
    }

    private double learningRate(TrainingSettings base, Beginning beginning) {
        if (learningRate != null) return learningRate;
        if (optimizer == null) return base.step().learningRate();
        return switch (beginning) {
            case DRAWN, DRAWN_MAPS, PRETRAINED_MAPS -> optimizer.learningRate();
            case PRETRAINED -> FineTuning.learningRate(optimizer.optimizer());
        };
    }

    private LearningRateSchedule schedule(TrainingSettings base) {
        LearningRateSchedule chosen = schedule == null ? base.step().schedule() : schedule.schedule();
        if (warmUp == null) return chosen;
        boolean rises = chosen instanceof LearningRateSchedule.WarmUp;
        return new LearningRateSchedule.WarmUp(warmUp, rises ? ((LearningRateSchedule.WarmUp) chosen).then() : chosen);
    }

    /** Reads settings from a file; those left out are the defaults'. */
    static TrainingSettings read(Path file, TrainingSettings defaults) {
        try {
            return SettingsYaml.read(Files.readString(file), file.toString(), defaults);
        } catch (IOException failure) {
            throw new Problem(
                    "The settings cannot be read: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the path and that the file is text",
                    failure);
        }
    }
}
