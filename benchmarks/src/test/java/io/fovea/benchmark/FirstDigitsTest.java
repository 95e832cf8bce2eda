package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.collection.IdxWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The first digits")
class FirstDigitsTest {

    @TempDir
    Path whole;

    @TempDir
    Path first;

    @BeforeEach
    void write_three_digits_of_one_row() {
        for (String part : new String[] {"train", "t10k"}) {
            IdxWriter.writePictures(new byte[] {1, 2, 3, 4, 5, 6}, 1, 2, whole.resolve(part + "-images-idx3-ubyte.gz"));
            IdxWriter.writeLabels(new byte[] {7, 8, 9}, whole.resolve(part + "-labels-idx1-ubyte.gz"));
        }
    }

    @Test
    void are_files_of_the_same_form_with_fewer_entries() throws IOException {
        FirstDigits.write(whole, 2, 1, first);

        assertThat(content("train-images-idx3-ubyte.gz"))
                .containsExactly(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4);
        assertThat(content("train-labels-idx1-ubyte.gz")).containsExactly(0, 0, 8, 1, 0, 0, 0, 2, 7, 8);
        assertThat(content("t10k-images-idx3-ubyte.gz"))
                .containsExactly(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2);
        assertThat(content("t10k-labels-idx1-ubyte.gz")).containsExactly(0, 0, 8, 1, 0, 0, 0, 1, 7);
    }

    @Test
    void cannot_be_more_than_there_are() {
        assertThatThrownBy(() -> FirstDigits.write(whole, 4, 1, first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 entries, fewer than 4");
    }

    private byte[] content(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(first.resolve(name)))) {
            return in.readAllBytes();
        }
    }
}
