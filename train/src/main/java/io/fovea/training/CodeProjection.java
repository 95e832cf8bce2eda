package io.fovea.training;

import io.fovea.chart.ChartFile;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.CodePicture;
import io.fovea.learning.Learning;
import io.fovea.module.TorchModule;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.tensor.LinearAlgebra;
import io.fovea.tensor.LinearAlgebra.Transposition;
import io.fovea.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The codes of an autoencoder, what its layer "code" says of test pictures as they are shown to it, brought to two numbers each.
 *
 * <p>Formula: the codes less their mean, times the two eigenvectors of their covariance with the largest eigenvalues; of each the component of
 * largest size is above 0.
 * <p>Source: Hotelling 1933, doi:10.1037/h0071325.
 *
 * @param points [N, 2]
 * @param shares of the codes' variance that each of the two numbers has
 */
public record CodeProjection(float[] points, double[] shares) {

    /** The layer whose results are codes. */
    public static final String LAYER = "code";

    private static final int MOST_POINTS = 1_000;

    /** Whether a network has codes. */
    public static boolean isPossible(Network network) {
        return network.nodes().stream().anyMatch(node -> node.name().equals(LAYER));
    }

    /**
     * Writes the test pictures' codes as points in the colours of their classes; of many pictures, some at even distances.
     *
     * @param result   of a network that has codes
     * @param pictures that it was trained on, as they are reconstructed
     * @throws io.fovea.problem.Problem if the file cannot be written
     */
    public static void write(TrainingResult result, Dataset pictures, TrainingSettings settings, Path file) {
        int count = pictures.count(Split.TEST);
        CodeProjection all = of(codes(result, pictures, settings), count);
        int drawn = Math.min(count, MOST_POINTS);
        float[] points = new float[2 * drawn];
        int[] labels = new int[drawn];
        for (int n = 0; n < drawn; n++) {
            int index = (int) ((long) n * count / drawn);
            labels[n] = pictures.label(Split.TEST, index);
            System.arraycopy(all.points, 2 * index, points, 2 * n, 2);
        }
        ChartFile.write(CodePicture.draw(points, all.shares, labels, pictures.classNames()), file);
    }

    private static float[] codes(TrainingResult result, Dataset pictures, TrainingSettings settings) {
        Learning learning = Learning.of(pictures.task(), settings.pictures().augmentation());
        try (TorchModule encoder = new TorchModule(
                encoder(result.network()), result.preprocessing(), result.weights(), Precision.FLOAT32)) {
            int width = encoder.outputs();
            float[] codes = new float[pictures.count(Split.TEST) * width];
            Scoring.outputs(
                    encoder,
                    pictures,
                    Split.TEST,
                    learning,
                    (first, outputs, size) -> System.arraycopy(outputs, 0, codes, first * width, size * width));
            return codes;
        }
    }

    private static Network encoder(Network network) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            nodes.add(node);
            if (node.name().equals(LAYER)) break;
        }
        return new Network(network.name(), network.input(), nodes);
    }

    /**
     * Returns the projection of codes.
     *
     * @param codes [N, D], D at least 2
     * @param count N
     */
    static CodeProjection of(float[] codes, int count) {
        int width = codes.length / count;
        double[] centred = new double[codes.length]; // [N, D]
        for (int d = 0; d < width; d++) {
            double mean = 0;
            for (int n = 0; n < count; n++) mean += codes[n * width + d];
            mean /= count;
            for (int n = 0; n < count; n++) centred[n * width + d] = codes[n * width + d] - mean;
        }
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(
                LinearAlgebra.products(centred, count, width, Transposition.TRANSPOSED), width);
        double total = 0;
        for (double value : eigen.values()) total += Math.max(0, value);
        float[] points = new float[2 * count];
        double[] shares = new double[2];
        for (int axis = 0; axis < 2; axis++) {
            int column = width - 1 - axis;
            double[] direction = direction(eigen.vectors(), width, column);
            for (int n = 0; n < count; n++) {
                double sum = 0;
                for (int d = 0; d < width; d++) sum += centred[n * width + d] * direction[d];
                points[2 * n + axis] = (float) sum;
            }
            shares[axis] = total > 0 ? Math.max(0, eigen.values()[column]) / total : 0;
        }
        return new CodeProjection(points, shares);
    }

    private static double[] direction(double[] vectors, int width, int column) {
        double[] direction = new double[width];
        double largest = 0;
        for (int d = 0; d < width; d++) {
            direction[d] = vectors[d * width + column];
            if (Math.abs(direction[d]) > Math.abs(largest)) largest = direction[d];
        }
        if (largest < 0) for (int d = 0; d < width; d++) direction[d] = -direction[d];
        return direction;
    }
}
