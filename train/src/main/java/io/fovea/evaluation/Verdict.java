package io.fovea.evaluation;

import io.fovea.image.Pixels;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** How good a model is on one split. Whoever shows it asks for measures, words, parts of a report and files, and never which kind it is. */
public sealed interface Verdict
        permits Evaluation, RegressionEvaluation, SegmentationEvaluation, ReconstructionEvaluation {

    /** Returns how many pictures were judged. */
    int count();

    /** Returns the measures, each with its interval where there is one; first what the model is judged by. */
    List<Measure> measures();

    /** Returns what the first measure is called at the head of a line: {@code Accuracy}. */
    String title();

    /** Returns the first measure in words, with its interval and the number of pictures. */
    String words();

    /** Returns the figures that a program asks for first, by their names in JSON: {@code accuracy}, {@code accuracyInterval}. */
    Map<String, Object> figures();

    /** Returns all figures that fit on a screen, by their names in JSON. */
    Map<String, Object> details();

    /** Returns the lines and tables that a person reads. */
    List<ReportPart> report();

    /**
     * Writes the files of {@link EvaluationFiles} into a folder that exists.
     *
     * @param pictures gives the prepared picture at a position of the split, to draw on
     */
    void write(IntFunction<Pixels> pictures, Path folder);
}
