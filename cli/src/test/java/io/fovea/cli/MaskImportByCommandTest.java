package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Masks by command")
class MaskImportByCommandTest {

    @TempDir
    Path folder;

    private InProcess program;
    private Path streets;

    @BeforeEach
    void hasTwoPicturesWithMasks() throws IOException {
        program = new InProcess(folder.resolve("workspace"));
        streets = folder.resolve("streets");
        Files.createDirectories(streets);
        Files.writeString(streets.resolve("classes.txt"), "sky\nroad\n");
        for (String part : new String[] {"train", "val"}) {
            write(part + "/pictures/a.png", 1, 2, 3, 4);
            write(part + "/masks/a.png", 0, 1, 1, 11);
        }
    }

    @Test
    void are_imported_with_what_says_nothing_declared_and_shown_with_their_shares() {
        assertThat(program.run("data import streets " + streets + " --task segmentation --ignore 11 --size 2")
                        .exitCode())
                .isZero();

        assertThat(program.run("data show streets").results())
                .contains("class of pixels  index  training")
                .containsPattern("sky +0 +33\\.3 % +33\\.3 % +–")
                .containsPattern("road +1 +66\\.7 % +66\\.7 % +–")
                .containsPattern("labelled +75\\.0 %");
        assertThat(program.run("data list").results()).contains("2 classes of pixels");
    }

    @Test
    void are_asked_about_where_a_value_has_no_name() {
        Outcome outcome = program.run("data import streets " + streets + " --task segmentation --size 2");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.progress())
                .contains("Expected the values 0 to 1, the 2 named classes, found 11.")
                .contains("--ignore 11");
    }

    @Test
    void are_what_ignored_values_are_for() {
        assertThat(program.run("data import streets " + streets + " --ignore 11")
                        .progress())
                .contains("--ignore is for --task segmentation.");
    }

    private void write(String name, int... values) throws IOException {
        Path file = streets.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) bytes[i] = (byte) values[i];
        PngWriter.write(new Pixels(2, 2, 1, bytes), file);
    }
}
