package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Evaluating a model file")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateTest {

    private Path folder;
    private Path workspace;

    @BeforeAll
    void learnsTwoClassesOfCutPictures(@TempDir Path temporary) throws IOException {
        folder = temporary;
        workspace = folder.resolve("workspace");
        pictures(folder.resolve("photos"), 2, 8);
        ok(
                "data",
                "import",
                "cut",
                folder.resolve("photos") + "",
                "--size",
                "12",
                "--color",
                "grey",
                "--crop-margin",
                "4");
        ok("data", "import", "squashed", folder.resolve("photos") + "", "--size", "12", "--color", "grey");
        ok("train", "--data", "cut", "--network", "perceptron", "--epochs", "1", "--batch-size", "4", "--name", "two");
    }

    private Outcome ok(String... words) {
        Outcome call = new InProcess(workspace).run(words);
        assertThat(call.exitCode()).as(call.progress()).isZero();
        return call;
    }

    /** Classes "c0", "c1" … of noise around a brightness. */
    private static void pictures(Path root, int classes, int each) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < classes; k++) {
            Path of = Files.createDirectories(root.resolve("c" + k));
            for (int i = 0; i < each; i++) {
                byte[] values = new byte[20 * 16];
                int brightness = 20 + 200 * k / classes;
                for (int at = 0; at < values.length; at++) values[at] = (byte) (brightness + random.nextInt(15));
                PngWriter.write(new Pixels(20, 16, 1, values), of.resolve(i + ".png"));
            }
        }
    }

    @Nested
    @DisplayName("on pictures that were prepared otherwise")
    class OtherPreparation {

        @Test
        void is_refused_and_the_import_that_fits_is_named() {
            Outcome call = new InProcess(workspace).run("evaluate", "two", "--data", "squashed");
            assertThat(call.exitCode()).isEqualTo(1);
            assertThat(call.results()).isEmpty();
            assertThat(call.progress().lines())
                    .containsExactly(
                            "The model sees pictures as 12x12 grey, crop with a margin of 4, but the dataset holds"
                                    + " them as 12x12 grey, squash.",
                            "  where: model \"two\", dataset \"squashed\"",
                            "  do:    import the pictures as the model sees them, and evaluate on that: fovea data"
                                    + " import squashed-12 " + folder.resolve("photos")
                                    + " --size 12x12 --color grey --resize crop --crop-margin 4 --seed 1");
        }

        @Test
        void works_after_the_import_that_was_named() {
            Outcome refused = new InProcess(workspace).run("evaluate", "two", "--data", "squashed");
            String command = refused.progress()
                    .replaceFirst("(?s).*evaluate on that: fovea ", "")
                    .strip();
            ok(command.split(" "));
            ok("evaluate", "two", "--data", "squashed-12");
        }
    }

    @Nested
    @DisplayName("on pictures that had a part in making it")
    class OwnPictures {

        @Test
        void says_so_of_those_that_chose_it() {
            Outcome call = ok("evaluate", "two", "--data", "cut");
            assertThat(call.progress())
                    .contains("These pictures had a part in choosing the model: expect a little less on new ones.");
        }

        @Test
        void says_so_of_those_that_it_learned_from() {
            Outcome call = ok("evaluate", "two", "--data", "cut", "--split", "training", "--json");
            assertThat(call.json().path("remarks").get(0).asText())
                    .isEqualTo("The model learned from these very pictures: expect less on new ones.");
        }
    }

    @Nested
    @DisplayName("of many classes")
    class ManyClasses {

        @Test
        void sums_up_and_leaves_the_tables_to_files() throws IOException {
            pictures(folder.resolve("many"), 60, 4);
            ok("data", "import", "many", folder.resolve("many") + "", "--size", "12", "--color", "grey");
            ok("train", "--data", "many", "--network", "perceptron", "--epochs", "1", "--name", "sixty");
            Outcome call = ok("evaluate", "sixty", "--data", "many");
            assertThat(call.results())
                    .contains("Top five   ", "Classes    60, 60 of them with pictures here; mean recall of these ")
                    .contains("Every class and confusion: --output DIR writes them as tables.");
            assertThat(call.results().lines().filter(line -> line.matches("c\\d+ .*")))
                    .hasSize(10);
            assertThat(ok("evaluate", "sixty", "--data", "many", "--json")
                            .json()
                            .has("confusion"))
                    .isFalse();
        }
    }

    @Test
    void is_of_a_model_that_says_how_many_classes_it_has_where_more_are_asked_for() {
        String picture = folder.resolve("photos/c0/0.png") + "";
        String remark = "The model has 2 classes, so --top 3 shows these and no more.";

        Outcome words = ok("predict", "two", picture, "--top", "3");
        assertThat(words.progress()).contains(remark);
        JsonNode json = ok("predict", "two", picture, "--top", "3", "--json").json();
        assertThat(json.path("remarks").path(0).asText()).isEqualTo(remark);
        assertThat(json.at("/predictions/0/top")).hasSize(2);
        assertThat(ok("predict", "two", picture, "--top", "2").progress()).doesNotContain(remark);
    }

    @Test
    void shows_a_dash_for_a_class_without_pictures() throws IOException {
        pictures(folder.resolve("three"), 3, 4);
        ok("data", "import", "three", folder.resolve("three") + "", "--size", "12", "--color", "grey");
        ok(
                "train",
                "--data",
                "three",
                "--network",
                "perceptron",
                "--epochs",
                "1",
                "--batch-size",
                "4",
                "--name",
                "three");
        pictures(folder.resolve("some"), 2, 4);
        ok("data", "import", "some", folder.resolve("some") + "", "--size", "12", "--color", "grey");
        String row = ok("evaluate", "three", "--data", "some")
                .results()
                .lines()
                .filter(line -> line.startsWith("c2"))
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.asList(row.trim().split(" +"))).endsWith("–", "–").contains("0");
    }
}
