package io.fovea.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fovea.event.JobEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job's folder says of it.
 *
 * @param id      the folder's name
 * @param kind    of job: {@code train}, {@code import} …
 * @param state   where it stands
 * @param began   when a process took it up first; empty if none has
 * @param last    when something happened last
 * @param events  how many were told
 * @param stage   what is done, or was done last, such as {@code epoch 3 of 10}
 * @param problem why it failed
 * @param folder  its folder
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record JobStatus(
        String id,
        String kind,
        JobState state,
        Optional<Instant> began,
        Optional<Instant> last,
        long events,
        Optional<String> stage,
        Optional<JobEvent.Reason> problem,
        Path folder) {}
