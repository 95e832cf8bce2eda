package io.fovea.cli;

import io.fovea.choice.TaskWord;
import io.fovea.importer.TargetUnit;
import io.fovea.importer.Truth;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a model of a dataset is to learn, as options of an import. */
final class TargetOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "classification, regression of numbers, or segmentation: a class for every pixel. Default:"
                    + " regression if pictures are named xy_X_Y_id.jpg, else classification.")
    private TaskWord task;

    @Option(
            names = "--targets",
            paramLabel = "NAMES",
            split = ",",
            description = "Columns to regress, such as nose_x,nose_y. Default: all of them.")
    private List<String> targets;

    @Option(
            names = "--target-unit",
            paramLabel = "UNIT",
            description =
                    "pixels, relative (-1 to 1), percent (0 to 100) or auto: relative if all places lie within -1 to 1"
                            + " and some are no whole numbers. Default: auto.")
    private TargetUnit unit;

    @Option(
            names = "--ignore",
            paramLabel = "VALUES",
            split = ",",
            description = "Values of masks that say nothing is known, beside 255. For --task segmentation.")
    private Set<Integer> ignored;

    Truth truth() {
        boolean aboutTargets = targets != null || unit != null;
        if (ignored != null && task != TaskWord.SEGMENTATION)
            throw new ParameterException(spec.commandLine(), "--ignore is for --task segmentation.");
        if (task == TaskWord.RECONSTRUCTION)
            throw new ParameterException(
                    spec.commandLine(),
                    "Any pictures can be reconstructed: import them for what else they are, and say --task"
                            + " reconstruction when you train.");
        if (task == TaskWord.SEGMENTATION && aboutTargets)
            throw new ParameterException(
                    spec.commandLine(), "--targets and --target-unit are for --task regression, not segmentation.");
        if (task == TaskWord.SEGMENTATION) return new Truth.Masks(ignored == null ? Set.of() : ignored);
        if (task == TaskWord.CLASSIFICATION && aboutTargets)
            throw new ParameterException(
                    spec.commandLine(), "--targets and --target-unit are for --task regression, not classification.");
        if (task == TaskWord.CLASSIFICATION) return new Truth.Classes();
        if (task == null && !aboutTargets) return new Truth.Detected();
        return new Truth.Numbers(targets == null ? List.of() : targets, unit == null ? TargetUnit.AUTO : unit);
    }
}
