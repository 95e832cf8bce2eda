package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.ExampleBundle;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds that native memory stays flat, in a process whose heap has one fixed size and lies in memory from the start, so that
 * what the process grows by is native.
 */
@DisplayName("Native memory")
class NativeMemoryTest {

    private static final Path STATISTICS = Path.of("/proc/self/statm");
    private static final int CALLS = 20_000;
    private static final int ROUNDS = 5;

    /** What is called again and again. */
    enum Use {
        CLASSIFY {
            @Override
            void calls(Path file, Measured measured) throws IOException {
                try (Classifier classifier = Classifier.load(file)) {
                    measured.rounds(() -> {
                        for (int i = 0; i < CALLS; i++) classifier.classify(ExampleBundle.grey(i % 256));
                    });
                }
            }
        },
        CLASSIFY_BATCH {
            @Override
            void calls(Path file, Measured measured) throws IOException {
                List<Pixels> batch = Collections.nCopies(3, ExampleBundle.grey(1));
                try (Classifier classifier = Classifier.load(file)) {
                    measured.rounds(() -> {
                        for (int i = 0; i < CALLS; i++) classifier.classifyBatch(batch);
                    });
                }
            }
        },
        RUN {
            @Override
            void calls(Path file, Measured measured) throws IOException {
                try (Model model = Model.load(file)) {
                    Map<String, Tensor> input = Map.of("input", model.prepare(ExampleBundle.grey(1)));
                    measured.rounds(() -> {
                        for (int i = 0; i < CALLS; i++) model.run(input);
                    });
                }
            }
        };

        /** Loads a model and uses it, {@link #CALLS} times a round. */
        abstract void calls(Path file, Measured measured) throws IOException;
    }

    /**
     * Prints the bytes that the process grew by in the round in which it grew least. A leak takes its bytes in every round, while
     * compiled code and the pools of the allocator grow once, at no certain time.
     */
    static final class Measured {

        public static void main(String[] arguments) throws IOException {
            Use.valueOf(arguments[0]).calls(Path.of(arguments[1]), new Measured());
        }

        void rounds(Runnable round) throws IOException {
            round.run();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long before = residentBytes();
                round.run();
                least = Math.min(least, residentBytes() - before);
            }
            System.out.println(least);
        }

        private static long residentBytes() throws IOException {
            System.gc();
            return Long.parseLong(Files.readString(STATISTICS).split(" ")[1]) * 4096;
        }
    }

    @ParameterizedTest
    @EnumSource
    void stays_flat_however_often_a_model_is_used(Use use, @TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(STATISTICS), "resident memory is read from /proc, which is not here");
        Path file = folder.resolve("example.fovea");
        BundleWriter.write(ExampleBundle.whole(), file);

        // The smallest thing that ONNX Runtime allocates for a call takes more than 100 bytes.
        assertThat(growth(use, file)).isLessThan(CALLS * 100L);
    }

    private static long growth(Use use, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Measured.class.getName()));
        command.addAll(List.of(use.name(), file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as("exit status").isZero();
        return Long.parseLong(printed);
    }
}
