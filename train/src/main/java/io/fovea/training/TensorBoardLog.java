package io.fovea.training;

import io.fovea.dataset.Batch;
import io.fovea.dataset.BatchLoader;
import io.fovea.dataset.Split;
import io.fovea.image.Pixels;
import io.fovea.image.PngWriter;
import io.fovea.module.ParameterVector;
import io.fovea.module.TrainableModule;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.tensorboard.EventFile;
import io.fovea.tensorboard.Histogram;
import io.fovea.tensorboard.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A run for TensorBoard, in the run's folder {@code tensorboard}.
 *
 * <p>The folders {@code train} and {@code validation} hold curves of the same names, which the page draws into one chart; the folder itself
 * holds what belongs to the run as a whole: graph, settings, pictures, distributions, projector.
 *
 * <p>A run that goes on from a checkpoint writes further files, which make the points after the checkpoint void.
 */
final class TensorBoardLog implements ModuleListener {

    /** As many as the page shows at once. */
    private static final int PICTURES = 12;

    private final TrainingTask task;
    private final Path folder;
    private final boolean begins;
    private final ParameterVector vector;
    private final EventFile whole;
    private final EventFile train;
    private final EventFile validation;

    /** @param step the last step before the first event */
    TensorBoardLog(TrainingTask task, long step) {
        this.task = task;
        folder = task.folder().tensorBoard();
        begins = step == 0 || !Files.isDirectory(folder);
        vector = new ParameterVector(task.network(), task.settings().step().layerRates());
        // a run that starts over also writes what stands at step 0 again
        long firstStep = step == 0 ? 0 : step + 1;
        Instant now = Instant.now();
        whole = EventFile.open(folder, firstStep, now);
        train = EventFile.open(folder.resolve("train"), firstStep, now);
        validation = EventFile.open(folder.resolve("validation"), firstStep, now);
    }

    @Override
    public void on(TrainingEvent event, TrainableModule module) {
        switch (event) {
            case TrainingEvent.RunStarted started -> {
                if (begins) begin(started);
            }
            case TrainingEvent.StepFinished step -> train.write(step.step(), step.at(), curves(step));
            case TrainingEvent.EpochFinished epoch -> {
                validation.write(epoch.step(), epoch.at(), curves(epoch));
                whole.write(epoch.step(), epoch.at(), distributions(module));
            }
            case TrainingEvent.RunFinished finished -> {
                if (finished.outcome() != TrainingEvent.Outcome.STOPPED) end(finished, module);
            }
            case TrainingEvent.CheckpointSaved _, TrainingEvent.SnapshotSaved _ -> {}
        }
    }

    private void begin(TrainingEvent.RunStarted started) {
        whole.write(NetworkGraph.of(task.network()), started.at());
        List<Value> values = new ArrayList<>();
        values.add(new Value.SessionStart(HyperParameters.of(task), started.at()));
        values.addAll(pictures());
        whole.write(0, started.at(), values);
    }

    /** Returns pictures of the first step just as the network gets them, changed at random. */
    private List<Value> pictures() {
        List<Value> pictures = new ArrayList<>();
        try (BatchLoader loader = task.loader()) {
            loader.start(0, 0);
            Batch batch = loader.next().orElseThrow();
            int length = batch.height() * batch.width() * batch.channels();
            for (int i = 0; i < Math.min(PICTURES, batch.size()); i++) {
                byte[] values = Arrays.copyOfRange(batch.pixels(), i * length, (i + 1) * length);
                Pixels picture = new Pixels(batch.height(), batch.width(), batch.channels(), values);
                pictures.add(new Value.Picture(
                        "pictures/" + (i + 1) + name(batch, i),
                        picture.width(),
                        picture.height(),
                        PngWriter.bytes(picture)));
            }
        }
        return pictures;
    }

    private String name(Batch batch, int index) {
        if (task.goal().isRegression()) return "";
        List<String> names = task.dataset().classNames();
        String first = " " + names.get(batch.labels()[index]);
        return batch.shares().length == 0 ? first : first + " + " + names.get(batch.secondLabels()[index]);
    }

    private static List<Value> curves(TrainingEvent.StepFinished step) {
        List<Value> values = curves(step.loss(), step.accuracy(), step.error());
        values.add(new Value.Scalar("learning_rate", step.learningRate()));
        values.add(new Value.Scalar("images_per_second", step.imagesPerSecond()));
        return values;
    }

    private static List<Value> curves(TrainingEvent.EpochFinished epoch) {
        if (epoch.validationLoss().isEmpty()) return List.of();
        return curves(epoch.validationLoss().getAsDouble(), epoch.validationAccuracy(), epoch.validationError());
    }

    private static List<Value> curves(double loss, OptionalDouble accuracy, OptionalDouble error) {
        List<Value> values = new ArrayList<>();
        values.add(new Value.Scalar("loss", loss));
        accuracy.ifPresent(value -> values.add(new Value.Scalar("accuracy", value)));
        error.ifPresent(value -> values.add(new Value.Scalar("error", value)));
        return values;
    }

    /** Returns what is trained, and the gradients of the last step as the optimizer saw them. */
    private List<Value> distributions(TrainableModule module) {
        List<Value> values = new ArrayList<>();
        for (ParameterVector.Slice slice : vector.slices()) {
            int end = slice.offset() + slice.length();
            if (slice.specification().kind() != Kind.PARAMETER || end > vector.trainedCount()) continue;
            String name = slice.specification().name();
            values.add(
                    new Value.Distribution("weights/" + name, Histogram.of(module.parameters(), slice.offset(), end)));
            values.add(
                    new Value.Distribution("gradients/" + name, Histogram.of(module.gradients(), slice.offset(), end)));
        }
        return values;
    }

    private void end(TrainingEvent.RunFinished finished, TrainableModule module) {
        boolean projectable = !task.goal().isRegression() && task.dataset().count(Split.VALIDATION) > 0;
        if (projectable) OutputProjection.of(module, task.dataset()).write(folder);
        whole.write(
                finished.steps(), finished.at(), List.of(new Value.SessionEnd(Value.Outcome.SUCCESS, finished.at())));
    }

    @Override
    public void close() {
        whole.close();
        train.close();
        validation.close();
    }
}
