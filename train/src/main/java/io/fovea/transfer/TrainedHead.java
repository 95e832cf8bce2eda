package io.fovea.transfer;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.transfer.FeatureMatrix.Standardisation;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A head that has learned; becomes layers of the backbone's network.
 *
 * <p>It was trained on standardised features; its layers take features as they come, as the standardisation is folded into the first.
 */
public final class TrainedHead implements FittedHead {

    private final Head.Trained settings;
    private final int outputs;
    private final double decay;
    private final double loss;
    private final Standardisation standardisation;
    private final double[] point;

    TrainedHead(
            Head.Trained settings,
            int outputs,
            double decay,
            double loss,
            Standardisation standardisation,
            double[] point) {
        this.settings = settings;
        this.outputs = outputs;
        this.decay = decay;
        this.loss = loss;
        this.standardisation = standardisation;
        this.point = point;
    }

    /** Returns the pull to zero that validation has chosen. */
    public double decay() {
        return decay;
    }

    /** Returns the mean loss on the pictures that chose it: validation pictures, or those left out of each fold. */
    public double validationLoss() {
        return loss;
    }

    double[] point() {
        return point.clone();
    }

    Standardisation standardisation() {
        return standardisation;
    }

    @Override
    public float[] outputs(Features features) {
        float[][] across = settings.outputs(FeatureMatrix.of(features, standardisation), point, outputs);
        float[] rows = new float[features.count() * outputs];
        for (int n = 0; n < features.count(); n++)
            for (int k = 0; k < outputs; k++) rows[n * outputs + k] = across[k][n];
        return rows;
    }

    @Override
    public Network network(Backbone backbone) {
        String name = backbone.head();
        return backbone.withHead(
                switch (settings) {
                    case Head.Linear _ ->
                        List.of(new Node(name, new Layer.Dense(outputs, Bias.WITH), List.of(backbone.last())));
                    case Head.Mlp mlp ->
                        List.of(
                                new Node(
                                        name + ".0",
                                        new Layer.Dense(mlp.hidden(), Bias.WITH),
                                        List.of(backbone.last())),
                                new Node(
                                        name + ".1",
                                        new Layer.Activation(ActivationFunction.RELU),
                                        List.of(name + ".0")),
                                new Node(name + ".2", new Layer.Dense(outputs, Bias.WITH), List.of(name + ".1")));
                });
    }

    @Override
    public Weights weights(Backbone backbone) {
        String name = backbone.head();
        int size = standardisation.mean().length;
        List<NamedTensor> tensors = new ArrayList<>();
        switch (settings) {
            case Head.Linear _ -> first(tensors, name, outputs, size);
            case Head.Mlp mlp -> {
                int hidden = mlp.hidden();
                int second = hidden * (size + 1);
                first(tensors, name + ".0", hidden, size);
                tensors.add(tensor(name + ".2.weight", second, outputs, hidden));
                tensors.add(tensor(name + ".2.bias", second + outputs * hidden, outputs));
            }
        }
        return backbone.withHeadWeights(tensors);
    }

    /** Adds the layer that reads the features: W′ = W / deviation, b′ = b − W′·mean. */
    private void first(List<NamedTensor> tensors, String name, int rows, int size) {
        float[] weight = new float[rows * size];
        float[] bias = new float[rows];
        for (int row = 0; row < rows; row++) {
            double shifted = point[rows * size + row];
            for (int d = 0; d < size; d++) {
                double scaled = point[row * size + d] / standardisation.deviation()[d];
                weight[row * size + d] = (float) scaled;
                shifted -= scaled * standardisation.mean()[d];
            }
            bias[row] = (float) shifted;
        }
        tensors.add(new NamedTensor(name + ".weight", new int[] {rows, size}, weight));
        tensors.add(new NamedTensor(name + ".bias", new int[] {rows}, bias));
    }

    private NamedTensor tensor(String name, int from, int... shape) {
        int count = 1;
        for (int side : shape) count *= side;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) point[from + i];
        return new NamedTensor(name, shape, values);
    }
}
