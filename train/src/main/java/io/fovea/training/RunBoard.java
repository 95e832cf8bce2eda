package io.fovea.training;

import io.fovea.event.TrainingEvent;
import io.fovea.network.Network;
import io.fovea.task.Measure;
import io.fovea.tensorboard.EventFile;
import io.fovea.tensorboard.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run's event files, with all that follows from the run's events: curves, graph, settings, and that it ended well.
 *
 * <p>The folders {@code train} and {@code validation} hold curves of the same names, which the page draws into one chart; the folder itself
 * holds what belongs to the run as a whole.
 */
final class RunBoard implements TrainingListener, AutoCloseable {

    private final EventFile whole;
    private final EventFile train;
    private final EventFile validation;

    /**
     * Opens further files in a run's folder.
     *
     * @param step the last step before the first event
     */
    RunBoard(Path folder, long step, Instant now) {
        // a run that starts over also writes what stands at step 0 again
        long firstStep = step == 0 ? 0 : step + 1;
        whole = EventFile.open(folder, firstStep, now);
        train = EventFile.open(folder.resolve("train"), firstStep, now);
        validation = EventFile.open(folder.resolve("validation"), firstStep, now);
    }

    /** Writes what is known before the first step. */
    void begin(Network network, Map<String, Object> hyperParameters, Instant at) {
        whole.write(NetworkGraph.of(network), at);
        add(0, at, List.of(new Value.SessionStart(hyperParameters, at)));
    }

    /** Adds to the run as a whole. */
    void add(long step, Instant at, List<Value> values) {
        whole.write(step, at, values);
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.StepFinished step -> train.write(step.step(), step.at(), curves(step));
            case TrainingEvent.StartJudged start ->
                validation.write(0, start.at(), curves(start.validationLoss(), start.validation()));
            case TrainingEvent.EpochFinished epoch -> validation.write(epoch.step(), epoch.at(), curves(epoch));
            case TrainingEvent.RunFinished finished -> {
                if (finished.outcome() == TrainingEvent.Outcome.STOPPED) return;
                Value end = new Value.SessionEnd(Value.Outcome.SUCCESS, finished.at());
                add(finished.steps(), finished.at(), List.of(end));
            }
            case TrainingEvent.RunStarted _,
                    TrainingEvent.Remarked _,
                    TrainingEvent.CheckpointSaved _,
                    TrainingEvent.SnapshotSaved _,
                    TrainingEvent.PicturesAnswered _,
                    TrainingEvent.MachineUsed _ -> {}
        }
    }

    private static List<Value> curves(TrainingEvent.StepFinished step) {
        List<Value> values = curves(step.loss(), step.measures());
        values.add(new Value.Scalar("learning_rate", step.learningRate()));
        values.add(new Value.Scalar("images_per_second", step.imagesPerSecond()));
        return values;
    }

    private static List<Value> curves(TrainingEvent.EpochFinished epoch) {
        if (epoch.validationLoss().isEmpty()) return List.of();
        return curves(epoch.validationLoss().getAsDouble(), epoch.validation());
    }

    private static List<Value> curves(double loss, List<Measure> measures) {
        List<Value> values = new ArrayList<>();
        values.add(new Value.Scalar("loss", loss));
        measures.forEach(measure -> values.add(new Value.Scalar(measure.column(), measure.value())));
        return values;
    }

    @Override
    public void close() {
        whole.close();
        train.close();
        validation.close();
    }
}
