package io.fovea.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How a command ended.
 *
 * @param results  what it said on stdout
 * @param progress what it said on stderr
 */
record Outcome(int exitCode, String results, String progress) {

    /** Returns stdout as one JSON object. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(results);
        } catch (IOException failure) {
            throw new UncheckedIOException("Not one JSON object: " + results, failure);
        }
    }
}
