package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("fovea export")
class ExportTest {

    private static final Path MODEL =
            Path.of("..", "predict", "src", "test", "resources", "io", "fovea", "bundle", "1.2-classifier.fovea");

    @TempDir
    Path workspace;

    private InProcess fovea;

    @BeforeEach
    void two_versions_of_a_model() throws IOException {
        for (String version : new String[] {"1", "2"}) {
            Path file = workspace.resolve("models/greys/" + version + "/greys.fovea");
            Files.createDirectories(file.getParent());
            Files.copy(MODEL, file);
        }
        fovea = new InProcess(workspace);
    }

    @Test
    void writes_into_the_jobs_folder_and_says_what_was_checked() {
        Outcome outcome = fovea.run("export greys --format onnx");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(workspace.resolve("runs/export-greys-onnx-1/example.onnx")).isNotEmptyFile();
        assertThat(outcome.results()).contains("Checked   2 golden pictures in ONNX Runtime");
    }

    @Test
    void takes_one_version_and_a_place() {
        Path target = workspace.resolve("one.npz");
        Outcome outcome = fovea.run("export greys/1 --format bundle --json --to " + target);
        assertThat(outcome.json().path("path").asText()).isEqualTo(target.toString());
        assertThat(outcome.json().path("model").asText())
                .endsWith(Path.of("greys", "1", "greys.fovea").toString());
        assertThat(outcome.json().path("checks").get(0).path("difference").asDouble())
                .isLessThan(1e-6);
    }

    @Test
    void names_the_versions_that_there_are() {
        Outcome outcome = fovea.run("export greys/7 --format onnx");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.progress())
                .contains("The model \"greys\" has no version 7.", "name one of its versions: 2, 1");
    }

    @Test
    void offers_the_nearest_model_and_the_nearest_format() {
        assertThat(fovea.run("export grays --format onnx").progress()).contains("did you mean \"greys\"?");
        assertThat(fovea.run("export greys --format onxx").progress())
                .contains("There is no kind \"onxx\".", "did you mean \"onnx\"?");
    }

    @Test
    void refuses_a_choice_that_the_format_does_not_have() {
        Outcome outcome = fovea.run("export greys --format npz --opset 13");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.progress()).contains("There is no setting \"opset\".", "option --format npz");
    }

    @Test
    void keeps_what_is_there() throws IOException {
        Path target = Files.writeString(workspace.resolve("mine.onnx"), "mine");
        Outcome outcome = fovea.run("export greys --format onnx --to " + target);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.progress()).contains("There is something in that place already.");
        assertThat(target).hasContent("mine");
        assertThat(fovea.run("export greys --format onnx --replace --to " + target)
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }
}
