package io.fovea.choice;

import io.fovea.task.Task;
import java.util.Locale;

/** A task as an option names it. */
public enum TaskWord {
    /** A class for a picture. */
    CLASSIFICATION,
    /** Numbers for a picture. */
    REGRESSION,
    /** A class for every pixel. */
    SEGMENTATION,
    /** The picture without its noise. */
    RECONSTRUCTION;

    /** Returns the word as files have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a task is the one that is named. */
    public boolean names(Task task) {
        return task.word().equals(word());
    }
}
