package io.fovea.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.file.FolderBounds;
import io.fovea.problem.Problem;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A worker that does what goes wrong in others. */
public final class ExampleWorker {

    private ExampleWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("server")) {
            serve(Path.of(arguments[1]));
            return;
        }
        WorkerProcess.run(ExampleWorker::answer, arguments[0]);
    }

    /** Is a server with a worker, until it is killed. */
    private static void serve(Path folder) throws InterruptedException {
        Workers workers = new Workers(
                "the test",
                ExampleWorker.class,
                folder.resolve("output.txt"),
                limits(1, Duration.ofSeconds(60)),
                FolderBounds.ofThisProcess());
        workers.ask(new Question("echo", "", java.util.Map.of()));
        System.out.println("ready");
        workers.ask(new Question("sleep", "", java.util.Map.of()));
    }

    static Limits limits(int processes, Duration deadline) {
        return new Limits(processes, 4, deadline, 64L << 20, 1200L << 20);
    }

    private static Answer answer(String what, JsonNode fields, byte[] bytes) throws IOException {
        switch (what) {
            case "echo" -> {
                return new Answer("text/plain", bytes);
            }
            case "pid" -> {
                long pid = ProcessHandle.current().pid();
                return new Answer("text/plain", Long.toString(pid).getBytes(StandardCharsets.US_ASCII));
            }
            case "problem" -> throw new Problem("It is wrong.", "there", "do this");
            case "failure" -> throw new IllegalStateException("lost");
            case "halt" -> Runtime.getRuntime().halt(7);
            case "print" -> {
                System.out.println("words that are no answer");
                try (OutputStream out = new FileOutputStream("/dev/stdout", true)) {
                    out.write("more of them".getBytes(StandardCharsets.US_ASCII));
                }
                return new Answer("text/plain", bytes);
            }
            case "sleep" -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException woken) {
                    throw new IllegalStateException(woken);
                }
            }
            case "heap" -> {
                List<byte[]> all = new ArrayList<>();
                while (true) all.add(new byte[1 << 20]);
            }
            case "native" -> {
                Arena arena = Arena.global(); // outside of what Java counts
                for (int i = 0; i < 64; i++) arena.allocate(64 << 20).fill((byte) 1);
            }
            default -> throw new IllegalArgumentException(what);
        }
        return new Answer("text/plain", bytes);
    }
}
