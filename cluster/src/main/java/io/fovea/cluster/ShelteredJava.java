package io.fovea.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * This process's Java for executors that a terminal's Ctrl-C does not end. It reaches all processes of a command, and would take from those that learn
 * the way on which they save themselves; executors of this machine end with this process anyhow.
 *
 * <p>Spark begins executors by {@code JAVA_HOME/bin/java}: a file there ignores the signal, which processes hand down, and goes on as the real one.
 */
final class ShelteredJava {

    private ShelteredJava() {}

    /** Returns what stands for {@code JAVA_HOME}, until this process ends; empty where it cannot be made, as without a shell. */
    static Optional<String> home() {
        Path real = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Path home = Files.createTempDirectory("fovea-java-");
            Path folder = Files.createDirectory(home.resolve("bin"));
            Path java = Files.write(
                    folder.resolve("java"),
                    List.of(
                            "#!/bin/sh",
                            "trap '' INT HUP",
                            "exec '" + real.toString().replace("'", "'\\''") + "' \"$@\""));
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
            List.of(home, folder, java).forEach(each -> each.toFile().deleteOnExit()); // the last one first
            return Optional.of(home.toString());
        } catch (IOException | UnsupportedOperationException unable) {
            return Optional.empty();
        }
    }
}
