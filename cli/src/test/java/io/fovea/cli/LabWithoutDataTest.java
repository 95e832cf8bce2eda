package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A lab on a machine without network and data")
class LabWithoutDataTest {

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void standsAlone() throws IOException {
        // the JVM looks names up in this file only: no host is known
        Path noHosts = Files.createFile(folder.resolve("hosts"));
        program = new Program(
                folder.resolve("workspace"),
                Map.of(
                        "FOVEA_DATA",
                        "",
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString(),
                        "JDK_JAVA_OPTIONS",
                        "-Djdk.net.hosts.file=" + noHosts));
    }

    @Test
    void trains_on_digits_that_fovea_draws_and_never_calls_them_mnist() {
        Outcome lab = program.run("lab", "mnist", "--size", "small", "--epochs", "1");
        assertThat(lab.exitCode()).as(lab.progress()).isZero();
        assertThat(lab.progress())
                .contains("MNIST is not on this machine and cannot be downloaded: ")
                .contains("Training on digits that Fovea draws, named \"generated\".");
        assertThat(lab.results())
                .startsWith("These are digits that Fovea drew, not MNIST. For the real ones run the same command with a"
                        + " network, or put train-images-idx3-ubyte.gz, ")
                .contains("generated-lenet.fovea", "--data generated-small-seed1")
                .doesNotContain("mnist-");

        Path example = folder.resolve("workspace/runs/generated-lenet-1/examples/7.png");
        Outcome prediction = program.run("predict", "latest", example.toString());
        assertThat(prediction.exitCode()).as(prediction.progress()).isZero();
        assertThat(prediction.results()).startsWith(example + ": ");
    }

    @Test
    void takes_nothing_else_for_data_that_were_named() {
        Outcome lab = program.run("lab", "mnist", "--data", "mnist");
        assertThat(lab.exitCode()).isEqualTo(1);
        assertThat(lab.progress()).contains("mnist is not on this machine and could not be downloaded.");
        assertThat(folder.resolve("workspace/datasets")).doesNotExist();
    }

    @Test
    void takes_nothing_else_for_a_folder_that_was_named() {
        Outcome lab = program.run("lab", "mnist", "--data", folder.toString());
        assertThat(lab.exitCode()).isEqualTo(1);
        assertThat(lab.progress()).contains("The folder does not hold mnist.");
    }

    @Test
    void says_in_three_lines_what_to_fetch_where_it_cannot_do_without() {
        for (String lab : new String[] {"cifar10", "regression", "transfer", "cats-dogs"}) {
            Outcome outcome = program.run("lab", lab);
            assertThat(outcome.exitCode()).as(lab).isEqualTo(1);
            assertThat(outcome.progress().lines().filter(line -> !line.startsWith("NOTE: ")))
                    .as(lab)
                    .satisfiesExactly(
                            what -> assertThat(what).endsWith("."),
                            where -> assertThat(where).startsWith("  where: "),
                            remedy -> assertThat(remedy).startsWith("  do:    fetch "));
        }
    }
}
