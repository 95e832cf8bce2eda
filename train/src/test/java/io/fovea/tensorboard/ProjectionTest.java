package io.fovea.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A projection")
class ProjectionTest {

    @TempDir
    Path folder;

    @Test
    void is_a_row_of_numbers_per_point() throws IOException {
        of("logits", List.of("cat", "dog")).write(folder);
        assertThat(folder.resolve("tensors.tsv")).hasContent("1.0\t2.5\t-3.0\n4.0\t0.1\t1.0E-5\n");
    }

    @Test
    void has_bare_rows_for_a_single_column_of_names() throws IOException {
        of("logits", List.of("cat", "dog")).write(folder);
        assertThat(Files.readString(folder.resolve("metadata.tsv"))).isEqualTo("cat\ndog\n");
    }

    @Test
    void has_a_heading_over_several_columns() throws IOException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        columns.put("class", List.of("cat", "dog"));
        columns.put("prediction", List.of("dog", "dog"));
        new Projection("logits", 3, new float[6], columns, Optional.empty()).write(folder);
        assertThat(Files.readString(folder.resolve("metadata.tsv")))
                .isEqualTo("class\tprediction\ncat\tdog\ndog\tdog\n");
    }

    @Test
    void keeps_rows_in_place_when_names_hold_tabs_line_ends_or_nothing() throws IOException {
        of("logits", List.of("tabby\tcat\r\n", "")).write(folder);
        assertThat(Files.readAllLines(folder.resolve("metadata.tsv"))).containsExactly("tabby cat  ", "(none)");
    }

    @Test
    void names_its_files_for_the_page() throws IOException {
        of("my \"logits\"", List.of("cat", "dog")).write(folder);
        assertThat(Files.readString(folder.resolve("projector_config.pbtxt"))).isEqualTo("""
            embeddings {
              tensor_name: "my \\"logits\\""
              tensor_shape: 2
              tensor_shape: 3
              tensor_path: "tensors.tsv"
              metadata_path: "metadata.tsv"
            }
            """);
    }

    @Test
    void tells_the_size_of_one_picture_of_the_sprite() throws IOException {
        new Projection(
                        "logits",
                        3,
                        new float[6],
                        Map.of("class", List.of("cat", "dog")),
                        Optional.of(new Projection.Sprite(new byte[] {1, 2}, 28, 14)))
                .write(folder);
        assertThat(folder.resolve("sprite.png")).hasBinaryContent(new byte[] {1, 2});
        assertThat(Files.readString(folder.resolve("projector_config.pbtxt"))).contains("""
              sprite {
                image_path: "sprite.png"
                single_image_dim: 28
                single_image_dim: 14
              }
            """);
    }

    @Test
    void lays_its_pictures_in_the_smallest_square_that_holds_them() {
        assertThat(Projection.Sprite.columns(1)).isEqualTo(1);
        assertThat(Projection.Sprite.columns(4)).isEqualTo(2);
        assertThat(Projection.Sprite.columns(5)).isEqualTo(3);
    }

    @Test
    void refuses_names_for_another_number_of_points() {
        assertThatThrownBy(() -> of("logits", List.of("cat")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Column \"class\": expected 2 words, found 1");
    }

    @Test
    void says_where_a_folder_cannot_be_written() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "a file");
        assertThatThrownBy(() -> of("logits", List.of("cat", "dog")).write(file.resolve("tensorboard")))
                .isInstanceOf(Problem.class);
    }

    private static Projection of(String name, List<String> classes) {
        return new Projection(
                name, 3, new float[] {1, 2.5f, -3, 4, 0.1f, 1e-5f}, Map.of("class", classes), Optional.empty());
    }
}
