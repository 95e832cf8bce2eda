package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Importing by command")
class DataImportTest {

    @TempDir
    Path folder;

    private InProcess program;
    private Path photos;

    @BeforeEach
    void hasPicturesOfTwoClasses() throws IOException {
        program = new InProcess(folder.resolve("workspace"));
        photos = folder.resolve("photos");
        for (String name : new String[] {"cat", "dög"}) {
            Path pictures = Files.createDirectories(photos.resolve(name));
            for (int i = 0; i < 8; i++) {
                PngWriter.write(new Pixels(2, 2, 1, new byte[] {1, 2, 3, (byte) i}), pictures.resolve(i + ".png"));
            }
        }
    }

    @Test
    void tells_counts_and_broken_pictures_as_json() throws IOException {
        Files.writeString(photos.resolve("cat").resolve("words.jpg"), "no picture");
        Outcome outcome = program.run(
                "data",
                "import",
                "pets",
                photos.toString(),
                "--size",
                "2x2",
                "--color",
                "grey",
                "--validation",
                "25",
                "--json");
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("classNames"))
                .extracting(name -> name.asText())
                .containsExactly("cat", "dög");
        int training = outcome.json().path("pictures").path("training").asInt();
        int validation = outcome.json().path("pictures").path("validation").asInt();
        assertThat(training + validation).isEqualTo(16);
        assertThat(outcome.json().path("broken").path(0).path("source").asText())
                .endsWith("words.jpg");
    }

    @Test
    void says_that_a_share_is_not_used_where_it_was_asked_for_and_the_source_brings_the_part() throws IOException {
        Path parted = Files.createDirectory(folder.resolve("parted"));
        Files.move(photos, parted.resolve("train"));
        Path valid = Files.createDirectories(parted.resolve("valid/cat"));
        PngWriter.write(new Pixels(2, 2, 1, new byte[] {9, 9, 9, 9}), valid.resolve("9.png"));
        InProcess inside = new InProcess(folder.resolve("workspace"));

        assertThat(inside.run("data import asked " + parted + " --size 2 --validation 10")
                        .progress())
                .contains("The pictures for validation come from the source as they are, so --validation 10 was not"
                        + " used");
        assertThat(inside.run("data import usual " + parted + " --size 2").progress())
                .doesNotContain("was not used");
    }

    @Test
    void keeps_a_dataset_that_is_there_unless_told_to_replace_it() {
        program.run("data", "import", "pets", photos.toString(), "--size", "2");
        Outcome again = program.run("data", "import", "pets", photos.toString(), "--size", "2");
        Outcome replaced = program.run("data", "import", "pets", photos.toString(), "--size", "2", "--replace");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.progress()).contains("There is a dataset named \"pets\" already.", "--replace");
        assertThat(replaced.exitCode()).as(replaced.progress()).isZero();
    }

    @Test
    void leaves_nothing_behind_when_there_is_nothing_to_import() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Outcome outcome = program.run("data", "import", "pets", empty.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("  where: ", "  do:    ").doesNotContain("\tat ");
        assertThat(folder.resolve("workspace/datasets/pets")).doesNotExist();
    }

    @Test
    void explains_a_size_that_is_none() {
        Outcome outcome = program.run("data", "import", "pets", photos.toString(), "--size", "big");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.progress())
                .contains("a size is written as 28, or as HEIGHTxWIDTH such as 120x160; found \"big\"");
    }

    @Test
    void imports_points_and_shows_what_they_are_like() throws IOException {
        Path points = Files.createDirectories(folder.resolve("points"));
        for (int i = 0; i < 4; i++)
            PngWriter.write(
                    new Pixels(2, 2, 1, new byte[] {1, 2, 3, (byte) i}),
                    points.resolve("xy_1_" + i + "_" + i + ".png"));
        Files.writeString(
                points.resolve("more.csv"), "file,nose_x,nose_y,age\nxy_1_0_0.png,1,2,30\nxy_1_1_1.png,1,1,50\n");

        Outcome byName = program.run("data", "import", "named", points.toString(), "--size", "2", "--json");
        Outcome byTable = program.run(
                "data",
                "import",
                "aged",
                points.toString(),
                "--size",
                "2",
                "--targets",
                "age,nose_x",
                "--validation",
                "0");
        Outcome shown = program.run("data", "show", "aged");
        Outcome json = program.run("data", "show", "aged", "--json");
        Outcome list = program.run("data", "list");

        assertThat(byName.exitCode()).as(byName.progress()).isZero();
        assertThat(byName.json().path("task").asText()).isEqualTo("regression");
        assertThat(byName.json().path("targets"))
                .extracting(target -> target.path("name").asText())
                .containsExactly("x", "y");
        assertThat(byName.json().path("remarks").path(0).asText())
                .isEqualTo("The points are those of the pictures' names. more.csv has 3 columns to choose from with"
                        + " --targets: nose_x,nose_y,age.");
        assertThat(byTable.results())
                .startsWith("aged: 2 training, 0 validation and 0 test pictures with 2 targets in ");
        assertThat(byTable.progress())
                .contains("2 pictures of points without a line in the table passed over: xy_1_2_2.png, xy_1_3_3.png.");
        assertThat(shown.results()).contains("age     its unit  40.00  10.00     30.00    50.00");
        assertThat(json.json().path("targets").path(0).path("std").asDouble()).isEqualTo(10);
        assertThat(list.results()).contains("aged     2 targets", "named    2 targets");
    }

    @Test
    void takes_a_validation_part_as_the_test_and_a_margin_for_the_crop() throws IOException {
        Files.createDirectories(folder.resolve("parted"));
        Files.move(photos, folder.resolve("parted/train"));
        for (String name : new String[] {"cat", "dög"}) {
            Path pictures = Files.createDirectories(folder.resolve("parted/val").resolve(name));
            PngWriter.write(new Pixels(2, 2, 1, new byte[] {9, 9, 9, 9}), pictures.resolve("a.png"));
        }

        Outcome outcome = program.run(
                "data",
                "import",
                "pets",
                folder.resolve("parted").toString(),
                "--size",
                "2",
                "--val-as-test",
                "--crop-margin",
                "1");
        Outcome shown = program.run("data", "show", "pets", "--json");

        assertThat(outcome.results())
                .startsWith("pets: 12 training, 4 validation and 2 test pictures of 2 classes in ");
        assertThat(shown.json().path("cropMargin").asInt()).isEqualTo(1);
        assertThat(shown.json().path("resizeMode").asText()).isEqualTo("crop");
    }

    @Test
    void explains_options_that_do_not_go_together() {
        Outcome targets =
                program.run("data", "import", "pets", photos.toString(), "--task", "classification", "--targets", "x");
        Outcome margin =
                program.run("data", "import", "pets", photos.toString(), "--resize", "fill", "--crop-margin", "32");

        assertThat(targets.exitCode()).isEqualTo(2);
        assertThat(targets.progress())
                .contains("--targets and --target-unit are for --task regression, not classification.");
        assertThat(margin.exitCode()).isEqualTo(2);
        assertThat(margin.progress()).contains("cropMargin must be 0, or above 0 where the mode is CROP: 32");
    }

    @Test
    void reads_words_and_names_alike_on_a_turkish_machine() throws IOException {
        Files.writeString(photos.resolve("list.csv"), "IMAGE,LABEL\ncat/1.png,IT\ncat/2.png,it is\n");
        Program turkish = new Program(
                folder.resolve("workspace"), Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR"));

        Outcome outcome = turkish.run(
                "data",
                "import",
                "pets",
                photos.resolve("list.csv").toString(),
                "--task",
                "classification",
                "--min-per-class",
                "1",
                "--validation",
                "0",
                "--json");

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("classNames"))
                .extracting(name -> name.asText())
                .containsExactly("IT", "it is");
        assertThat(outcome.json().path("remarks")).isEmpty();
    }
}
