package io.fovea.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process that is killed while it writes bundles")
class KilledWriterTest {

    /** Writes a bundle of some megabytes again and again, until it is killed. */
    static final class Writer {
        public static void main(String[] arguments) {
            Map<String, byte[]> files = ExampleBundle.files();
            Manifest manifest = ExampleBundle.manifest(ExampleBundle.golden(files));
            byte[] weights = new byte[4 << 20];
            while (true) {
                weights[0]++;
                Bundle bundle = Bundle.of(manifest, ExampleBundle.onnx(), files, Map.of(Bundle.WEIGHTS, weights));
                BundleWriter.write(bundle, Path.of(arguments[0]));
            }
        }
    }

    @Test
    void leaves_a_whole_bundle_and_the_next_write_clears_up(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("example.fovea");
        for (int round = 0; round < 3; round++) {
            kill(file, round);
            assertThat(Bundle.open(file).weights().orElseThrow()).hasSize(4 << 20);
        }
        BundleWriter.write(ExampleBundle.whole(), file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("example.fovea");
        }
    }

    private static void kill(Path file, int round) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!Files.exists(file)) {
            assertThat(process.isAlive()).as("the writing process lives").isTrue();
            Thread.sleep(5);
        }
        // Some moment of the writes that follow; which one does not matter, all must be safe.
        Thread.sleep(40 + 37L * round);
        process.destroyForcibly().waitFor();
    }
}
