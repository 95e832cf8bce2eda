package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./fovea serve} as a user starts it.
 *
 * @param process begun by the launcher, which becomes the JVM
 * @param address that it printed
 * @param began   by {@link System#nanoTime()}, before the launcher
 */
record ServeProcess(Process process, URI address, long began) implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    static ServeProcess of(Path folder) throws IOException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        FoveaCommand.of(List.of("serve", folder.toString(), "--port", "0", "--json")))
                .directory(Repository.root().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder json = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            json.append(line);
            if (line.endsWith("}")) break;
        }
        if (json.isEmpty())
            throw new Problem("The server did not start.", folder.toString(), "start it by hand and see");
        return new ServeProcess(
                process,
                URI.create(JSON.readTree(json.toString()).path("address").asText()),
                began);
    }

    /** Returns the resident memory of the process in MB of 1,000,000 bytes. */
    double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
