package io.fovea.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fovea.event.JobEvent;
import io.fovea.result.DataJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a job's folder says of it.
 *
 * @param id      the folder's name
 * @param kind    of job: {@code train}, {@code import} …; {@code unknown} where its file cannot be read
 * @param state   where it stands
 * @param began   when a process took it up first; empty if none has
 * @param last    when something happened last
 * @param events  how many were told
 * @param stage   what is done, or was done last, such as {@code epoch 3 of 10}
 * @param problem why it failed, or what of its folder cannot be read
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
        Path folder) {

    /** Returns it for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", id);
        json.put("kind", kind);
        json.put("state", DataJson.word(state));
        began.ifPresent(at -> json.put("began", at.toString()));
        last.ifPresent(at -> json.put("last", at.toString()));
        json.put("events", events);
        stage.ifPresent(words -> json.put("stage", words));
        problem.ifPresent(reason ->
                json.put("problem", Map.of("what", reason.what(), "where", reason.where(), "do", reason.remedy())));
        json.put("folder", folder.toString());
        return json;
    }
}
