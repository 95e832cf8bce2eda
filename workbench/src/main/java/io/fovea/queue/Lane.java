package io.fovea.queue;

import io.fovea.job.Job;
import java.util.Arrays;
import java.util.Locale;

/** What a job does to whoever waits for it: those of a lane are done one at a time, and the lanes beside one another. */
public enum Lane {

    /** Jobs that learn take minutes to days and a whole device; two at once would take longer than one after the other. */
    LEARNING,

    /** Jobs that bring pictures or weights in: what they make is waited for by those that need it, and by nobody else. */
    IMPORTING,

    /** Jobs that ask models that are there: evaluations, answers about many pictures, models of checkpoints, of weights and in whole numbers. */
    ANSWERING;

    /** Returns the lane of a job; a recipe is as slow as the slowest of its jobs. */
    public static Lane of(Job job) {
        return switch (job) {
            case Job.Train _, Job.Folds _, Job.LearningRate _, Job.Tune _ -> LEARNING;
            case Job.Hybrid _, Job.AddClass _, Job.Ladder _ -> LEARNING;
            case Job.Import _, Job.ImportWeights _, Job.Adopt _ -> IMPORTING;
            case Job.Evaluate _, Job.Classify _, Job.Export _, Job.ExportCheckpoint _, Job.ExportModel _, Job.Int8 _ ->
                ANSWERING;
            case Job.Recipe recipe -> ofRecipe(recipe);
        };
    }

    private static Lane ofRecipe(Job.Recipe recipe) {
        return Arrays.stream(values())
                .filter(lane -> recipe.jobs().stream().anyMatch(job -> of(job) == lane))
                .findFirst()
                .orElseThrow();
    }

    /** Returns it as REST and pages write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
