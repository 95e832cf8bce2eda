package io.fovea.peers.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.fovea.peers.measure.Measurement;
import io.fovea.peers.measure.StepTraining;
import java.nio.FloatBuffer;

/**
 * LeNet trained by the Deep Java Library on its PyTorch engine, in the way its documentation trains: a trainer, a gradient collector,
 * a manager per batch. Listeners and metrics are left out, which is faster.
 */
public final class DjlTraining implements StepTraining {

    private final Model model;
    private final Trainer trainer;
    private final Shape batchShape;
    private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
    private NDManager batchManager;
    private NDArray lastLoss;

    private DjlTraining(Measurement measurement) {
        model = Model.newInstance("lenet");
        model.setBlock(lenet());
        Optimizer optimizer = Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed(LEARNING_RATE))
                .optMomentum(MOMENTUM)
                .build();
        DefaultTrainingConfig config = new DefaultTrainingConfig(crossEntropy)
                .optDevices(new Device[] {Device.cpu()})
                .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
                .optOptimizer(optimizer);
        trainer = model.newTrainer(config);
        batchShape = new Shape(measurement.batchSize(), 1, SIDE, SIDE);
        trainer.initialize(batchShape);
        batchManager = trainer.getManager().newSubManager();
    }

    private static SequentialBlock lenet() {
        return new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(20).build())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(50).build())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(500).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(CLASSES).build());
    }

    @Override
    public void step(FloatBuffer pictures, int[] labels) {
        batchManager.close();
        batchManager = trainer.getManager().newSubManager();
        NDArray data = batchManager.create(pictures.duplicate(), batchShape, DataType.FLOAT32);
        NDArray targets = batchManager.create(labels);
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList logits = trainer.forward(new NDList(data));
            lastLoss = crossEntropy.evaluate(new NDList(targets), logits);
            collector.backward(lastLoss);
        }
        trainer.step();
    }

    @Override
    public float loss() {
        return lastLoss.getFloat();
    }

    @Override
    public void close() {
        batchManager.close();
        trainer.close();
        model.close();
    }

    /** Measures; the row's name comes from the system property {@code peer}. */
    public static void main(String[] arguments) {
        Measurement measurement = Measurement.of(arguments);
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(measurement.threads()));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        Engine engine = Engine.getInstance();
        String version = "DJL " + Engine.getDjlVersion() + ", PyTorch " + engine.getVersion();
        measurement.run(System.getProperty("peer", "djl"), version, DjlTraining::new);
    }
}
