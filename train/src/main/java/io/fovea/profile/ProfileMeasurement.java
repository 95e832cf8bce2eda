package io.fovea.profile;

import ai.onnxruntime.OrtEnvironment;
import io.fovea.machine.Machine;
import io.fovea.module.Initialization;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxWriter;
import io.fovea.quantize.CalibrationPictures;
import io.fovea.quantize.Quantizer;
import io.fovea.quantize.WeightRange;
import io.fovea.task.Task;
import io.fovea.timing.Durations;
import io.fovea.weights.Weights;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Measures what building blocks take on this machine, by ONNX Runtime alone. A minute or two; on small boards several. */
public final class ProfileMeasurement {

    private static final long SEED = 1;
    private static final long LONG_ENOUGH = 60_000_000;
    private static final int LEAST_TURNS = 7;
    private static final int WARM_RUNS = 3;

    private ProfileMeasurement() {}

    /** Hears how many of all measurements are done. */
    public interface Listener {
        /** Another one is done. */
        void done(int done, int all);
    }

    /** Measures, with one thread and with one for each core. */
    public static DeviceProfile of(String foveaVersion, LocalDate today, Listener listener) {
        return of(Block.grid(), foveaVersion, today, listener);
    }

    static DeviceProfile of(List<Block> grid, String foveaVersion, LocalDate today, Listener listener) {
        Machine machine = Machine.current();
        List<Integer> threads = machine.cores() == 1 ? List.of(1) : List.of(1, machine.cores());
        int all = threads.size()
                * (grid.size()
                        + (int) grid.stream()
                                .filter(block -> block.kind().isWhole())
                                .count());
        List<BlockTime> times = new ArrayList<>();
        for (Block block : grid) {
            for (NumberForm form : NumberForm.values()) {
                if (form == NumberForm.INT8 && !block.kind().isWhole()) continue;
                byte[] shorter = onnx(block.chain(block.shorter()), form, block.shorter());
                byte[] longer = onnx(block.chain(block.longer()), form, block.longer());
                for (int count : threads) {
                    times.add(new BlockTime(block, form, count, micros(block, shorter, longer, count)));
                    listener.done(times.size(), all);
                }
            }
        }
        return DeviceProfile.of(
                machine, today, foveaVersion, OrtEnvironment.getEnvironment().getVersion(), times);
    }

    /** Both chains in turns, so that what else the machine does meets both. */
    private static double micros(Block block, byte[] shorter, byte[] longer, int threads) {
        Shape picture = block.chain(0).input();
        try (NetworkClock few = new NetworkClock(shorter, picture, OnnxWriter.LOGITS, threads);
                NetworkClock many = new NetworkClock(longer, picture, OnnxWriter.LOGITS, threads)) {
            for (int i = 0; i < WARM_RUNS; i++) {
                few.nanos();
                many.nanos();
            }
            Durations ofFew = new Durations(), ofMany = new Durations();
            long start = System.nanoTime();
            while (ofMany.count() < LEAST_TURNS || System.nanoTime() - start < LONG_ENOUGH) {
                ofFew.add(few.nanos());
                ofMany.add(many.nanos());
            }
            int blocks = block.longer() - block.shorter();
            double difference = 1000 * (ofMany.medianMillis() - ofFew.medianMillis()) / blocks;
            // what is lost in noise takes no longer than its share of the whole
            return difference > 0.01 ? difference : 1000 * ofMany.medianMillis() / block.longer();
        }
    }

    /**
     * Returns a network with drawn weights as the file that a model would hold.
     *
     * @throws io.fovea.problem.Problem if it cannot be put into that form
     */
    public static byte[] onnx(Network network, NumberForm form) {
        return onnx(network, form, 1);
    }

    private static byte[] onnx(Network network, NumberForm form, int weighted) {
        Weights weights = Initialization.of(network, new SplittableRandom(SEED));
        Task task = OnnxWriter.numbered(network);
        if (form == NumberForm.FLOAT32 || weighted == 0) return OnnxWriter.write(network, weights, task, Map.of());
        return Quantizer.quantize(
                        network,
                        weights,
                        task,
                        new DrawnPictures(network.input()),
                        WeightRange.of(Set.copyOf(Machine.current().instructionSets())),
                        Double.MAX_VALUE,
                        Map.of(),
                        (_, _) -> {},
                        Runtime.getRuntime().availableProcessors())
                .onnx();
    }

    /** Random numbers, which show ranges as well as anything where weights are drawn too. */
    private record DrawnPictures(Shape shape) implements CalibrationPictures {

        @Override
        public int count() {
            return CalibrationPictures.LEAST;
        }

        @Override
        public float[] picture(int index) {
            SplittableRandom random = new SplittableRandom(SEED + index);
            float[] values = new float[Math.toIntExact(shape.count())];
            for (int i = 0; i < values.length; i++) values[i] = (float) (2 * random.nextDouble() - 1);
            return values;
        }
    }
}
