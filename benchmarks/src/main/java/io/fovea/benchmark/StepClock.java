package io.fovea.benchmark;

import io.fovea.event.TrainingEvent;
import io.fovea.training.StopSignal;
import io.fovea.training.TrainingListener;
import java.util.Locale;

/** Times a run's steps after those of the warm-up, and ends it. Events come every few steps, so both ends lie on such a step. */
final class StepClock implements TrainingListener {

    private final int warmUp;
    private final int steps;
    private final int pictures;
    private final int batchSize;
    private final StopSignal stop = new StopSignal();
    private int stepsPerEpoch;
    private long parameters;
    private String engine = "";
    private Moment start = new Moment(0, 0);
    private Moment end = new Moment(0, 0);
    private long timedSteps;
    private double loss;

    /** When so many pictures had been trained. */
    private record Moment(long pictures, long nanos) {}

    /**
     * Times so many steps.
     *
     * @param pictures of an epoch
     */
    StepClock(int warmUp, int steps, int pictures, int batchSize) {
        this.warmUp = warmUp;
        this.steps = steps;
        this.pictures = pictures;
        this.batchSize = batchSize;
    }

    /** Returns epochs enough. */
    int epochs() {
        return 1 + (warmUp + 2 * steps) * batchSize / pictures;
    }

    /** Returns how many numbers the network learns, once the run has begun. */
    long parameters() {
        return parameters;
    }

    /** Returns what ends the run. */
    StopSignal stop() {
        return stop;
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.RunStarted started -> {
                stepsPerEpoch = started.stepsPerEpoch();
                engine = started.engine();
                parameters = started.parameters();
            }
            case TrainingEvent.StepFinished step -> {
                if (start.nanos == 0 && step.step() >= warmUp) {
                    start = moment(step);
                    timedSteps = -step.step();
                } else if (start.nanos != 0 && end.nanos == 0 && timedSteps + step.step() >= steps) {
                    end = moment(step);
                    timedSteps += step.step();
                    loss = step.loss();
                    stop.request();
                }
            }
            case TrainingEvent.Remarked _,
                    TrainingEvent.PicturesAnswered _,
                    TrainingEvent.MachineUsed _,
                    TrainingEvent.StartJudged _,
                    TrainingEvent.EpochFinished _,
                    TrainingEvent.CheckpointSaved _ -> {}
            case TrainingEvent.SnapshotSaved _, TrainingEvent.RunFinished _ -> {}
        }
    }

    private Moment moment(TrainingEvent.StepFinished step) {
        long before = step.epoch() - 1L;
        // The last batch of an epoch is not full.
        return new Moment(before * pictures + (step.step() - before * stepsPerEpoch) * batchSize, System.nanoTime());
    }

    /** Returns what was measured as one line of JSON, in the words of the peers. */
    String json(int threads) {
        return String.format(
                Locale.ROOT,
                """
                {"peer":"fovea","version":"%s","imagesPerSecond":%.1f,"steps":%d,"batchSize":%d,"threads":%d,"finalLoss":%.5f,"parameters":%d}\
                """,
                engine,
                (end.pictures - start.pictures) / ((end.nanos - start.nanos) / 1e9),
                timedSteps,
                batchSize,
                threads,
                loss,
                parameters);
    }
}
