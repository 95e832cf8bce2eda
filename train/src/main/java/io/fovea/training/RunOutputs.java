package io.fovea.training;

import io.fovea.event.TrainingEvent;
import io.fovea.module.TrainableModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Everything that a run was asked to write beside its log, table and checkpoints. */
final class RunOutputs implements ModuleListener {

    private final List<ModuleListener> writers = new ArrayList<>();

    /** @param step the last step before the first event */
    RunOutputs(Set<RunOutput> outputs, TrainingTask task, long step) {
        for (RunOutput output : outputs) {
            writers.add(
                    switch (output) {
                        case TENSORBOARD -> new TensorBoardLog(task, step);
                        case NPZ -> new NpzCopies(task.folder());
                    });
        }
    }

    @Override
    public void on(TrainingEvent event, TrainableModule module) {
        for (ModuleListener writer : writers) writer.on(event, module);
    }

    @Override
    public void close() {
        writers.forEach(ModuleListener::close);
    }
}
