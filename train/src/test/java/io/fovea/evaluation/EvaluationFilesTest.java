package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.chart.ChartFile;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files of an evaluation")
class EvaluationFilesTest {

    @TempDir
    Path folder;

    private final Evaluation evaluation = Evaluation.of(
            List.of("ant, red", "b\"ee"),
            new int[] {0, 0, 1},
            new float[] {1, 0, 0, 2, 0, 1},
            List.of("a.png", "b,1.png", "c.png"));

    @Test
    void are_all_there_and_nothing_else() throws IOException {
        EvaluationFiles.write(evaluation, folder.resolve("new"));
        try (Stream<Path> files = Files.list(folder.resolve("new"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "evaluation.json",
                            "confusion.csv",
                            "per-class.csv",
                            "predictions.csv",
                            "confusion.png",
                            "confusion.svg",
                            "calibration.png",
                            "calibration.svg");
        }
    }

    @Test
    void hold_the_confusion_matrix_with_names_quoted_where_needed() {
        EvaluationFiles.write(evaluation, folder);
        assertThat(folder.resolve("confusion.csv"))
                .hasContent("true \\ predicted,\"ant, red\",\"b\"\"ee\"\n\"ant, red\",1,1\n\"b\"\"ee\",0,1\n");
    }

    @Test
    void hold_a_line_for_each_class() {
        EvaluationFiles.write(evaluation, folder);
        assertThat(folder.resolve("per-class.csv")).hasContent("""
            label,name,support,precision,recall,recallLow,recallHigh,f1
            0,"ant, red",2,1.000000,0.500000,0.094531,0.905469,0.666667
            1,"b""ee",1,0.500000,1.000000,0.206549,1.000000,0.666667
            """);
    }

    @Test
    void hold_a_line_for_each_picture() {
        EvaluationFiles.write(evaluation, folder);
        assertThat(folder.resolve("predictions.csv")).hasContent("""
            position,source,label,name,predicted,predictedName,probability,loss
            0,a.png,0,"ant, red",0,"ant, red",0.731059,0.313262
            1,"b,1.png",0,"ant, red",1,"b""ee",0.880797,2.126928
            2,c.png,1,"b""ee",1,"b""ee",0.731059,0.313262
            """);
    }

    @Test
    void hold_no_loss_of_votes() throws IOException {
        EvaluationFiles.write(evaluation.with(Evaluation.Meaning.VOTES), folder);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
        assertThat(json.has("meanLoss")).isFalse();
        assertThat(json.at("/hardest/0/source").asText()).isEqualTo("b,1.png");
        assertThat(json.at("/hardest/0").has("loss")).isFalse();
        assertThat(folder.resolve("predictions.csv")).hasContent("""
            position,source,label,name,predicted,predictedName,probability
            0,a.png,0,"ant, red",0,"ant, red",0.731059
            1,"b,1.png",0,"ant, red",1,"b""ee",0.880797
            2,c.png,1,"b""ee",1,"b""ee",0.731059
            """);
    }

    @Test
    void hold_all_numbers_as_json() throws IOException {
        EvaluationFiles.write(evaluation, folder);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
        assertThat(json.get("pictures").asInt()).isEqualTo(3);
        assertThat(json.get("accuracy").get("hits").asInt()).isEqualTo(2);
        assertThat(json.get("accuracy").get("low").asDouble()).isBetween(0.2076, 0.2077);
        assertThat(json.has("top5Accuracy")).isFalse();
        assertThat(json.get("classNames").get(1).asText()).isEqualTo("b\"ee");
        assertThat(json.get("perClass").get(0).get("recall").get("value").asDouble())
                .isEqualTo(0.5);
        assertThat(json.get("confusion")).hasToString("[[1,1],[0,1]]");
        assertThat(json.get("mostConfused").get(0).get("predictedName").asText())
                .isEqualTo("b\"ee");
        assertThat(json.get("hardest").get(0).get("source").asText()).isEqualTo("b,1.png");
    }

    @Test
    void say_which_folder_cannot_be_written() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        assertThatThrownBy(() -> EvaluationFiles.write(evaluation, file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("a-file");
    }

    @Nested
    @DisplayName("as a picture")
    class Picture {

        @Test
        void show_right_cells_in_blue_and_wrong_ones_in_orange() {
            EvaluationFiles.write(evaluation, folder);
            Pixels picture = PictureDecoder.decode(folder.resolve("confusion.png"), ColorMode.COLOR);
            // Row "b"ee" is right in all its cases: the deepest blue. Half of "ant, red" is wrong: orange.
            assertThat(count(picture, 0x08306b)).isGreaterThan(2000);
            assertThat(count(picture, 0xea5f15)).isGreaterThan(2000);
        }

        @Test
        void can_be_drawn_for_one_class_and_for_a_thousand() {
            for (int classes : new int[] {1, 2, 10, 13, 31, 65, 121, 1000}) {
                List<String> names = new ArrayList<>();
                for (int k = 0; k < classes; k++) names.add("class " + k);
                Evaluation one = Evaluation.of(names, new int[] {classes - 1}, new float[classes], List.of("x"));
                Pixels picture = ChartFile.pixels(ConfusionPicture.draw(one));
                assertThat(picture.width()).isLessThan(3200);
                assertThat(picture.height()).isLessThan(3200);
            }
        }

        @Test
        void hold_the_names_of_classes_as_text_whatever_they_are() {
            String svg = ChartFile.svg(ConfusionPicture.draw(
                    Evaluation.of(List.of("猫 & <b>", "Größe"), new int[] {0}, new float[2], List.of("x"))));
            assertThat(svg).contains(">猫 &amp; &lt;b&gt;</text>", ">Größe</text>", ">Confusion matrix</text>");
        }

        private int count(Pixels picture, int colour) {
            int count = 0;
            for (int y = 0; y < picture.height(); y++) {
                for (int x = 0; x < picture.width(); x++) {
                    int found = picture.at(y, x, 0) << 16 | picture.at(y, x, 1) << 8 | picture.at(y, x, 2);
                    if (found == colour) count++;
                }
            }
            return count;
        }
    }
}
