package io.fovea.evaluation;

import java.nio.file.Path;

/** An evaluation as files: {@code evaluation.json}, {@code confusion.csv}, {@code per-class.csv}, {@code confusion.png}. */
public final class EvaluationFiles {

    private EvaluationFiles() {}

    /** Writes the files into {@code folder}, each beside its target and moved into place. */
    public static void write(Evaluation evaluation, Path folder) {
        throw new UnsupportedOperationException();
    }
}
