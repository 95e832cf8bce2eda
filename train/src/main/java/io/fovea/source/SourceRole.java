package io.fovea.source;

import io.fovea.dataset.Split;
import java.util.Optional;

/** What a source is given for. */
public enum SourceRole {
    /**
     * Its own structure says: the names of folders, lists and data files ({@code train}, {@code valid}, {@code test} and the like); and
     * what says nothing is training, from which the split percentages are taken.
     */
    DETECTED,
    /** All of it is for training; the split percentages are taken from it. */
    TRAINING,
    /** All of it is for validation. */
    VALIDATION,
    /** All of it is for the test. */
    TEST,
    /** A text file with one class name per line, in the order of the labels. */
    CLASS_NAMES,
    /** The folder from which the paths of lists start, where that is not the list's own. */
    PICTURES_FOLDER;

    /** Returns the word for it on the command line; empty for what is found by looking. */
    public String word() {
        return switch (this) {
            case DETECTED -> "";
            case TRAINING -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
            case CLASS_NAMES -> "classes";
            case PICTURES_FOLDER -> "pictures";
        };
    }

    /** Returns the role of a source that is all for one split. */
    static SourceRole of(Split split) {
        return switch (split) {
            case TRAINING -> TRAINING;
            case VALIDATION -> VALIDATION;
            case TEST -> TEST;
        };
    }

    /** Returns the split that all of the source is for, if the role names one. */
    public Optional<Split> split() {
        return switch (this) {
            case TRAINING -> Optional.of(Split.TRAINING);
            case VALIDATION -> Optional.of(Split.VALIDATION);
            case TEST -> Optional.of(Split.TEST);
            case DETECTED, CLASS_NAMES, PICTURES_FOLDER -> Optional.empty();
        };
    }
}
