package io.fovea.hybrid;

import io.fovea.candidate.FeatureMaps;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Topology;
import io.fovea.image.Preprocessing;
import io.fovea.statistic.LinearHead;
import io.fovea.statistic.Scatter;
import io.fovea.statistic.SphericalKMeans;
import io.fovea.tensor.LinearAlgebra;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Filters that look for what pictures are made of: directions of their 3x3 patches, found without labels and without gradients.
 *
 * <p>First layer: patches without their mean. Second layer: patches of the first layer's maps, whitened, so that no direction is taken
 * only because it varies most. Each filter is scaled so that its answer has variance 1, and biased so that a quarter to a third of the answers pass the ReLU:
 * y = (w·x − mean) / deviation + bias.
 */
final class PatchKernels {

    /** Mean answer of a filter of the first layer, in deviations. */
    private static final float FIRST_BIAS = -0.5f;
    /** The same of the second layer: sparser maps there told classes apart better (docs/experiments.md). */
    private static final float SECOND_BIAS = -0.8f;

    private static final int PICTURES = 10_000;
    private static final int PATCHES = 60_000;
    private static final int ROUNDS = 20;
    /** Added to the variances before whitening, as a share of their mean: small directions are mostly noise (docs/experiments.md). */
    private static final double WHITENING_FLOOR = 1;
    /** Patches whose contrast is below this share of the usual say nothing. */
    private static final double LEAST_CONTRAST = 0.1;

    private final Topology topology;
    private final Preprocessing preprocessing;
    private final Workers workers;
    private final SplittableRandom random;

    PatchKernels(Topology topology, Preprocessing preprocessing, long seed, Workers workers) {
        this.topology = topology;
        this.preprocessing = preprocessing;
        this.workers = workers;
        this.random = new SplittableRandom(seed);
    }

    /** Finds the filters from some of the pictures. */
    Kernels of(LabelledPictures pictures) {
        int count = Math.min(PICTURES, pictures.count());
        int[] places = random.ints(count, 0, pictures.count()).toArray();
        Kernels kernels = new Kernels(
                new float[topology.firstFilters() * topology.firstFilterLength()],
                new float[topology.firstFilters()],
                new float[topology.secondFilters() * topology.secondFilterLength()],
                new float[topology.secondFilters()]);

        float[] normalised = normalised(pictures, places);
        int channels = topology.input().size(0);
        float[] patches =
                patches(normalised, topology.input().size(1), topology.input().size(2), channels);
        Spread spread = Spread.of(patches, topology.firstFilterLength(), workers);
        calibrate(firstDirections(patches), spread, kernels.firstWeight(), kernels.firstBias(), FIRST_BIAS);

        FeatureMaps maps = new FeatureMaps(topology, preprocessing, workers);
        maps.set(kernels);
        float[] first = new float[count * maps.firstLength()];
        maps.firstMaps(pictures.pixels(), places, first);
        int height = topology.first().outputHeight();
        int width = topology.first().outputWidth();
        patches = patches(first, height, width, topology.firstFilters());
        spread = Spread.of(patches, topology.secondFilterLength(), workers);
        calibrate(secondDirections(patches, spread), spread, kernels.secondWeight(), kernels.secondBias(), SECOND_BIAS);
        return kernels;
    }

    /** Mean [size] and covariance [size, size] of patches. */
    private record Spread(double[] mean, double[] covariance) {
        static Spread of(float[] patches, int size, Workers workers) {
            Scatter scatter = new Scatter(size, workers);
            scatter.add(patches, patches.length / size);
            return new Spread(scatter.mean(), scatter.covariance());
        }
    }

    private float[] normalised(LabelledPictures pictures, int[] places) {
        int length = pictures.pictureLength();
        int channels = preprocessing.channels();
        float[][] tables =
                IntStream.range(0, channels).mapToObj(preprocessing::table).toArray(float[][]::new);
        float[] values = new float[places.length * length];
        for (int n = 0; n < places.length; n++) {
            for (int i = 0; i < length; i++) {
                values[n * length + i] = tables[i % channels][pictures.pixels()[places[n] * length + i] & 0xff];
            }
        }
        return values;
    }

