package io.fovea.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A command that works with executors of this machine, one of which may have been killed.
 *
 * @param time      that it took, from its start to its end
 * @param executors how long after the start all executors were there, and how long after it one was last seen
 * @param kill      what was done to it; empty where the executors were gone before
 * @param problem   how it ended, if not well: its exit code and its last words
 */
record KilledRun(Duration time, Span executors, Optional<Kill> kill, Optional<String> problem) {

    private static final long MILLISECONDS_BETWEEN_LOOKS = 25;
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    private static final int LAST_WORDS = 6;

    /** A part of a run's time. */
    record Span(Duration from, Duration to) {

        Duration length() {
            return to.minus(from);
        }
    }

    /**
     * An executor that lived was killed.
     *
     * @param after  all executors were there
     * @param during what the command had told last
     */
    record Kill(Duration after, String during) {}

    /** When to kill, and which one: the moment counts from when all executors are there. */
    record Plan(Duration after, SplittableRandom random) {}

    /**
     * Runs to the end.
     *
     * @param words where the command's own words are written
     * @param count of executors
     * @param limit beyond which the command counts as one that never ends
     */
    static KilledRun of(List<String> command, Path words, int count, Optional<Plan> plan, Duration limit)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(Repository.root().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(words.toFile())
                .start();
        Thread end = new Thread(process::destroyForcibly); // executors end with it
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return watch(process, begin, words, count, plan, limit);
        } finally {
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private static KilledRun watch(
            Process process, long begin, Path words, int count, Optional<Plan> plan, Duration limit)
            throws IOException, InterruptedException {
        Optional<Duration> all = Optional.empty();
        Duration last = Duration.ZERO;
        Optional<Kill> kill = Optional.empty();
        boolean isTried = plan.isEmpty();
        boolean isEndless = false;
        while (!process.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
            Duration now = since(begin);
            List<ProcessHandle> executors = executors(process);
            if (executors.size() >= count && all.isEmpty()) all = Optional.of(now);
            if (!executors.isEmpty()) last = now;
            if (!isTried
                    && all.isPresent()
                    && now.minus(all.get()).compareTo(plan.get().after()) >= 0) {
                isTried = true;
                if (!executors.isEmpty()) {
                    String during = lastWords(words, 1);
                    boolean isHit = executors
                            .get(plan.get().random().nextInt(executors.size()))
                            .destroyForcibly();
                    if (isHit) kill = Optional.of(new Kill(now.minus(all.get()), during));
                }
            }
            if (now.compareTo(limit) > 0 && !isEndless) {
                isEndless = true;
                process.destroyForcibly();
            }
        }
        Optional<String> problem = isEndless
                ? Optional.of("no end within " + limit.toSeconds() + " s: " + lastWords(words, LAST_WORDS))
                : process.exitValue() == 0
                        ? Optional.empty()
                        : Optional.of("exit code " + process.exitValue() + ": " + lastWords(words, LAST_WORDS));
        return new KilledRun(since(begin), new Span(all.orElse(last), last), kill, problem);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static List<ProcessHandle> executors(Process process) {
        return process.children().filter(KilledRun::isExecutor).sorted().toList();
    }

    /** A process that has ended, and waits for its parent to hear of it, has no command line. */
    private static boolean isExecutor(ProcessHandle process) {
        try {
            Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            return new String(Files.readAllBytes(line), StandardCharsets.ISO_8859_1).contains(EXECUTOR);
        } catch (IOException ended) {
            return false;
        }
    }

    private static String lastWords(Path words, int count) throws IOException {
        List<String> lines = Files.readAllLines(words).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
