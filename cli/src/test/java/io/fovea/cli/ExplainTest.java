package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Explaining by command")
class ExplainTest {

    @TempDir
    static Path folder;

    private static String digit;

    @BeforeAll
    static void learns_digits() throws IOException {
        GeneratedDigits digits = GeneratedDigits.generate(40, 10, 4);
        digits.write(folder.resolve("idx"));
        digit = folder.resolve("digit.png").toString();
        PngWriter.write(digits.test().picture(0), Path.of(digit));
        run("data import digits " + folder.resolve("idx"));
        Outcome trained = run("train --data digits --network lenet --epochs 1 --seed 1 --name lenet");
        assertThat(trained.exitCode()).as(trained.progress()).isZero();
    }

    private static Outcome run(String line) {
        return new InProcess(folder.resolve("workspace")).run(line);
    }

    private static List<String> files(Path explained) throws IOException {
        try (Stream<Path> files = Files.walk(explained)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> explained.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Nested
    @DisplayName("a classifier")
    class Working {

        @Test
        void tells_every_layer_and_the_class_that_places_speak_for() {
            Outcome outcome = run("explain lenet " + digit);

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.results())
                    .startsWith(digit + ": ")
                    .containsSubsequence("conv1", "pool1", "conv2", "pool2", "flatten1", "dense1", "relu1", "dense2")
                    .containsPattern("Grad-CAM for \"[0-9]\" \\(logit .*\\), layer conv2: most at column");
        }

        @Test
        void writes_a_folder_whose_json_names_every_picture() throws IOException {
            Path out = folder.resolve("explained");
            Outcome outcome = run("explain lenet " + digit + " --out " + out + " --occlusion --window 14"
                    + " --stride 14 --maps 8 --one-range --class 3 --json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            JsonNode json =
                    new ObjectMapper().readTree(out.resolve("explanation.json").toFile());
            assertThat(outcome.json()).isEqualTo(json);
            assertThat(json.at("/gradCam/name").asText()).isEqualTo("3");
            assertThat(json.at("/gradCam/method").asText()).isEqualTo("grad-cam");
            assertThat(json.at("/occlusion/values")).hasSize(4);
            assertThat(json.at("/layers/0/sheet/shown").asInt()).isEqualTo(8);
            assertThat(json.at("/layers/0/sheet/of").asInt()).isEqualTo(20);
            assertThat(json.at("/layers/0/statistics/histogram/counts")).hasSize(20);
            assertThat(files(out))
                    .contains(
                            "picture.png",
                            "grad-cam.png",
                            "occlusion.png",
                            json.at("/files/layers/conv2").asText())
                    .hasSize(4 + 8 + 4);
            Pixels heat = PictureDecoder.decode(out.resolve("grad-cam.png"), ColorMode.COLOR);
            assertThat(heat.width()).isEqualTo(224);

            assertThat(run("explain lenet " + digit + " --out " + out).exitCode())
                    .isZero();
            assertThat(files(out)).as("a new explanation replaces the old").doesNotContain("occlusion.png");
        }

        @Test
        void shows_how_a_value_comes_about() {
            Outcome outcome = run("explain lenet " + digit + " --layer conv1 --at 3,4 --channel 7");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.results())
                    .contains("Value of conv1, channel 7, column 3, row 4, from input at column 3, row 4:")
                    .contains("row 4", "bias", "The network gives ");
            assertThat(run("explain lenet " + digit + " --layer dense1 --at 0,0 --channel 7")
                            .results())
                    .contains("Value of dense1, channel 7, column 0, row 0, from 800 features of flatten1:")
                    .contains("792 more features", "relu1", "max(0, ");
            assertThat(run("explain lenet " + digit + " --layer pool1 --at 2,3").results())
                    .contains("from 2x2 values of conv1 at column 4, row 6: the largest value, at column ");
        }
    }

    @Nested
    @DisplayName("asked for what cannot be")
    class Refused {

        @Test
        void names_the_nearest_layer_in_three_parts() {
            Outcome outcome = run("explain lenet " + digit + " --layer conv3");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress())
                    .startsWith("No layer is named \"conv3\".\n  where: ")
                    .contains("did you mean \"conv1\"? Valid: conv1, pool1");
        }

        @Test
        void leaves_a_folder_alone_that_holds_other_files() throws IOException {
            Path out = Files.createDirectories(folder.resolve("mine"));
            Files.writeString(out.resolve("thesis.txt"), "years of work");
            Outcome outcome = run("explain lenet " + digit + " --out " + out);

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).contains("\"thesis.txt\"", "name a folder that is new or empty");
            assertThat(files(out)).containsExactly("thesis.txt");
        }

        @Test
        void says_what_is_no_place_no_square_and_no_picture() {
            assertThat(run("explain lenet " + digit + " --at 3").progress())
                    .contains("a column and a row, such as 3,4");
            assertThat(run("explain lenet " + digit + " --at 3,4,5").exitCode()).isEqualTo(2);
            assertThat(run("explain lenet " + digit + " --at x,y").exitCode()).isEqualTo(2);
            assertThat(run("explain lenet " + digit + " --at 24,0 --layer conv1")
                            .progress())
                    .contains("Layer \"conv1\" has no column 24.", "choose 0 to 23");
            assertThat(run("explain lenet " + digit + " --occlusion --window 0").progress())
                    .contains("The size of a square must be at least 1: 0");
            assertThat(run("explain lenet none.png").progress()).contains("There is no picture \"none.png\".");
            assertThat(run("explain lenett " + digit).progress()).contains("lenett");
        }
    }
}
