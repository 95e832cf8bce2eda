package io.fovea.server;

import io.fovea.workspace.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A workbench in a process of its own, which can be killed. */
public final class ServerProgram {

    private ServerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        Workbench workbench = Workbench.start(Workspace.at(Path.of(arguments[0])), 0, JobProgram.words(), List.of());
        System.out.println(workbench.address());
        workbench.await();
    }

    /** A started one. */
    record Started(Process process, URI address) {

        static Started on(Workspace workspace) throws IOException {
            return on(workspace, Map.of());
        }

        static Started on(Workspace workspace, Map<String, String> environment) throws IOException {
            List<String> words = new ArrayList<>(JobProgram.words().words());
            words.set(words.size() - 1, ServerProgram.class.getName());
            words.add(workspace.folder().toString());
            ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            Process process = builder.start();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            return new Started(process, URI.create(lines.readLine()));
        }

        /** As {@code kill -9} does. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
