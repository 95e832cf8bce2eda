package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.export.ReferencePictures;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Predicting with neighbours by command")
class PredictNeighboursTest {

    @TempDir
    Path folder;

    private final GeneratedDigits digits = GeneratedDigits.generate(20, 2, 4);
    private InProcess program;
    private String picture;
    private String model;

    @BeforeEach
    void writes_a_model_and_a_picture_of_a_three() {
        program = new InProcess(folder.resolve("workspace"));
        picture = folder.resolve("three.png").toString();
        model = folder.resolve("model.fovea").toString();
        PngWriter.write(digits.test().picture(3), Path.of(picture));
    }

    @Nested
    @DisplayName("of a model with pictures of its references")
    class WithPictures {

        @BeforeEach
        void write() {
            DigitsByNeighbours.write(digits, 10, DigitsByNeighbours.pictures(digits, 10), Path.of(model));
        }

        @Test
        void prints_the_decision_and_a_table_of_the_references_that_made_it() {
            Outcome outcome = program.run("predict", model, picture, "--neighbours");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.results().lines())
                    .hasSize(7)
                    .first()
                    .asString()
                    .matches(".*three\\.png: 3 \\d+\\.\\d %");
            assertThat(outcome.results().lines().skip(1).findFirst()).hasValueSatisfying(heads -> assertThat(heads)
                    .matches("  rank  class +distance +reference +source"));
            assertThat(outcome.results().lines().skip(2))
                    .allSatisfy(line -> assertThat(line).matches(" +\\d +\\d +\\d+\\.\\d{3} +\\d+ +train/\\d+\\.png"));
        }

        @Test
        void gives_them_as_json() {
            Outcome outcome = program.run("predict", model, picture, "--neighbours", "--json");

            JsonNode prediction = outcome.json().at("/predictions/0");
            assertThat(prediction.path("className").asText()).isEqualTo("3");
            assertThat(prediction.path("neighbours")).hasSize(5);
            JsonNode nearest = prediction.at("/neighbours/0");
            assertThat(nearest.fieldNames())
                    .toIterable()
                    .containsExactly("rank", "reference", "label", "className", "distance", "source");
            assertThat(nearest.path("rank").asInt()).isEqualTo(1);
            assertThat(nearest.path("distance").asDouble())
                    .isLessThanOrEqualTo(prediction.at("/neighbours/4/distance").asDouble());
        }

        @Test
        void draws_every_picture_beside_its_neighbours() {
            String other = folder.resolve("seven.png").toString();
            PngWriter.write(digits.test().picture(7), Path.of(other));
            Path drawing = folder.resolve("why.png");

            Outcome outcome = program.run("predict", model, picture, other, "--neighbours-picture", drawing.toString());

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            Pixels drawn = PictureDecoder.decode(drawing, ColorMode.COLOR);
            // two pixels for each unit; margins of 24, tiles of 112, 36 beside the picture, 20 between five neighbours
            assertThat(drawn.width()).isEqualTo(2 * (24 + 112 + 36 + 5 * 112 + 4 * 20 + 24));
            // two rows of 112 + 4 + 54, 22 between them
            assertThat(drawn.height()).isEqualTo(2 * (24 + 2 * 170 + 22 + 24));
        }
    }

    @Test
    void cannot_draw_where_the_model_carries_no_pictures() {
        DigitsByNeighbours.write(digits, 10, ReferencePictures.NONE, Path.of(model));

        Outcome named = program.run("predict", model, picture, "--neighbours");
        Outcome drawn = program.run(
                "predict",
                model,
                picture,
                "--neighbours-picture",
                folder.resolve("why.png").toString());

        assertThat(named.exitCode()).as(named.progress()).isZero();
        assertThat(drawn.exitCode()).isNotZero();
        assertThat(drawn.progress()).contains("carries no pictures of its references");
        assertThat(folder.resolve("why.png")).doesNotExist();
    }
}
