package io.fovea.module;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.optimize.Counting;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Targets;
import io.fovea.optimize.Update;
import io.fovea.optimize.UpdateRule;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How fast a classifier is trained by an engine on this machine: whole steps, but for the loading of pictures, of which a drawn batch stands for all.
 *
 * @param network   a classifier of grey or colour pictures
 * @param batchSize N
 */
public record EngineTrial(Network network, int batchSize) {

    private static final Counting NOTHING = new Counting() {
        @Override
        public int counts() {
            return 0;
        }

        @Override
        public void count(float[] outputs, Targets wanted, int size, double[] counts) {}
    };

    /**
     * Trains and measures.
     *
     * @param warmUp  seconds that are not measured, for the compiler
     * @param seconds that are
     * @return images per second
     * @throws io.fovea.problem.Problem if the engine does not know a layer
     */
    public double imagesPerSecond(Computation computation, int threads, double warmUp, double seconds) {
        try (Steps steps = steps(computation, threads)) {
            rate(steps, warmUp);
            return rate(steps, seconds);
        }
    }

    private double rate(Steps steps, double seconds) {
        double elapsed = steps.take();
        long taken = 1;
        for (; elapsed < seconds; taken++) elapsed += steps.take();
        return taken * batchSize / elapsed;
    }

    /** A training on one batch, under way; close it. */
    public static final class Steps implements AutoCloseable {

        private final Workers workers;
        private final TrainableModule module;
        private final Batch batch;
        private final Objective objective;
        private long taken;

        private Steps(Workers workers, TrainableModule module, Batch batch, Objective objective) {
            this.workers = workers;
            this.module = module;
            this.batch = batch;
            this.objective = objective;
        }

        /** Takes a step and returns how many seconds it took. */
        public double take() {
            long start = System.nanoTime();
            module.step(new ModuleInput.Pictures(batch), objective, new Update.Step(1e-4), taken++);
            return (System.nanoTime() - start) / 1e9;
        }

        @Override
        public void close() {
            module.close();
            workers.close();
        }
    }

    /**
     * Begins a training.
     *
     * @throws io.fovea.problem.Problem if the engine does not know a layer
     */
    public Steps steps(Computation computation, int threads) {
        SplittableRandom random = new SplittableRandom(1);
        int[] shape = network.input().sizes();
        ColorMode color = shape[0] == 1 ? ColorMode.GREY : ColorMode.COLOR;
        float[] mean = new float[shape[0]];
        float[] deviation = new float[shape[0]];
        Arrays.fill(mean, 0.5f);
        Arrays.fill(deviation, 0.3f);
        Preprocessing preprocessing = new Preprocessing(shape[1], shape[2], color, ResizeMode.SQUASH, mean, deviation);
        byte[] pixels = new byte[batchSize * shape[0] * shape[1] * shape[2]];
        random.nextBytes(pixels);
        int classes = Math.toIntExact(Inference.of(network).output().count());
        int[] labels = random.ints(batchSize, 0, classes).toArray();
        Batch batch = new Batch(batchSize, shape[1], shape[2], shape[0], pixels, labels, new int[batchSize]);
        Objective objective = new Objective(new Loss.CrossEntropy(0), new Targets.Labels(labels), NOTHING);
        Workers workers = new Workers(threads);
        try {
            TrainableModule module = Modules.create(
                    network,
                    preprocessing,
                    Initialization.of(network, random),
                    computation.engine(),
                    computation.precision(),
                    workers);
            module.learnBy(new UpdateRule(new Optimizer.Momentum(0.9), module.trained()), workers);
            return new Steps(workers, module, batch, objective);
        } catch (RuntimeException failure) {
            workers.close();
            throw failure;
        }
    }

    /**
     * Returns the multiplications and additions that the definition of a step takes for a picture: forward, and backward as many again for the
     * gradients by the inputs and by the weights, but for the input of the first layer. An engine may need fewer.
     */
    public double operationsPerPicture() {
        return operations(Inference.of(network).layers());
    }

    /** Returns those of them that are the convolutions'. */
    public double convolutionsPerPicture() {
        return operations(Inference.of(network).layers().stream()
                .filter(layer -> layer.layer() instanceof Layer.Convolution)
                .toList());
    }

    /** The first layer's input needs no gradient: it is the picture. */
    private static double operations(List<LayerSummary> layers) {
        long all = layers.stream().mapToLong(LayerSummary::macs).sum();
        long first = layers.stream()
                .mapToLong(LayerSummary::macs)
                .filter(macs -> macs > 0)
                .findFirst()
                .orElse(0);
        return 2.0 * (3 * all - first);
    }
}
