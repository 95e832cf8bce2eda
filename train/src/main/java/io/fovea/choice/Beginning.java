package io.fovea.choice;

import io.fovea.learning.Learning;
import io.fovea.optimize.Loss;
import io.fovea.task.Task;
import io.fovea.training.FineTuning;
import io.fovea.training.MapTraining;
import io.fovea.training.TrainingSettings;
import io.fovea.transfer.TransferMode;

/** What the weights are before the first step: it decides which settings are usual, and which steps are safe. */
public enum Beginning {
    /** Drawn, or only a head on features. */
    DRAWN,
    /** Trained by others, and learning on. */
    PRETRAINED,
    /** Drawn, of a network that answers with maps. */
    DRAWN_MAPS,
    /** Trained by others, under new layers that answer with maps. */
    PRETRAINED_MAPS;

    /**
     * Returns where a training begins. A head on features is found in closed steps of its own; what learns by gradients from pretrained weights
     * begins with care.
     *
     * @param pretrained whether there are pretrained weights
     * @param mode       what learns on them
     */
    public static Beginning of(Task task, boolean pretrained, TransferMode mode) {
        if (answersWithMaps(task)) return pretrained ? PRETRAINED_MAPS : DRAWN_MAPS;
        return pretrained && !isOnFeatures(task, pretrained, mode) ? PRETRAINED : DRAWN;
    }

    /** Whether only a head learns, on features that are computed once. */
    public static boolean isOnFeatures(Task task, boolean pretrained, TransferMode mode) {
        return pretrained && !answersWithMaps(task) && mode instanceof TransferMode.CachedFeatures;
    }

    /** Whether pictures are answered with maps in their size. */
    public static boolean answersWithMaps(Task task) {
        return TaskWord.SEGMENTATION.names(task) || TaskWord.RECONSTRUCTION.names(task);
    }

    /** Returns from how many pictures an epoch learns that is one of a fold's. */
    public static int outsideFold(int pictures, int folds) {
        return pictures - Math.ceilDiv(pictures, folds);
    }

    /** Returns the settings where nothing is chosen. */
    public TrainingSettings settings(long seed) {
        return switch (this) {
            case DRAWN -> TrainingSettings.defaults(seed);
            case PRETRAINED -> FineTuning.defaults(seed);
            case DRAWN_MAPS -> MapTraining.defaults(seed);
            case PRETRAINED_MAPS -> MapTraining.onBackbone(seed);
        };
    }

    /** Returns settings whose batch size, if nobody chose it, does not keep few pictures from being learned. */
    public static TrainingSettings fitting(TrainingSettings settings, int pictures) {
        return pictures == 0 || settings.pictures().batchSize() <= pictures
                ? settings
                : settings.withBatchSize(pictures);
    }

    /** Returns settings with a loss that nobody chose, or the task's usual one where that is of another kind. */
    public static TrainingSettings suiting(TrainingSettings settings, Task task) {
        Loss usual = Learning.of(task).usualLoss();
        boolean suits = !(settings.loss() instanceof Loss.CrossEntropy) || usual instanceof Loss.CrossEntropy;
        return suits ? settings : settings.withLoss(usual);
    }
}
