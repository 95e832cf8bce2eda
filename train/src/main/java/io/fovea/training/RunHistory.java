package io.fovea.training;

import io.fovea.event.TrainingEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of a run that still count. The log keeps every event that was ever told, so that nobody who heard it is misled; but a run that
 * was killed goes on from its last checkpoint and does again what came after it, and then the later telling counts.
 */
public final class RunHistory {

    private RunHistory() {}

    /** Returns the events that count, in their order: of what was done twice, the later. */
    public static List<TrainingEvent> of(List<TrainingEvent> told) {
        List<TrainingEvent> counting = new ArrayList<>();
        for (TrainingEvent event : told) {
            if (event instanceof TrainingEvent.RunStarted started) keepUntil(started.firstStep(), counting);
            counting.add(event);
        }
        return counting;
    }

    /** Returns the events that count for a run that goes on after a step. */
    static List<TrainingEvent> until(long step, List<TrainingEvent> told) {
        List<TrainingEvent> counting = of(told);
        keepUntil(step, counting);
        return counting;
    }

    private static void keepUntil(long step, List<TrainingEvent> counting) {
        if (step == 0) counting.clear();
        else counting.removeIf(event -> step(event) > step);
    }

    /** Returns after which step an event was told; the end of a part is void once the run goes on. */
    private static long step(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.StepFinished finished -> finished.step();
            case TrainingEvent.EpochFinished finished -> finished.step();
            case TrainingEvent.CheckpointSaved saved -> saved.step();
            case TrainingEvent.SnapshotSaved saved -> saved.step();
            case TrainingEvent.PicturesAnswered answered -> answered.step();
            case TrainingEvent.MachineUsed used -> used.step();
            case TrainingEvent.RunFinished _ -> Long.MAX_VALUE;
            case TrainingEvent.RunStarted _, TrainingEvent.StartJudged _, TrainingEvent.Remarked _ -> 0;
        };
    }
}
