package io.fovea.learning;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.optimize.Counting;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.task.Classification;
import io.fovea.task.Measure;
import io.fovea.task.Reconstruction;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that learning needs to know of a task. Immutable; threads may share it.
 *
 * <p>Symbols: N pictures, W numbers in the network's result for a picture.
 */
public sealed interface Learning extends Counting
        permits ClassificationLearning, RegressionLearning, SegmentationLearning, ReconstructionLearning {

    /** Returns the partner of a task whose pictures are shown as they are. */
    static Learning of(Task task) {
        return of(task, Augmentation.NONE);
    }

    /** Returns the partner of a task. */
    static Learning of(Task task, Augmentation shown) {
        return switch (task) {
            case Classification classification -> new ClassificationLearning(classification);
            case Regression regression -> new RegressionLearning(regression);
            case Segmentation segmentation -> new SegmentationLearning(segmentation);
            case Reconstruction reconstruction -> new ReconstructionLearning(reconstruction, shown);
        };
    }

    /** Returns the task. */
    Task task();

    /** Returns how many outputs a network for the task has: K, or T. */
    default int outputs() {
        return task().names().size();
    }

    /** Returns how many outputs a network for a dataset's pictures has: K, T, or C. */
    default int outputs(Dataset dataset) {
        return outputs();
    }

    /**
     * Returns how a dataset's pictures become the input of a network: in the size that they have, with the mean and deviation of its training
     * pictures.
     */
    default Preprocessing preprocessing(Dataset dataset) {
        float[] std = dataset.statistics().std();
        // a channel without any variation is left as it is
        for (int c = 0; c < std.length; c++) if (!(std[c] > 1e-6f)) std[c] = 1;
        return preprocessing(dataset.preparation(), dataset.statistics().mean(), std);
    }

    /** Returns a dataset's preparation with another mean and deviation. */
    static Preprocessing preprocessing(Preparation preparation, float[] mean, float[] std) {
        return new Preprocessing(
                preparation.height(),
                preparation.width(),
                preparation.colorMode(),
                preparation.resizeMode(),
                preparation.cropMargin(),
                mean,
                std);
    }

    /** Returns settings of training batches that hold all that the task needs. */
    default BatchSettings training(BatchSettings settings) {
        return settings;
    }

    /** Returns settings of the batches that validate and judge: every picture once, in its order. */
    default BatchSettings evaluation(int batchSize, int threads) {
        return BatchSettings.forEvaluation(batchSize, threads);
    }

    /** Returns the loss of those who choose none. */
    Loss usualLoss();

    /** Returns the loss that validation is judged by, so that runs with other smoothing or weights compare. */
    Loss judgingLoss(Loss chosen);

    /** Returns the loss of guessing without a look at the picture; empty where the losses of the task tell nothing of that. */
    OptionalDouble guessingLoss();

    /**
     * Returns the loss with numbers in the place of "balanced" weights, counted on the training pictures.
     *
     * @throws io.fovea.problem.Problem if the loss is for another task, or its weights do not fit the classes
     */
    Loss checked(Loss loss, Dataset dataset);

    /**
     * Checks that the training pictures can teach the task.
     *
     * @throws io.fovea.problem.Problem that says what is missing
     */
    void checkPictures(Dataset dataset);

    /** Returns what a batch's outputs should be; shares the batch's arrays. */
    Targets targets(Batch batch);

    /**
     * Returns what the outputs should be for the pictures of a split as they are, without a look at them; empty if only the pictures and what
     * lies beside their pixels tell.
     */
    Optional<Targets> targets(Dataset dataset, Split split);

    /** Whether the truth of a picture changes where it is turned, moved or cut. */
    boolean movesTruth();

    /**
     * Returns a picture's answer as numbers: probabilities of all classes, or values in the targets' own units; none where it is a picture itself.
     *
     * @param outputs [N, W] at least
     * @param offset  where the picture's result begins
     */
    default double[] answer(float[] outputs, int offset) {
        return new double[0];
    }

    /**
     * Returns the measures of what was counted; first the one that runs are compared by.
     *
     * @param counts   sums over batches
     * @param pictures how many pictures they are of
     */
    List<Measure> measures(double[] counts, long pictures);

    /**
     * Returns how much of each true class (rows) was taken for each class, where that is what {@link #count} counts; else nothing.
     *
     * @param counts sums over batches
     */
    default List<List<Long>> confusion(double[] counts) {
        return List.of();
    }

    /**
     * Returns a judge of the pictures of a split.
     *
     * @throws io.fovea.problem.Problem if the dataset's truth is not of this task: another class, another target
     */
    Judge judge(Dataset dataset, Split split);

    /** Returns a few words about a picture's truth, for a caption; empty if there are none. */
    String caption(Batch batch, int row);
}
