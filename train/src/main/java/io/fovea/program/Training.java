package io.fovea.program;

import io.fovea.dataset.Dataset;
import io.fovea.event.EventListener;
import io.fovea.problem.Problem;
import io.fovea.training.StopSignal;
import io.fovea.training.TrainingSettings;
import io.fovea.work.TrainingProgram;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network learns a dataset, as {@code fovea train} does it.
 *
 * <pre>{@code
 * Training.of(digits, "hybrid-16").epochs(5).seed(1).run(runs).export(file);
 * }</pre>
 *
 * <p>Immutable: each choice returns another. What is not chosen is as usual for the dataset's task.
 */
public final class Training {

    private final Dataset dataset;
    private final String network;
    private final Optional<String> name;
    private final UnaryOperator<TrainingSettings> settings;
    private final Optional<Long> seed;
    private final EventListener listener;
    private final StopSignal stop;

    private Training(
            Dataset dataset,
            String network,
            Optional<String> name,
            UnaryOperator<TrainingSettings> settings,
            Optional<Long> seed,
            EventListener listener,
            StopSignal stop) {
        this.dataset = dataset;
        this.network = network;
        this.name = name;
        this.settings = settings;
        this.seed = seed;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Of a network of the catalogue, or a file ({@code .yaml}), from drawn weights.
     *
     * @param dataset open until the training is over
     */
    public static Training of(Dataset dataset, String network) {
        return new Training(
                dataset,
                network,
                Optional.empty(),
                UnaryOperator.identity(),
                Optional.empty(),
                EventListener.NOBODY,
                new StopSignal());
    }

    /** Of so many passes over the training pictures; 30 if it is not said. */
    public Training epochs(int epochs) {
        return with(before -> before.withEpochs(epochs));
    }

    /** With so many pictures in a step. */
    public Training batchSize(int pictures) {
        return with(before -> before.withBatchSize(pictures));
    }

    /** With another base learning rate. */
    public Training learningRate(double rate) {
        return with(before -> before.withLearningRate(rate));
    }

    /** With any other settings. */
    public Training with(UnaryOperator<TrainingSettings> change) {
        return new Training(
                dataset, network, name, before -> change.apply(settings.apply(before)), seed, listener, stop);
    }

    /** With the seed of every random choice; drawn if it is not said. */
    public Training seed(long number) {
        return new Training(dataset, network, name, settings, Optional.of(number), listener, stop);
    }

    /** Of a model with another name than dataset and network. */
    public Training named(String model) {
        return new Training(dataset, network, Optional.of(model), settings, seed, listener, stop);
    }

    /** With somebody who hears what happens, in the thread that works. */
    public Training telling(EventListener whom) {
        return new Training(dataset, network, name, settings, seed, whom, stop);
    }

    /** With somebody who can ask it to stop. */
    public Training stoppedBy(StopSignal signal) {
        return new Training(dataset, network, name, settings, seed, listener, signal);
    }

    /**
     * Trains and judges, in this thread, in a folder of its own; goes on with an unfinished run of just the same.
     *
     * @param runs the folder of such folders
     * @throws Problem if it cannot be done as it stands, fails, or was asked to stop
     */
    public Trained run(Path runs) {
        TrainingProgram program = new TrainingProgram(dataset, network, name, settings, seed);
        return program.run(runs, listener, stop)
                .map(Trained::new)
                .orElseThrow(() -> new Problem(
                        "The training was asked to stop.", runs.toString(), "run it again: it goes on where it stood"));
    }
}
