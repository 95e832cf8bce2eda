package io.fovea.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * What happened in a run, complete in itself; listeners never need to ask back.
 *
 * <p>A line of {@code events.jsonl} is one event with its kind under {@code event}. An event that was told is never taken back, and its number
 * is never given to another.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainingEvent.RunStarted.class, name = "runStarted"),
    @JsonSubTypes.Type(value = TrainingEvent.StartJudged.class, name = "startJudged"),
    @JsonSubTypes.Type(value = TrainingEvent.Remarked.class, name = "remarked"),
    @JsonSubTypes.Type(value = TrainingEvent.StepFinished.class, name = "stepFinished"),
    @JsonSubTypes.Type(value = TrainingEvent.EpochFinished.class, name = "epochFinished"),
    @JsonSubTypes.Type(value = TrainingEvent.PicturesAnswered.class, name = "picturesAnswered"),
    @JsonSubTypes.Type(value = TrainingEvent.MachineUsed.class, name = "machineUsed"),
    @JsonSubTypes.Type(value = TrainingEvent.CheckpointSaved.class, name = "checkpointSaved"),
    @JsonSubTypes.Type(value = TrainingEvent.SnapshotSaved.class, name = "snapshotSaved"),
    @JsonSubTypes.Type(value = TrainingEvent.RunFinished.class, name = "runFinished"),
    @JsonSubTypes.Type(value = JobEvent.JobBegan.class, name = "jobBegan"),
    @JsonSubTypes.Type(value = JobEvent.StageBegan.class, name = "stageBegan"),
    @JsonSubTypes.Type(value = JobEvent.StageProgressed.class, name = "stageProgressed"),
    @JsonSubTypes.Type(value = JobEvent.Evolved.class, name = "evolved"),
    @JsonSubTypes.Type(value = JobEvent.KernelsChanged.class, name = "kernelsChanged"),
    @JsonSubTypes.Type(value = JobEvent.Noted.class, name = "noted"),
    @JsonSubTypes.Type(value = JobEvent.JobEnded.class, name = "jobEnded")
})
public sealed interface Event permits TrainingEvent, JobEvent {

    /** Returns 1, 2, 3 … within the run; a client goes on after the last it has seen. */
    long number();

    /** Returns when it happened. */
    Instant at();
}
