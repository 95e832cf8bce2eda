package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The evaluation of a reconstruction")
class ReconstructionEvaluationTest {

    private static final byte[] BLACK = {0, 0, 0, 0};

    /** One of four pixels is off by 51 of 255, a fifth: a mean square of 0.04 / 4 = 0.01. */
    private static final byte[] OFF = {51, 0, 0, 0};

    @Test
    void calls_a_mean_square_of_a_hundredth_20_dB() {
        assertThat(ReconstructionEvaluation.decibel(0.01)).isCloseTo(20, within(1e-12));
        assertThat(ReconstructionEvaluation.decibel(1)).isZero();
    }

    @Test
    void counts_equal_pictures_as_100_dB_and_none_as_more() {
        assertThat(ReconstructionEvaluation.decibel(0)).isEqualTo(100);
        assertThat(ReconstructionEvaluation.decibel(1e-12)).isEqualTo(100);
    }

    @Test
    void measures_a_picture_as_it_was_shown_and_as_it_came_back() {
        JudgedReconstruction picture =
                judged(OFF, 0, 0, 0, 0).evaluation().pictures().getFirst();
        assertThat(picture.before()).isCloseTo(20, within(1e-9));
        assertThat(picture.after()).isEqualTo(100);
    }

    @Test
    void rounds_and_cuts_off_what_came_back_as_it_is_shown() {
        // −3 is black, and 0.0019 · 255 = 0.48 is too
        assertThat(after(-3, 0.0019f, 0, 0)).isEqualTo(100);
        // 7 is white: a quarter of the pixels is off by 1
        assertThat(after(7, 0, 0, 0)).isCloseTo(-10 * Math.log10(0.25), within(1e-9));
    }

    @Test
    void reads_what_came_back_channel_by_channel() {
        ReconstructionEvaluation.Builder judged = new ReconstructionEvaluation.Builder(1, 2, 3, 1);
        byte[] clean = {(byte) 255, 0, 0, 0, 0, (byte) 255}; // red, blue
        judged.add(clean, clean, new float[] {9, 1, 0, 0, 0, 0, 1}, 1, "a");
        assertThat(judged.evaluation().after().value()).isEqualTo(100);
    }

    @Test
    void takes_the_mean_over_pictures() {
        ReconstructionEvaluation.Builder judged = judged(OFF, 0, 0, 0, 0);
        judged.add(OFF, BLACK, new float[] {0.2f, 0, 0, 0}, 0, "second");
        ReconstructionEvaluation evaluation = judged.evaluation();
        assertThat(evaluation.after().value()).isCloseTo(60, within(1e-9)); // 100 and 20
        assertThat(evaluation.before().value()).isCloseTo(20, within(1e-9));
        assertThat(evaluation.measures()).extracting(Measure::name).containsExactly("PSNR", "PSNR as shown");
    }

    @Test
    void is_told_in_words() {
        ReconstructionEvaluation evaluation = judged(OFF, 0, 0, 0, 0).evaluation();
        assertThat(evaluation.title()).isEqualTo("PSNR");
        assertThat(evaluation.words())
                .isEqualTo("100.00 dB (95 % interval 100.00 to 100.00 dB, 1 pictures), +80.00 dB against 20.00 dB as"
                        + " shown");
    }

    @Nested
    @DisplayName("written to a folder")
    class Written {

        @TempDir
        Path folder;

        @Test
        void is_three_files() throws IOException {
            write();
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("evaluation.json", "predictions.csv", "examples.png", "hardest");
            }
        }

        @Test
        void holds_a_line_for_each_picture_and_the_figures() throws IOException {
            write();
            assertThat(folder.resolve("predictions.csv")).hasContent("""
                position,source,psnrAsShown,psnr
                0,first,20.000000,100.000000
                """);
            JsonNode json = new ObjectMapper()
                    .readTree(folder.resolve("evaluation.json").toFile());
            assertThat(json.get("pictures").asInt()).isEqualTo(1);
            assertThat(json.get("psnr").asDouble()).isEqualTo(100);
            assertThat(json.get("psnrAsShown").asDouble()).isCloseTo(20, within(1e-9));
        }

        @Test
        void shows_a_picture_as_shown_over_as_it_came_back_over_as_it_is() {
            write();
            Pixels sheet = PictureDecoder.decode(folder.resolve("examples.png"), ColorMode.GREY);
            // three panels of 2 with gaps of 2
            assertThat(sheet.height()).isEqualTo(10);
            assertThat(sheet.width()).isEqualTo(2);
            assertThat(sheet.values()[0]).isEqualTo((byte) 51);
            assertThat(sheet.values()[4 * 2]).isZero();
            assertThat(sheet.values()[8 * 2]).isZero();
        }

        private void write() {
            EvaluationFiles.write(judged(OFF, 0, 0, 0, 0).evaluation(), position -> new Pixels(2, 2, 1, BLACK), folder);
        }
    }

    @Test
    void shows_at_most_twelve_pictures_spread_over_all() {
        ReconstructionEvaluation.Builder judged = new ReconstructionEvaluation.Builder(2, 2, 1, 30);
        for (int i = 0; i < 30; i++) judged.add(OFF, BLACK, new float[4], 0, "p" + i);
        // twelve panels of 2 with gaps of 2
        assertThat(judged.evaluation().examples().width()).isEqualTo(46);
    }

    @Nested
    @DisplayName("given what cannot be judged")
    class Refused {

        @Test
        void names_the_picture_of_an_output_that_is_no_number() {
            assertThatThrownBy(() -> judged(OFF, 0, Float.POSITIVE_INFINITY, 0, 0))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo("The network gives Infinity for a pixel");
                        assertThat(problem.where()).isEqualTo("picture first");
                    });
        }

        @Test
        void needs_a_picture() {
            assertThatThrownBy(new ReconstructionEvaluation.Builder(2, 2, 1, 0)::evaluation)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("There is no picture to judge");
        }
    }

    private static double after(float... outputs) {
        return judged(OFF, outputs).evaluation().after().value();
    }

    private static ReconstructionEvaluation.Builder judged(byte[] shown, float... outputs) {
        ReconstructionEvaluation.Builder judged = new ReconstructionEvaluation.Builder(2, 2, 1, 1);
        judged.add(shown, BLACK, outputs, 0, "first");
        return judged;
    }
}
