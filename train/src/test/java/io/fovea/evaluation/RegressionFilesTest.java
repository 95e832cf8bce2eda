package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files of a regression's evaluation")
class RegressionFilesTest {

    private static final List<Target> TARGETS = List.of(
            new Target("nose_x", Axis.X, 0, 1),
            new Target("nose_y", Axis.Y, 0, 1),
            new Target("age, years", Axis.NONE, 0, 1));

    @TempDir
    Path folder;

    @Test
    void are_all_there_and_nothing_else() throws IOException {
        EvaluationFiles.write(evaluation(), RegressionFilesTest::grey, folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "evaluation.json", "predictions.csv", "predictions.png", "predictions.svg");
        }
    }

    @Test
    void hold_a_line_for_each_picture() {
        EvaluationFiles.write(evaluation(), RegressionFilesTest::grey, folder);
        assertThat(folder.resolve("predictions.csv")).hasContent("""
            position,source,nose_x,nose_y,"age, years",predicted nose_x,predicted nose_y,"predicted age, years",error
            0,a.png,1.000000,2.000000,30.000000,4.000000,6.000000,31.500000,5.000000
            1,"b,1.png",3.000000,4.000000,40.000000,3.000000,4.000000,-0.500000,0.000000
            """);
    }

    @Test
    void hold_the_figures_with_intervals() throws IOException {
        EvaluationFiles.write(evaluation(), RegressionFilesTest::grey, folder);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
        assertThat(json.get("unit").asText()).isEqualTo("pixels");
        assertThat(json.at("/meanError/value").asDouble()).isEqualTo(2.5);
        assertThat(json.at("/perTarget/2/name").asText()).isEqualTo("age, years");
        assertThat(json.at("/perTarget/2/meanAbsoluteError/value").asDouble()).isEqualTo(21);
        assertThat(json.at("/perPoint/0/name").asText()).isEqualTo("nose");
        assertThat(json.at("/hardest/0/predicted/nose_x").asDouble()).isEqualTo(4);
    }

    @Test
    void show_the_truth_as_a_green_ring_and_the_prediction_as_a_red_disc() throws IOException {
        EvaluationFiles.write(evaluation(), RegressionFilesTest::grey, folder);
        Pixels picture = PictureDecoder.decode(folder.resolve("predictions.png"), ColorMode.COLOR);
        assertThat(colours(picture, 0x2fbf57)).isGreaterThan(100);
        assertThat(colours(picture, 0xe5342b)).isGreaterThan(100);
    }

    @Test
    void can_be_drawn_of_any_number_of_pictures_and_targets() {
        SplittableRandom random = new SplittableRandom(1);
        for (int count : new int[] {1, 12, 13, 200}) {
            for (List<Target> targets : List.of(TARGETS, TARGETS.subList(0, 1), TARGETS.subList(2, 3))) {
                float[] values = new float[count * targets.size()];
                for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble(-5, 20);
                List<String> sources = new ArrayList<>();
                for (int i = 0; i < count; i++) sources.add("folder/" + i + ".png");
                RegressionEvaluation evaluation =
                        RegressionEvaluation.of(targets, values, values, sources, new double[targets.size()]);
                assertThat(PredictionPicture.draw(evaluation, RegressionFilesTest::grey)
                                .width())
                        .isEqualTo(1240);
            }
        }
    }

    private static RegressionEvaluation evaluation() {
        return RegressionEvaluation.of(
                TARGETS,
                new float[] {1, 2, 30, 3, 4, 40},
                new float[] {4, 6, 31.5f, 3, 4, -0.5f},
                List.of("a.png", "b,1.png"),
                new double[] {2, 3, 35});
    }

    private static Pixels grey(int position) {
        return new Pixels(8, 6, 1, new byte[48]);
    }

    private static long colours(Pixels picture, int colour) {
        long count = 0;
        byte[] values = picture.values();
        for (int i = 0; i < values.length; i += 3) {
            if ((values[i] & 0xff) == colour >> 16
                    && (values[i + 1] & 0xff) == (colour >> 8 & 0xff)
                    && (values[i + 2] & 0xff) == (colour & 0xff)) count++;
        }
        return count;
    }
}
