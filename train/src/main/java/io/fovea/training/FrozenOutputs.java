package io.fovea.training;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.module.FrozenPrefix;
import io.fovea.module.ModuleInput;
import io.fovea.module.TorchModule;
import io.fovea.module.TrainableModule;
import io.fovea.module.VectorModule;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What the frozen layers before the first that learns say of every training and validation picture: computed once, read in every epoch.
 *
 * <p>The numbers lie in a file of the run's folder that is mapped into memory, [pictures, D] in 32 bits, and goes when the run ends. They are computed
 * in batches of the split's order, never in those of an epoch, so that a run that goes on reads the same bits as before. Against a run that
 * computes all layers in every step there are differences of rounding, as libtorch sums a batch of another size in another order.
 */
final class FrozenOutputs implements AutoCloseable {

    /** Beyond this the file costs more than it spares. */
    private static final long MOST_BYTES = 4L << 30;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final TorchModule module;
    private final Dataset dataset;
    private final Path file;
    private final Arena arena;
    private final MemorySegment values;
    private final int size; // D
    private float[] gathered = new float[0]; // [N, D]

    private FrozenOutputs(TorchModule module, FrozenPrefix prefix, Dataset dataset, Path file) {
        this.module = module;
        this.dataset = dataset;
        this.file = file;
        size = Math.toIntExact(prefix.output().count());
        arena = Arena.ofConfined();
        values = mapped();
    }

    /** Returns them, computed; empty if pictures change from epoch to epoch, no costly layer is frozen, or there would be too many numbers. */
    static Optional<FrozenOutputs> of(TrainingTask task, TrainableModule module) {
        if (!task.settings().pictures().augmentation().equals(Augmentation.NONE)) return Optional.empty();
        return switch (module) {
            case VectorModule _ -> Optional.empty();
            case TorchModule torch ->
                torch.frozenPrefix()
                        .filter(prefix -> bytes(prefix, task.dataset()) <= MOST_BYTES)
                        .map(prefix -> computed(new FrozenOutputs(
                                torch, prefix, task.dataset(), task.folder().frozenOutputs())));
        };
    }

    private static FrozenOutputs computed(FrozenOutputs outputs) {
        try {
            outputs.compute(Split.TRAINING);
            outputs.compute(Split.VALIDATION);
            return outputs;
        } catch (RuntimeException failure) {
            outputs.close();
            throw failure;
        }
    }

    private static long bytes(FrozenPrefix prefix, Dataset dataset) {
        return Float.BYTES
                * prefix.output().count()
                * ((long) dataset.count(Split.TRAINING) + dataset.count(Split.VALIDATION));
    }

    private MemorySegment mapped() {
        long pictures = (long) dataset.count(Split.TRAINING) + dataset.count(Split.VALIDATION);
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, pictures * size * Float.BYTES, arena);
        } catch (IOException failure) {
            throw new Problem(
                    "The outputs of the frozen layers cannot be kept: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the folder's permissions and the free space",
                    failure);
        }
    }

    private void compute(Split split) {
        if (dataset.count(split) == 0) return;
        BatchSettings settings = BatchSettings.forEvaluation(Scoring.batchSize(module.network()), 1);
        try (BatchLoader loader = new BatchLoader(dataset, split, settings)) {
            loader.start(0, 0);
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                float[] computed = module.frozenOutputs(next.get());
                for (int n = 0; n < next.get().size(); n++) {
                    long to = place(split, next.get().examples()[n]);
                    MemorySegment.copy(computed, n * size, values, FLOAT, to, size);
                }
            }
        }
    }

    /** Returns where a picture's numbers begin, in bytes. */
    private long place(Split split, int example) {
        long position = split == Split.TRAINING ? example : (long) dataset.count(Split.TRAINING) + example;
        return position * size * Float.BYTES;
    }

    /** Returns what goes into the layers behind the frozen ones for pictures of a split; their pixels are not looked at. The array is used again. */
    ModuleInput input(Split split, Batch batch) {
        if (gathered.length < batch.size() * size) gathered = new float[batch.size() * size];
        for (int n = 0; n < batch.size(); n++) {
            MemorySegment.copy(values, FLOAT, place(split, batch.examples()[n]), gathered, n * size, size);
        }
        return new ModuleInput.FrozenMaps(gathered, batch.size());
    }

    /** Returns how many convolutions and dense layers need not be computed again. */
    int layers() {
        return module.frozenPrefix().orElseThrow().weighted(module.network());
    }

    /** Removes the file. */
    @Override
    public void close() {
        arena.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // it is made anew when the run goes on, and is of no other use
        }
    }
}
