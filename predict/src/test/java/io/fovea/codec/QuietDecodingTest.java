package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process that decodes damaged and rare pictures")
class QuietDecodingTest {

    @Test
    void hears_nothing_from_native_libraries_and_finds_nothing_left_behind(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DamagedPictures.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        program.environment().remove("OPENCV_LOG_LEVEL");
        program.environment().remove("JAVA_TOOL_OPTIONS");

        Process process = program.start();

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(words(err)).isEmpty();
        assertThat(Files.readString(out)).isEqualTo("some refused" + System.lineSeparator());
        assertThat(temporary.toFile().list()).isEmpty();
    }

    /** What is written, but for the JVM's own warning of newer versions that native libraries are loaded. */
    private static String words(Path err) throws Exception {
        return String.join(
                "\n",
                Files.readAllLines(err).stream()
                        .filter(line -> !line.startsWith("WARNING: "))
                        .toList());
    }
}
