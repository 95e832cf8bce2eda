package io.fovea.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Prepared pictures written as a dataset")
class PreparedDatasetTest {

    @TempDir
    Path folder;

    private final PreparedDataset description = new PreparedDataset(
            "pairs",
            List.of("dark", "light"),
            new Preparation(1, 2, ColorMode.GREY, ResizeMode.SQUASH),
            List.of("somewhere"),
            1,
            List.of("a remark"));

    @Test
    void are_read_back_in_their_order_with_labels_sources_and_statistics() {
        description.write(
                Stream.of(
                        picture(Split.TRAINING, 0, "a", 0, 51),
                        picture(Split.TEST, 1, "t", 255, 255),
                        picture(Split.TRAINING, 1, "b", 153, 204)),
                folder.resolve("pairs"));

        try (Dataset dataset = Dataset.open(folder.resolve("pairs"))) {
            assertThat(dataset.name()).isEqualTo("pairs");
            assertThat(dataset.classNames()).containsExactly("dark", "light");
            assertThat(dataset.count(Split.TRAINING)).isEqualTo(2);
            assertThat(dataset.count(Split.VALIDATION)).isZero();
            assertThat(dataset.count(Split.TEST)).isEqualTo(1);
            assertThat(dataset.label(Split.TRAINING, 1)).isEqualTo(1);
            assertThat(dataset.source(Split.TRAINING, 1)).isEqualTo("b");
            assertThat(dataset.picture(Split.TRAINING, 1).values()).containsExactly((byte) 153, (byte) 204);
            assertThat(dataset.statistics().mean()).containsExactly(0.4f); // of 0, 0.2, 0.6 and 0.8
            assertThat(dataset.remarks()).containsExactly("a remark");
            dataset.verify();
        }
    }

    @Test
    void leave_a_dataset_that_is_there_alone() {
        description.write(Stream.of(picture(Split.TRAINING, 0, "a", 1, 2)), folder.resolve("pairs"));

        assertThatThrownBy(() -> description.write(Stream.of(), folder.resolve("pairs")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("A dataset of this name exists already");
    }

    @Test
    void leave_nothing_behind_if_one_does_not_fit() {
        assertThatThrownBy(() ->
                        description.write(Stream.of(picture(Split.TRAINING, 2, "a", 1, 2)), folder.resolve("pairs")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Picture a of class 2");
        assertThat(Files.exists(folder.resolve("pairs"))).isFalse();
    }

    private static PreparedPicture picture(Split split, int label, String source, int left, int right) {
        return new PreparedPicture(split, label, source, new Pixels(1, 2, 1, new byte[] {(byte) left, (byte) right}));
    }
}
