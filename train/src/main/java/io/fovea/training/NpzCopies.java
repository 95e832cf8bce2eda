package io.fovea.training;

import io.fovea.event.TrainingEvent;
import io.fovea.module.TrainableModule;
import io.fovea.weights.Npz;
import java.nio.file.Path;

/** The weights of every checkpoint as npz beside it: {@code last.npz}, {@code best.npz}, and one for each snapshot. */
final class NpzCopies implements ModuleListener {

    private final RunFolder folder;
    private boolean bestIsNew;

    NpzCopies(RunFolder folder) {
        this.folder = folder;
    }

    @Override
    public void on(TrainingEvent event, TrainableModule module) {
        switch (event) {
            case TrainingEvent.EpochFinished epoch -> bestIsNew |= epoch.best();
            case TrainingEvent.CheckpointSaved _ -> {
                if (bestIsNew) copy(folder.bestCheckpoint());
                bestIsNew = false;
                Npz.write(module.weights(), npz(folder.lastCheckpoint()));
            }
            case TrainingEvent.SnapshotSaved snapshot ->
                copy(folder.lastCheckpoint().resolveSibling(snapshot.file()));
            case TrainingEvent.RunStarted _,
                    TrainingEvent.StartJudged _,
                    TrainingEvent.Remarked _,
                    TrainingEvent.StepFinished _,
                    TrainingEvent.PicturesAnswered _,
                    TrainingEvent.MachineUsed _,
                    TrainingEvent.RunFinished _ -> {}
        }
    }

    /** From the file and not from the module: what is kept there may be the mean of many steps' weights. */
    private static void copy(Path checkpoint) {
        Npz.write(Checkpoint.read(checkpoint).weights(), npz(checkpoint));
    }

    private static Path npz(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName().toString().replaceAll("\\.safetensors$", ".npz"));
    }
}
