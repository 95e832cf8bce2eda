package io.fovea.peers.dl4j;

import io.fovea.peers.measure.Measurement;
import io.fovea.peers.measure.StepTraining;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * LeNet trained by Deeplearning4j, as its LeNet example does it. Momentum is its updater {@code Nesterovs}, the only one with momentum;
 * workspaces, its advice for speed, are on.
 */
public final class Dl4jTraining implements StepTraining {

    private final MultiLayerNetwork network;
    private final float[] values;
    private final float[] oneHot;
    private final int batchSize;

    private Dl4jTraining(Measurement measurement) {
        batchSize = measurement.batchSize();
        values = new float[batchSize * SIDE * SIDE];
        oneHot = new float[batchSize * CLASSES];
        network = new MultiLayerNetwork(lenet(measurement.seed()));
        network.init();
    }

    private static MultiLayerConfiguration lenet(long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Nesterovs(LEARNING_RATE, MOMENTUM))
                .weightInit(WeightInit.XAVIER)
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .list()
                .layer(convolution(20))
                .layer(pooling())
                .layer(convolution(50))
                .layer(pooling())
                .layer(new DenseLayer.Builder().nOut(500).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT).nOut(CLASSES).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(SIDE, SIDE, 1))
                .build();
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(5, 5).nOut(channels).activation(Activation.IDENTITY).build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build();
    }

    @Override
    public void step(FloatBuffer pictures, int[] labels) {
        pictures.get(0, values);
        Arrays.fill(oneHot, 0);
        for (int n = 0; n < batchSize; n++) oneHot[n * CLASSES + labels[n]] = 1;
        try (INDArray data = Nd4j.create(values, new int[] {batchSize, 1, SIDE, SIDE});
                INDArray targets = Nd4j.create(oneHot, new int[] {batchSize, CLASSES})) {
            network.fit(data, targets);
        }
    }

    @Override
    public float loss() {
        return (float) network.score();
    }

    @Override
    public void close() {
        network.close();
    }

    /** Measures; the row's name comes from the system property {@code peer}. */
    public static void main(String[] arguments) {
        Measurement measurement = Measurement.of(arguments);
        Nd4j.getEnvironment().setMaxThreads(measurement.threads());
        measurement.run(System.getProperty("peer", "dl4j"), "Deeplearning4j 1.0.0-M2.1", Dl4jTraining::new);
    }
}
