package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.ExampleBundle;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network gives 2 · byte / 255 − 1. */
@DisplayName("A reconstructor")
class ReconstructorTest {

    @TempDir
    Path folder;

    private final Reconstructor reconstructor = Reconstructor.of(
            ExampleBundle.reconstruction(ExampleBundle.greys(2, 2, ResizeMode.SQUASH)), PredictionOptions.DEFAULT);

    @AfterEach
    void close() {
        reconstructor.close();
    }

    private static Pixels picture(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return new Pixels(2, values.length / 2, 1, bytes);
    }

    @Test
    void cuts_values_off_and_rounds_them_to_bytes() {
        // −1, −1/255, 1/255 and 1
        assertThat(reconstructor.reconstruct(picture(0, 127, 128, 255)).values())
                .containsExactly(0, 0, 1, (byte) 255);
    }

    @Test
    void gives_pictures_of_its_own_size() {
        Pixels found = reconstructor.reconstruct(new Pixels(9, 5, 1, new byte[45]));
        assertThat(List.of(found.height(), found.width(), found.channels())).containsExactly(2, 2, 1);
    }

    @Test
    void takes_prepared_pictures_in_their_order() {
        List<Pixels> found = reconstructor.reconstructPrepared(List.of(picture(0, 0, 0, 0), picture(255, 0, 0, 0)));
        assertThat(found).hasSize(2);
        assertThat(found.get(1).values()).containsExactly((byte) 255, 0, 0, 0);
        assertThatThrownBy(() -> reconstructor.reconstructPrepared(List.of(picture(1, 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void is_shown_as_a_picture() {
        Path file = folder.resolve("picture.png");
        PngWriter.write(picture(255, 255, 0, 128), file);
        Answer answer = reconstructor.answer(file);
        assertThat(reconstructor.drawings()).isEqualTo(Set.of(Decoder.Drawing.ANSWER));
        assertThat(answer.words()).isEqualTo("a picture of 2x2 pixels");
        assertThat(answer.json(1)).containsEntry("height", 2).containsEntry("channels", 1);
        assertThat(answer.overlay(picture(1, 1, 1, 1))).isEmpty();
        Pixels drawn = PictureDecoder.decode(answer.png().orElseThrow(), "answer", ColorMode.GREY);
        assertThat(drawn.values()).containsExactly((byte) 255, (byte) 255, 0, 1);
    }

    @Test
    void says_that_its_training_diverged_if_a_value_is_not_a_number() {
        var size = ExampleBundle.greys(1, 1, ResizeMode.SQUASH);
        try (Reconstructor nowhere =
                Reconstructor.of(ExampleBundle.reconstruction(size, Float.NaN), PredictionOptions.DEFAULT)) {
            assertThatThrownBy(() -> nowhere.reconstruct(new Pixels(1, 1, 1, new byte[1])))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("The network gives NaN for a pixel"));
        }
    }
}
