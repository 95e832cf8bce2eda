package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.ExampleBundle;
import io.fovea.codec.PictureLimits;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A decoder whose pictures are prepared apart")
class DecoderTest {

    /** A grey picture that becomes brighter to the right. */
    private static byte[] ramp(int height, int width) {
        byte[] values = new byte[height * width];
        for (int i = 0; i < values.length; i++) values[i] = (byte) (255 * (i % width) / (width - 1));
        return PngWriter.bytes(new Pixels(height, width, 1, values));
    }

    static Stream<Bundle> bundles() {
        return Stream.of(
                ExampleBundle.whole(),
                ExampleBundle.regression(),
                ExampleBundle.segmentation(ExampleBundle.greys(4, 4, ResizeMode.CROP)));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void answers_for_several_at_once_as_for_each_alone(Bundle bundle) {
        byte[] wide = ramp(3, 9);
        byte[] tall = ramp(8, 5);
        try (Decoder decoder = Decoder.of(bundle, PredictionOptions.DEFAULT)) {
            List<? extends Answer> answers = decoder.answers(List.of(
                    decoder.place(wide, "wide", PictureLimits.DEFAULT),
                    decoder.place(tall, "tall", PictureLimits.DEFAULT)));
            assertThat(answers.get(0).words(3))
                    .isEqualTo(decoder.answer(wide, "wide").words(3));
            assertThat(answers.get(1).words(3))
                    .isEqualTo(decoder.answer(tall, "tall").words(3));
        }
    }

    @Test
    void keeps_to_the_limits_of_its_caller() {
        try (Decoder decoder = Decoder.of(ExampleBundle.whole(), PredictionOptions.DEFAULT)) {
            assertThatThrownBy(() -> decoder.place(ramp(20, 20), "large", new PictureLimits(1_000, 399)))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void takes_parts_of_a_batch() {
        Tensor batch = Tensor.floats(new int[] {3, 2}, new float[] {1, 2, 3, 4, 5, 6});
        assertThat(batch.pictures(1, 2)).isEqualTo(Tensor.floats(new int[] {2, 2}, new float[] {3, 4, 5, 6}));
        assertThat(batch.picture(2)).isEqualTo(Tensor.floats(new int[] {1, 2}, new float[] {5, 6}));
        assertThatThrownBy(() -> batch.pictures(2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.pictures(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
