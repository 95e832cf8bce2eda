package io.fovea.cli;

import io.fovea.training.RunOutput;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a run writes beside its log and checkpoints; changes nothing in the run, so it may differ when a run goes on. */
final class RunOutputOptions {

    @Option(
            names = "--tensorboard",
            description = "Write event files for TensorBoard into the run's folder (tensorboard --logdir RUNS).")
    private boolean tensorBoard;

    @Option(names = "--npz", description = "Write the weights of every checkpoint once more as npz, for NumPy.")
    private boolean npz;

    Set<RunOutput> outputs() {
        Set<RunOutput> outputs = EnumSet.noneOf(RunOutput.class);
        if (tensorBoard) outputs.add(RunOutput.TENSORBOARD);
        if (npz) outputs.add(RunOutput.NPZ);
        return outputs;
    }
}
