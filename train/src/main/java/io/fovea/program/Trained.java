package io.fovea.program;

import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.result.TrainResult;
import io.fovea.task.Measure;
import io.fovea.work.TrainingProgram;
import java.nio.file.Path;
import java.util.List;

/** A network that was trained and judged. Its dataset must stay open until it is written. */
public final class Trained {

    private final TrainingProgram.Judged judged;

    Trained(TrainingProgram.Judged judged) {
        this.judged = judged;
    }

    /** Returns how good it is on {@link #split}. */
    public Verdict verdict() {
        return judged.verdict();
    }

    /** Returns the numbers of the verdict, the one that models are compared by first. */
    public List<Measure> measures() {
        return judged.verdict().measures();
    }

    /** Returns the part of the dataset that it was judged on. */
    public Split split() {
        return judged.split();
    }

    /** Returns the folder of the run: events, checkpoints, tables and pictures. */
    public Path folder() {
        return judged.folder();
    }

    /**
     * Writes the model, with golden pictures that any consumer can check it by.
     *
     * @param file complete or absent afterwards, whatever happens
     * @throws io.fovea.problem.Problem if the file cannot be written, or ONNX Runtime answers otherwise than the training did
     */
    public TrainResult export(Path file) {
        return judged.export(file);
    }
}
