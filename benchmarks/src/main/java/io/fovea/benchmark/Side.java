package io.fovea.benchmark;

import java.util.List;
import java.util.Map;

/**
 * One program that takes part in a benchmark. The last that it prints on standard output is its measurement, a JSON object.
 *
 * @param name        unique within the benchmark, for example {@code djl-malloc}
 * @param family      sides of one family are variants of one library; it is judged by its fastest
 * @param command     program and arguments
 * @param environment variables in addition to those of this process
 */
public record Side(String name, String family, List<String> command, Map<String, String> environment) {

    /** Copies. */
    public Side {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
