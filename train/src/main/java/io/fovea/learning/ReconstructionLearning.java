package io.fovea.learning;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.batch.CleanPictures;
import io.fovea.batch.Order;
import io.fovea.batch.Remainder;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.ReconstructionEvaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.image.Preprocessing;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.Reconstruction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The picture itself, as it was before noise, tones and erasing: squared distances, peak signal-to-noise ratio.
 *
 * @param shown how pictures are varied in training; of that, validation and judging keep the noise, drawn anew for each picture but always alike
 */
record ReconstructionLearning(Reconstruction task, Augmentation shown) implements Learning {

    private static final float FULL = 255;

    @Override
    public Loss usualLoss() {
        return new Loss.MeanSquaredError();
    }

    @Override
    public Loss judgingLoss(Loss chosen) {
        return chosen;
    }

    @Override
    public OptionalDouble guessingLoss() {
        return OptionalDouble.empty();
    }

    @Override
    public Loss checked(Loss loss, Dataset dataset) {
        if (!(loss instanceof Loss.CrossEntropy)) return loss;
        throw new Problem(
                "Cross-entropy is for classes, but pictures are to be reconstructed.",
                "dataset \"" + dataset.name() + "\", setting loss",
                "choose the loss meanSquaredError, meanAbsoluteError or smoothL1");
    }

    @Override
    public void checkPictures(Dataset dataset) {
        if (!shown.mixesPictures()) return;
        throw new Problem(
                "Mixed pictures cannot be taken apart again.",
                "augmentation, mixup " + shown.mixup() + " and cutmix " + shown.cutmix(),
                "leave both at 0");
    }

    @Override
    public int outputs(Dataset dataset) {
        return dataset.preparation().channels();
    }

    /** Values 0 … 1, as the answer has them: a network may then add to the picture what is missing. */
    @Override
    public Preprocessing preprocessing(Dataset dataset) {
        float[] zero = new float[dataset.preparation().channels()];
        float[] one = zero.clone();
        Arrays.fill(one, 1);
        return Learning.preprocessing(dataset.preparation(), zero, one);
    }

    @Override
    public BatchSettings training(BatchSettings settings) {
        return settings.withClean(CleanPictures.KEPT);
    }

    @Override
    public BatchSettings evaluation(int batchSize, int threads) {
        return new BatchSettings(
                batchSize,
                Augmentation.NONE.withNoise(shown.noise()),
                Order.SEQUENTIAL,
                Remainder.KEEP,
                0,
                threads,
                CleanPictures.KEPT);
    }

    @Override
    public Targets targets(Batch batch) {
        int area = batch.height() * batch.width();
        int channels = batch.channels();
        float[] values = new float[batch.size() * channels * area]; // [N, C, H, W]
        for (int n = 0; n < batch.size(); n++) planar(batch.clean(), n, channels, area, values, n * channels * area);
        return new Targets.Values(values);
    }

    /** Writes bytes [H, W, C] as values 0 … 1 in the order [C, H, W]. */
    private static void planar(byte[] pixels, int row, int channels, int area, float[] values, int at) {
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < channels; c++)
                values[at + c * area + i] = (pixels[(row * area + i) * channels + c] & 0xff) / FULL;
        }
    }

    /** The sum of the pictures' ratios in decibel. */
    @Override
    public Optional<Targets> targets(Dataset dataset, Split split) {
        return Optional.empty();
    }

    @Override
    public boolean movesTruth() {
        return true;
    }

    @Override
    public int counts() {
        return 1;
    }

    @Override
    public void count(float[] outputs, Targets wanted, int size, double[] counts) {
        if (!(wanted instanceof Targets.Values(float[] values)))
            throw new IllegalArgumentException("Expected numbers, found " + wanted.words());
        int width = values.length / size;
        for (int n = 0; n < size; n++) {
            double sum = 0;
            for (int i = n * width; i < (n + 1) * width; i++) {
                double difference = Math.clamp(outputs[i], 0f, 1f) - values[i];
                sum += difference * difference;
            }
            counts[0] += ReconstructionEvaluation.decibel(sum / width);
        }
    }

    @Override
    public List<Measure> measures(double[] counts, long pictures) {
        return List.of(new Measure(
                "PSNR", counts[0] / pictures, Optional.empty(), Measure.Unit.DECIBEL, Measure.Better.HIGHER));
    }

    @Override
    public Judge judge(Dataset dataset, Split split) {
        ReconstructionEvaluation.Builder judged = new ReconstructionEvaluation.Builder(
                dataset.preparation().height(),
                dataset.preparation().width(),
                dataset.preparation().channels(),
                dataset.count(split));
        // the pictures as the network was shown them: noise depends on the position alone
        BatchLoader loader = new BatchLoader(dataset, split, evaluation(1, 0));
        loader.start(0, 0);
        return new Judge() {
            @Override
            public void add(float[] outputs, int offset) {
                Batch batch = loader.next().orElseThrow();
                int length = batch.height() * batch.width() * batch.channels();
                judged.add(
                        Arrays.copyOf(batch.pixels(), length),
                        Arrays.copyOf(batch.clean(), length),
                        outputs,
                        offset,
                        dataset.source(split, judged.count()));
            }

            @Override
            public Verdict verdict() {
                if (judged.count() != dataset.count(split))
                    throw new IllegalStateException(
                            judged.count() + " of " + dataset.count(split) + " pictures judged");
                loader.close();
                return judged.evaluation();
            }
        };
    }

    @Override
    public String caption(Batch batch, int row) {
        return "";
    }
}
