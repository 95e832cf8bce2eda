package io.fovea.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The writer of idx files")
class IdxWriterTest {

    @TempDir
    Path folder;

    private static byte[] unpacked(Path path) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return in.readAllBytes();
        }
    }

    @Test
    void writes_pictures_with_three_axes() throws IOException {
        Path path = folder.resolve("images.gz");
        IdxWriter.writePictures(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1}, 2, 3, path);

        assertThat(unpacked(path))
                .containsExactly(
                        0, 0, 8, 3, // unsigned bytes, three axes
                        0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, // [2, 2, 3]
                        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1);
    }

    @Test
    void writes_labels_with_one_axis() throws IOException {
        Path path = folder.resolve("labels.gz");
        IdxWriter.writeLabels(new byte[] {7, 2}, path);

        assertThat(unpacked(path)).containsExactly(0, 0, 8, 1, 0, 0, 0, 2, 7, 2);
    }

    @Test
    void writes_no_pictures_at_all() throws IOException {
        Path path = folder.resolve("images.gz");
        IdxWriter.writePictures(new byte[0], 28, 28, path);

        assertThat(unpacked(path)).containsExactly(0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28);
    }

    @Test
    void leaves_nothing_beside_the_file() throws IOException {
        IdxWriter.writeLabels(new byte[] {1}, folder.resolve("labels.gz"));

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("labels.gz"));
        }
    }

    @Test
    void refuses_bytes_that_are_no_whole_pictures() {
        assertThatThrownBy(() -> IdxWriter.writePictures(new byte[7], 2, 3, folder.resolve("images.gz")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("7 bytes are no pictures of 2x3");
    }

    @Test
    void names_the_file_that_it_cannot_write() throws IOException {
        Path path = Files.writeString(folder.resolve("file"), "").resolve("labels.gz");

        assertThatThrownBy(() -> IdxWriter.writeLabels(new byte[] {1}, path))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.where()).isEqualTo(path.toString()));
    }
}
