package io.fovea.junit;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

/**
 * Holds a use of a model to leaving no native memory behind.
 *
 * @param calls        uses in a round
 * @param rounds       that are measured
 * @param bytesPerCall growth that passes
 * @param use          how the model is used
 * @param picture      that is given to it; golden ones if empty
 */
record LeakCheck(int calls, int rounds, int bytesPerCall, Class<? extends ModelUse> use, String picture) {

    private static final long MEGABYTE = 1 << 20;
    private static final List<String> HANDED_ON = List.of("onnxruntime.native.path", "org.bytedeco.javacpp.cachedir");

    LeakCheck {
        if (calls < 1 || rounds < Growth.FEWEST_ROUNDS || bytesPerCall < 0)
            throw new Problem(
                    "Expected calls of 1, rounds of " + Growth.FEWEST_ROUNDS + " and bytesPerCall of 0 or more, found "
                            + calls + ", " + rounds + " and " + bytesPerCall,
                    "@NoNativeLeak",
                    "leave them out, or give larger ones");
    }

    static LeakCheck of(NoNativeLeak annotation) {
        return new LeakCheck(
                annotation.calls(),
                annotation.rounds(),
                annotation.bytesPerCall(),
                annotation.use(),
                annotation.picture());
    }

    /**
     * Measures in a process of its own.
     *
     * @throws Problem if it grows
     */
    void check(TestedModel tested, Findings findings) throws InterruptedException {
        if (!Files.isReadable(LeakProcess.STATUS))
            throw new TestAbortedException("resident memory is read from /proc, which is not here");
        Growth growth = Growth.of(rounds(tested), calls);
        String found = String.format(
                Locale.ROOT,
                "%.1f bytes per call, interval %.1f to %.1f, from %d rounds of %d calls",
                growth.median(),
                growth.low(),
                growth.high(),
                rounds,
                calls);
        if (growth.low() > bytesPerCall)
            throw new Problem(
                    "Expected resident memory to grow by at most " + bytesPerCall + " bytes per call, found " + found
                            + ".",
                    "model " + tested.file() + ", use " + use.getName(),
                    "close what the use opens (models, sessions, pointers), and keep one model for all calls; if it"
                            + " only answers, report it with the model");
        if (growth.high() > bytesPerCall)
            findings.warn(
                    "native memory",
                    found + ". " + bytesPerCall + " bytes lie in the interval: more calls or rounds would decide");
        else findings.tell("native memory", found);
    }

    private long[] rounds(TestedModel tested) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("fovea-leak");
            try {
                return rounds(tested, folder.resolve("rounds"), folder.resolve("words"));
            } finally {
                for (String name : List.of("rounds", "words")) Files.deleteIfExists(folder.resolve(name));
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private long[] rounds(TestedModel tested, Path results, Path words) throws IOException, InterruptedException {
        // What is read is the file, and copies of it on its way into the runtime; beyond that a use needs little.
        long heap = 64 + 4 * (Files.size(tested.file()) / MEGABYTE);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms" + heap + "m", "-Xmx" + heap + "m", "-XX:+AlwaysPreTouch"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        for (String name : HANDED_ON)
            if (System.getProperty(name) != null) command.add("-D" + name + "=" + System.getProperty(name));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeakProcess.class.getName()));
        command.addAll(List.of(tested.file().toString(), Integer.toString(tested.threads()), use.getName()));
        command.addAll(List.of(Integer.toString(calls), Integer.toString(rounds), picture, results.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(words.toFile());
        // One pool for all threads: several grow at their own pace, which hides small leaks.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        try {
            if (process.waitFor() == 0)
                return Files.readAllLines(results).stream()
                        .mapToLong(Long::parseLong)
                        .toArray();
        } finally {
            process.destroyForcibly();
        }
        throw new Problem(
                "The process that uses the model ended with " + process.exitValue() + ":\n"
                        + Files.readString(words).strip(),
                "model " + tested.file() + ", use " + use.getName(),
                "let the use run with the tests' class path, have a constructor without parameters, and take a heap of "
                        + heap + " MB");
    }
}
