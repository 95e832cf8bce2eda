package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model of pixels takes 64x64 grey pixels and calls one bright if its byte is above 127. */
@DisplayName("Predicting pictures by command")
class PredictPicturesTest {

    private static final Path BUNDLES = Path.of("../predict/src/test/resources/io/fovea/bundle");
    private static final String PIXELS =
            BUNDLES.resolve("1.3-segmentation.fovea").toString();
    private static final String PICTURES =
            BUNDLES.resolve("1.3-reconstruction.fovea").toString();
    private static final String CLASSES =
            BUNDLES.resolve("1.2-classifier.fovea").toString();
    private static final String VALUES = BUNDLES.resolve("1.2-regression.fovea").toString();

    @TempDir
    Path folder;

    private String picture;
    private String mask;
    private String overlay;

    @BeforeEach
    void writes_a_picture_of_three_white_rows_and_a_black_one() {
        byte[] values = new byte[128 * 128];
        for (int i = 0; i < 96 * 128; i++) values[i] = (byte) 255;
        picture = folder.resolve("photo.png").toString();
        mask = folder.resolve("mask.png").toString();
        overlay = folder.resolve("over.png").toString();
        PngWriter.write(new Pixels(128, 128, 1, values), Path.of(picture));
    }

    private Outcome run(String... line) {
        return new InProcess(folder.resolve("workspace")).run(line);
    }

    @Test
    void names_the_classes_of_pixels_and_writes_mask_and_overlay_in_the_size_of_the_photo() {
        Outcome outcome = run("predict", PIXELS, picture, "--out", mask, "--overlay", overlay);

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.results().strip()).isEqualTo(picture + ": bright 75.0 %, dark 25.0 %");
        Pixels colors = PictureDecoder.decode(Path.of(mask), ColorMode.COLOR);
        assertThat(colors.height()).isEqualTo(128);
        assertThat(colors.at(0, 0, 0)).isEqualTo(128);
        assertThat(colors.at(127, 0, 0)).isZero();
        Pixels over = PictureDecoder.decode(Path.of(overlay), ColorMode.COLOR);
        assertThat(over.at(0, 0, 0)).isEqualTo(192);
        assertThat(over.at(0, 0, 1)).isEqualTo(128);
    }

    @Test
    void gives_shares_and_files_as_json() {
        JsonNode answer = run("predict", PIXELS, picture, "--out", mask, "--json")
                .json()
                .path("predictions")
                .path(0);
        assertThat(answer.path("picture").asText()).isEqualTo(picture);
        assertThat(answer.path("width").asInt()).isEqualTo(128);
        assertThat(answer.path("classes").path(1).path("name").asText()).isEqualTo("bright");
        assertThat(answer.path("classes").path(1).path("share").asDouble()).isEqualTo(0.75);
        assertThat(answer.path("unlabelled").asInt()).isZero();
        assertThat(answer.path("out").asText()).isEqualTo(mask);
        assertThat(answer.has("overlay")).isFalse();
    }

    @Test
    void writes_the_picture_that_a_model_makes_and_has_no_overlay_for_it() {
        Outcome outcome = run("predict", PICTURES, picture, "--out", mask);
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.results().strip()).isEqualTo(picture + ": a picture of 2x2 pixels");
        assertThat(PictureDecoder.decode(Path.of(mask), ColorMode.GREY).at(0, 0, 0))
                .isEqualTo(255);
        assertThat(run("predict", PICTURES, picture, "--overlay", overlay).progress())
                .startsWith("--overlay changes nothing with a model that tells no classes of pixels.");
    }

    @Test
    void refuses_files_of_models_that_answer_in_words() {
        for (String model : new String[] {CLASSES, VALUES}) {
            Outcome outcome = run("predict", model, picture, "--overlay", overlay);
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.progress())
                    .startsWith("--overlay changes nothing with a model that answers in words and numbers.");
        }
        assertThat(Path.of(overlay)).doesNotExist();
    }

    @Test
    void refuses_ranks_of_models_that_answer_with_pictures() {
        Outcome outcome = run("predict", PIXELS, picture, "--top", "2");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.progress()).startsWith("--top changes nothing with a model that answers with a picture.");
    }

    @Test
    void writes_one_answer_to_one_file() {
        Outcome outcome = run("predict", PIXELS, picture, picture, "--out", mask);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.progress()).contains("--out writes the answer about one picture, not about 2");
        assertThat(run("predict", PIXELS, picture, "--out", mask, "--overlay", mask)
                        .progress())
                .contains("--out and --overlay name the same file");
    }

    @Test
    void wants_a_table_and_the_libraries_of_spark_on_a_cluster() {
        Outcome nowhere = run("predict", CLASSES, picture, "--on", "local[2]");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.progress()).startsWith("--on writes a table of all answers: name it with --out");
        Outcome without = run("predict", CLASSES, picture, "--on", "local[2]", "--out", mask + ".csv");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.progress())
                .startsWith("The libraries of Spark are not there.\n  where: option --on\n  do:    start Fovea by");
        assertThat(run("predict", PIXELS, picture, "--on", "local[2]", "--out", mask, "--top", "2")
                        .progress())
                .startsWith("--top changes nothing with a model that answers with a picture.");
    }

    @Test
    void keeps_what_it_says_of_classes_and_values() {
        String words = run("predict", CLASSES, picture, "--top", "2").results().strip();
        assertThat(words).matches(".*photo\\.png: bright \\d+\\.\\d %, between \\d+\\.\\d %");
        JsonNode json = run("predict", VALUES, picture, "--json")
                .json()
                .path("predictions")
                .path(0);
        assertThat(json.path("values").path("weight").asDouble()).isEqualTo(70);
        assertThat(json.path("points").path(0).path("name").asText()).isEqualTo("nose");
    }
}
