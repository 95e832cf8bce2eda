package io.fovea.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder of pretrained weights")
class PretrainedFolderTest {

    @TempDir
    Path shelf;

    private static Pretrained pretrained(float value) {
        return new Pretrained(
                "tiny",
                "perceptron",
                new Preprocessing(
                        224,
                        192,
                        ColorMode.COLOR,
                        ResizeMode.CROP,
                        32,
                        new float[] {0.485f, 0.456f, 0.406f},
                        new float[] {0.229f, 0.224f, 0.225f}),
                2,
                List.of("ant", "bée"),
                "https://example.org/tiny.pth",
                "BSD 3-clause",
                "ab".repeat(32),
                new Weights(List.of(new NamedTensor("fc.weight", new int[] {2, 1}, new float[] {value, -0f}))));
    }

    @Nested
    @DisplayName("written and read again")
    class RoundTrip {

        @Test
        void gives_everything_back() {
            PretrainedFolder.write(pretrained(1.5f), shelf.resolve("tiny"));
            Pretrained read = PretrainedFolder.read(shelf.resolve("tiny"));
            assertThat(read.name()).isEqualTo("tiny");
            assertThat(read.network()).isEqualTo("perceptron");
            assertThat(read.preprocessing().height()).isEqualTo(224);
            assertThat(read.preprocessing().width()).isEqualTo(192);
            assertThat(read.preprocessing().colorMode()).isEqualTo(ColorMode.COLOR);
            assertThat(read.preprocessing().resizeMode()).isEqualTo(ResizeMode.CROP);
            assertThat(read.preprocessing().cropMargin()).isEqualTo(32);
            assertThat(read.preprocessing().mean()).containsExactly(0.485f, 0.456f, 0.406f);
            assertThat(read.preprocessing().std()).containsExactly(0.229f, 0.224f, 0.225f);
            assertThat(read.outputs()).isEqualTo(2);
            assertThat(read.classNames()).containsExactly("ant", "bée");
            assertThat(read.source()).isEqualTo("https://example.org/tiny.pth");
            assertThat(read.licence()).isEqualTo("BSD 3-clause");
            assertThat(read.sha256()).isEqualTo("ab".repeat(32));
            assertThat(read.weights().values("fc.weight")).containsExactly(1.5f, -0f);
        }

        @Test
        void replaces_the_old_one_and_leaves_nothing_beside_it() throws IOException {
            PretrainedFolder.write(pretrained(1), shelf.resolve("tiny"));
            PretrainedFolder.write(pretrained(2), shelf.resolve("tiny"));
            assertThat(PretrainedFolder.read(shelf.resolve("tiny")).weights().values("fc.weight")[0])
                    .isEqualTo(2f);
            try (Stream<Path> all = Files.list(shelf)) {
                assertThat(all.map(path -> path.getFileName().toString())).containsExactly("tiny");
            }
        }
    }

    @Nested
    @DisplayName("that is damaged")
    class Damaged {

        @Test
        void names_the_file_that_is_missing() throws IOException {
            Files.createDirectory(shelf.resolve("empty"));
            assertThat(problem("empty").what())
                    .isEqualTo("The folder holds no pretrained weights: pretrained.json is missing.");
            PretrainedFolder.write(pretrained(1), shelf.resolve("tiny"));
            Files.delete(shelf.resolve("tiny/weights.safetensors"));
            assertThat(problem("tiny").what()).isEqualTo("There is no such file");
        }

        @Test
        void names_the_field_that_is_wrong() throws IOException {
            PretrainedFolder.write(pretrained(1), shelf.resolve("tiny"));
            Path notes = shelf.resolve("tiny/pretrained.json");
            String text = Files.readString(notes);
            Files.writeString(notes, text.replace("\"network\"", "\"netzwerk\""));
            assertThat(problem("tiny").what()).contains("network");
            Files.writeString(notes, text.replace("\"outputs\" : 2", "\"outputs\" : 3"));
            assertThat(problem("tiny").what()).endsWith("expected 3 class names, found 2");
            Files.writeString(notes, text.replace("0.229", "0"));
            assertThat(problem("tiny").what()).contains("std must be above 0");
            Files.writeString(notes, text.substring(0, 40));
            assertThat(problem("tiny").where()).isEqualTo(notes.toString());
        }

        private Problem problem(String name) {
            return catchThrowableOfType(Problem.class, () -> PretrainedFolder.read(shelf.resolve(name)));
        }
    }
}
