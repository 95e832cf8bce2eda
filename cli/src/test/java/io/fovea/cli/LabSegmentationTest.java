package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The lab that gives every pixel a class")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabSegmentationTest {

    private static final int SIDE = 16;

    private Outcome lab;
    private JsonNode model;

    @BeforeAll
    void runsOnceOnHalvesOfPictures(@TempDir Path folder) throws IOException {
        Path cells = folder.resolve("cells");
        for (int i = 0; i < 10; i++) write(cells.resolve("train"), i);
        for (int i = 0; i < 2; i++) write(cells.resolve("val"), i);
        InProcess program = new InProcess(folder.resolve("workspace"));
        lab = program.run(
                "lab", "segmentation", "--set", "membrane", "--data", cells.toString(), "--epochs", "1", "--json");
        assertThat(lab.exitCode()).as(lab.progress()).isZero();
        model = lab.json().path("models").path(0);
    }

    /** The left half is bright and of the second class, up to a column of its own. */
    private static void write(Path part, int index) throws IOException {
        byte[] picture = new byte[SIDE * SIDE];
        byte[] mask = new byte[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            Arrays.fill(picture, row * SIDE, row * SIDE + 4 + index, (byte) 200);
            Arrays.fill(mask, row * SIDE, row * SIDE + 4 + index, (byte) 255);
        }
        Files.createDirectories(part.resolve("pictures"));
        Files.createDirectories(part.resolve("masks"));
        PngWriter.write(new Pixels(SIDE, SIDE, 1, picture), part.resolve("pictures/" + index + ".png"));
        PngWriter.write(new Pixels(SIDE, SIDE, 1, mask), part.resolve("masks/" + index + ".png"));
    }

    @Test
    void keeps_val_for_the_test_and_a_tenth_of_train_for_the_choice() {
        assertThat(model.path("trainImages").asInt()).isEqualTo(9);
        assertThat(model.path("validationImages").asInt()).isEqualTo(1);
        assertThat(model.path("testImages").asInt()).isEqualTo(2);
    }

    @Test
    void tells_the_score_without_an_interval_where_pictures_are_few() {
        assertThat(model.path("testMeanIntersectionOverUnion").asDouble()).isBetween(0.0, 1.0);
        assertThat(model.has("testMeanIntersectionOverUnionInterval")).isFalse();
    }

    @Test
    void does_not_count_weights_for_each_picture_where_every_pixel_teaches() {
        assertThat(model.path("remarks")).isEmpty();
    }

    @Test
    void leaves_a_model_and_a_picture_of_the_worst() {
        assertThat(model.path("network").asText()).isEqualTo("unet-half");
        assertThat(Path.of(model.path("bundle").asText())).isRegularFile();
        assertThat(Path.of(model.path("sheet").asText())).isRegularFile();
    }
}
