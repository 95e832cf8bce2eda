package io.fovea.job;

import io.fovea.transfer.TransferMode;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/** Seeds that nobody chose: they are drawn once and then stand in the job, so that it can be done again alike. */
public final class Seeds {

    private static final String SEED = "seed";

    /** Nine digits are easily typed again. */
    private static final int BOUND = 1_000_000_000;

    private Seeds() {}

    /** Whether a job leaves its seed open. */
    public static boolean isOpen(Job job) {
        return switch (job) {
            case Job.Train training -> !training.settings().containsKey(SEED);
            case Job.Folds folds -> isOpen(folds.training());
            case Job.LearningRate rate -> isOpen(rate.training());
            case Job.Tune _,
                    Job.Import _,
                    Job.ImportWeights _,
                    Job.Hybrid _,
                    Job.AddClass _,
                    Job.Evaluate _,
                    Job.Classify _,
                    Job.Export _,
                    Job.ExportCheckpoint _,
                    Job.Int8 _,
                    Job.Ladder _,
                    Job.ExportModel _,
                    Job.Adopt _,
                    Job.Recipe _ -> false;
        };
    }

    /** Returns the job with a seed, if it leaves it open. */
    public static Job drawn(Job job) {
        return isOpen(job) ? with(job, seed(job)) : job;
    }

    private static long seed(Job job) {
        // features of augmented copies are kept by their seed: one that nobody chose must not change
        return job instanceof Job.Train training && isOnFeatures(training) ? 1 : new SecureRandom().nextInt(1, BOUND);
    }

    private static boolean isOnFeatures(Job.Train job) {
        return job.pretrained().isPresent()
                && job.transfer()
                        .map(word -> TransferMode.of(word) instanceof TransferMode.CachedFeatures)
                        .orElse(true);
    }

    /** Returns the job with the seed 0, to be compared whatever the seed is. */
    public static Job none(Job job) {
        return with(job, 0);
    }

    private static Job with(Job job, long seed) {
        return switch (job) {
            case Job.Train training -> with(training, seed);
            case Job.Folds folds -> new Job.Folds(folds.folds(), with(folds.training(), seed));
            case Job.LearningRate rate -> new Job.LearningRate(with(rate.training(), seed));
            case Job.Tune _,
                    Job.Import _,
                    Job.ImportWeights _,
                    Job.Hybrid _,
                    Job.AddClass _,
                    Job.Evaluate _,
                    Job.Classify _,
                    Job.Export _,
                    Job.ExportCheckpoint _,
                    Job.Int8 _,
                    Job.Ladder _,
                    Job.ExportModel _,
                    Job.Adopt _,
                    Job.Recipe _ -> job;
        };
    }

    private static Job.Train with(Job.Train job, long seed) {
        Map<String, Object> settings = new LinkedHashMap<>(job.settings());
        settings.remove(SEED);
        settings.put(SEED, seed); // last, wherever it stood
        return job.with(settings);
    }
}
