package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent;
import io.fovea.image.Pixels;
import io.fovea.module.ParameterVector;
import io.fovea.module.TrainableModule;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.tensorboard.Histogram;
import io.fovea.tensorboard.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run for TensorBoard while it goes on: what follows from its events, and what only the module and the pictures can tell.
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
    private final RunBoard board;

    /** @param step the last step before the first event */
    TensorBoardLog(TrainingTask task, long step) {
        this.task = task;
        folder = task.folder().tensorBoard();
        begins = step == 0 || !Files.isDirectory(folder);
        vector = new ParameterVector(task.network(), task.settings().step().layerRates());
        board = new RunBoard(folder, step, Instant.now());
    }

    @Override
    public void on(TrainingEvent event, TrainableModule module) {
        switch (event) {
            case TrainingEvent.RunStarted started -> {
                if (begins) begin(started.at());
            }
            case TrainingEvent.EpochFinished epoch -> board.add(epoch.step(), epoch.at(), distributions(module));
            case TrainingEvent.RunFinished finished -> {
                if (finished.outcome() != TrainingEvent.Outcome.STOPPED && isProjectable()) {
                    OutputProjection.of(module, task.dataset()).write(folder);
                }
            }
            case TrainingEvent.StartJudged _,
                    TrainingEvent.Remarked _,
                    TrainingEvent.StepFinished _,
                    TrainingEvent.CheckpointSaved _,
                    TrainingEvent.SnapshotSaved _,
                    TrainingEvent.PicturesAnswered _,
                    TrainingEvent.MachineUsed _ -> {}
        }
        board.on(event);
    }

    private void begin(Instant at) {
        board.begin(task.network(), HyperParameters.of(task), at);
        board.add(0, at, pictures());
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
                String tag = "pictures/" + (i + 1) + name(batch, i);
                pictures.add(new Value.Picture(tag, picture.width(), picture.height(), PngWriter.bytes(picture)));
            }
        }
        return pictures;
    }

    private String name(Batch batch, int index) {
        String caption = task.learning().caption(batch, index);
        return caption.isEmpty() ? "" : " " + caption;
    }

    /** Returns what is trained, and the gradients of the last step as the optimizer saw them. */
    private List<Value> distributions(TrainableModule module) {
        List<Value> values = new ArrayList<>();
        float[] parameters = module.live().parameters();
        float[] gradients = module.lastGradients();
        for (ParameterVector.Slice slice : vector.slices()) {
            int from = slice.offset();
            int to = from + slice.length();
            if (slice.specification().kind() != Kind.PARAMETER || to > vector.trainedCount()) continue;
            String name = slice.specification().name();
            values.add(new Value.Distribution("weights/" + name, Histogram.of(parameters, from, to)));
            values.add(new Value.Distribution("gradients/" + name, Histogram.of(gradients, from, to)));
        }
        return values;
    }

    private boolean isProjectable() {
        return OutputProjection.isPossible(task.dataset()) && task.dataset().count(Split.VALIDATION) > 0;
    }

    @Override
    public void close() {
        board.close();
    }
}
