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
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./fovea workbench} or {@code ./fovea serve} as a user starts it, on a port that is free.
 *
 * @param process begun by the launcher, which becomes the JVM
 * @param address that it printed
 * @param began   by {@link System#nanoTime()}, before the launcher
 */
record ServerProcess(Process process, URI address, long began) implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    static ServerProcess workbench(Path workspace) throws IOException {
        return of(List.of("workbench", "--no-browser", "--workspace", workspace.toString()));
    }

    static ServerProcess serve(Path models) throws IOException {
        return of(List.of("serve", models.toString()));
    }

    /** The same, with gRPC on a port. */
    static ServerProcess serve(Path models, int grpcPort) throws IOException {
        return of(List.of("serve", models.toString(), "--grpc-port", Integer.toString(grpcPort)));
    }

    private static ServerProcess of(List<String> words) throws IOException {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--port", "0", "--json"));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(FoveaCommand.of(all))
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
            throw new Problem("The server did not start.", String.join(" ", words), "start it by hand and see");
        return new ServerProcess(
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
