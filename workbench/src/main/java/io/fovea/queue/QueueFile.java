package io.fovea.queue;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code queue.json}: what waits, and what runs.
 *
 * @param path of the file, which need not be there
 */
record QueueFile(Path path) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /**
     * What the file says. One of a version before the lanes holds one turn, or none.
     *
     * @param turns   the processes that do jobs
     * @param waiting names of jobs, the next one first
     */
    record Content(
            @JsonAlias("turn") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Turn> turns,

            List<String> waiting) {
        Content {
            turns = turns == null ? List.of() : List.copyOf(turns);
            waiting = List.copyOf(waiting);
        }

        Optional<Turn> turn(String id) {
            return turns.stream().filter(turn -> turn.job().equals(id)).findFirst();
        }

        Content withoutTurn(String id) {
            return new Content(
                    turns.stream().filter(turn -> !turn.job().equals(id)).toList(), waiting);
        }

        Content withoutWaiting(String id) {
            return new Content(
                    turns, waiting.stream().filter(each -> !each.equals(id)).toList());
        }
    }

    Content read() {
        if (!Files.isRegularFile(path)) return new Content(List.of(), List.of());
        try {
            return JSON.readValue(Files.readAllBytes(path), Content.class);
        } catch (IOException | IllegalArgumentException | NullPointerException damaged) {
            throw new Problem(
                    "The queue of jobs cannot be read.",
                    path.toString(),
                    "delete the file: what waits then stands in no order, and every job can be gone on with",
                    damaged);
        }
    }

    void write(Content content) {
        try {
            Files.createDirectories(path.getParent());
            AtomicFile.write(path, JSON.writeValueAsBytes(content));
        } catch (IOException failure) {
            throw new Problem(
                    "The queue of jobs cannot be written: " + failure.getMessage() + ".",
                    path.toString(),
                    "check the folder's permissions and the free space",
                    failure);
        }
    }
}