    /** Cuts patches at random places of maps [N, H, W, C] as [PATCHES, C·3·3]. */
    private float[] patches(float[] maps, int height, int width, int channels) {
        int size = Topology.KERNEL_SIZE;
        int length = channels * size * size;
        int pictures = maps.length / (height * width * channels);
        float[] patches = new float[PATCHES * length];
        for (int p = 0; p < PATCHES; p++) {
            int start = random.nextInt(pictures) * height * width;
            int top = random.nextInt(height - size + 1);
            int left = random.nextInt(width - size + 1);
            for (int c = 0, i = p * length; c < channels; c++) {
                for (int y = 0; y < size; y++) {
                    for (int x = 0; x < size; x++)
                        patches[i++] = maps[(start + (top + y) * width + left + x) * channels + c];
                }
            }
        }
        return patches;
    }

    private float[] firstDirections(float[] patches) {
        int size = topology.firstFilterLength();
        float[] centered = patches.clone();
        int count = patches.length / size;
        double[] squares = new double[count];
        for (int p = 0; p < count; p++) {
            double mean = 0;
            for (int i = 0; i < size; i++) mean += patches[p * size + i];
            mean /= size;
            for (int i = 0; i < size; i++) {
                centered[p * size + i] -= (float) mean;
                squares[p] += (double) centered[p * size + i] * centered[p * size + i];
            }
        }
        double least = LEAST_CONTRAST
                * LEAST_CONTRAST
                * Arrays.stream(squares).average().orElseThrow();
        int[] rich = IntStream.range(0, count).filter(p -> squares[p] > least).toArray();
        // pictures without any contrast have no directions: the calibration then leaves filters of zeros
        if (rich.length == 0) return new float[topology.firstFilters() * size];
        float[] chosen = new float[rich.length * size];
        for (int p = 0; p < rich.length; p++) System.arraycopy(centered, rich[p] * size, chosen, p * size, size);
        return SphericalKMeans.directions(chosen, size, topology.firstFilters(), ROUNDS, random, workers);
    }

    private float[] secondDirections(float[] patches, Spread spread) {
        int size = topology.secondFilterLength();
        float[] whitening = whitening(spread);
        float[] shift = new float[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) shift[i] -= whitening[i * size + j] * (float) spread.mean()[j];
        }
        float[] white = new LinearHead(whitening, shift).outputs(patches, patches.length / size, workers);
        int filters = topology.secondFilters();
        float[] directions = SphericalKMeans.directions(white, size, filters, ROUNDS, random, workers);
        // w·(M·x) = (M·w)·x, as M is symmetric
        return new LinearHead(whitening, new float[size]).outputs(directions, filters, workers);
    }

    /** Returns the symmetric matrix that gives patches a covariance nearer to the identity: V·(Λ + floor)^(−1/2)·Vᵀ. */
    private static float[] whitening(Spread spread) {
        int size = spread.mean().length;
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(spread.covariance(), size);
        double floor = WHITENING_FLOOR * Arrays.stream(eigen.values()).average().orElseThrow();
        float[] matrix = new float[size * size];
        for (int k = 0; k < size; k++) {
            double scale = 1 / Math.sqrt(Math.max(eigen.values()[k], 0) + floor + 1e-12);
            for (int i = 0; i < size; i++) {
                double left = eigen.vectors()[i * size + k] * scale;
                for (int j = 0; j < size; j++) matrix[i * size + j] += (float) (left * eigen.vectors()[j * size + k]);
            }
        }
        return matrix;
    }

    /** Writes each direction as a filter whose answers to the patches have variance 1 and mean {@code target}: their variance is wᵀ·Σ·w. */
    private static void calibrate(float[] directions, Spread spread, float[] weight, float[] bias, float target) {
        int size = spread.mean().length;
        for (int f = 0; f < bias.length; f++) {
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < size; i++) {
                double row = 0;
                for (int j = 0; j < size; j++) row += spread.covariance()[i * size + j] * directions[f * size + j];
                variance += row * directions[f * size + i];
                mean += spread.mean()[i] * directions[f * size + i];
            }
            double scale = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
            for (int i = 0; i < size; i++) weight[f * size + i] = (float) (directions[f * size + i] * scale);
            bias[f] = (float) (target - mean * scale);
        }
    }
}
