package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.image.Pixels;
import io.fovea.image.PngWriter;
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

    private Program program;
    private Path photos;

    @BeforeEach
    void hasPicturesOfTwoClasses() throws IOException {
        program = new Program(folder.resolve("workspace"), Map.of());
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
        Program.Outcome outcome = program.run(
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
    void keeps_a_dataset_that_is_there_unless_told_to_replace_it() {
        program.run("data", "import", "pets", photos.toString(), "--size", "2");
        Program.Outcome again = program.run("data", "import", "pets", photos.toString(), "--size", "2");
        Program.Outcome replaced = program.run("data", "import", "pets", photos.toString(), "--size", "2", "--replace");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.progress()).contains("There is a dataset named \"pets\" already.", "--replace");
        assertThat(replaced.exitCode()).as(replaced.progress()).isZero();
    }

    @Test
    void leaves_nothing_behind_when_there_is_nothing_to_import() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Program.Outcome outcome = program.run("data", "import", "pets", empty.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("  where: ", "  do:    ").doesNotContain("\tat ");
        assertThat(folder.resolve("workspace/datasets/pets")).doesNotExist();
    }

    @Test
    void explains_a_size_that_is_none() {
        Program.Outcome outcome = program.run("data", "import", "pets", photos.toString(), "--size", "big");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.progress())
                .contains("a size is written as 28, or as HEIGHTxWIDTH such as 120x160; found \"big\"");
    }
}
