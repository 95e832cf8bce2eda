package io.fovea.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a process printed that did a job. */
final class ProcessOutput {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LAST_LINES = 5;

    private ProcessOutput() {}

    /** Returns why the process failed: the problem that it printed, or its last lines; empty if it printed nothing. */
    static Optional<Problem> problem(Path output) {
        List<String> lines;
        try {
            lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException absent) {
            return Optional.empty();
        }
        for (String line : lines.reversed()) {
            Optional<Problem> printed = printed(line);
            if (printed.isPresent()) return printed;
        }
        if (lines.isEmpty()) return Optional.empty();
        String last = String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        return Optional.of(new Problem(
                "The process that should do the job ended before anything began: " + last,
                output.toString(),
                "mend what it says, then go on with the job"));
    }

    private static Optional<Problem> printed(String line) {
        if (!line.startsWith("{")) return Optional.empty();
        try {
            JsonNode problem = JSON.readTree(line).path("problem");
            if (!problem.isObject()) return Optional.empty();
            return Optional.of(new Problem(
                    problem.path("what").asText(),
                    problem.path("where").asText(),
                    problem.path("do").asText()));
        } catch (JsonProcessingException otherWords) {
            return Optional.empty();
        }
    }
}
