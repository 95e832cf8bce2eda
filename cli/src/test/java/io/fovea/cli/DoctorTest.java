package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The doctor")
class DoctorTest {

    @TempDir
    Path folder;

    private Outcome doctor(Path workspace) {
        return new Program(workspace, Map.of()).run("doctor", "--json");
    }

    @Test
    void finds_the_native_libraries_of_this_build() {
        Outcome outcome = doctor(folder);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.json().path("works").asBoolean()).isTrue();
        assertThat(outcome.json().path("findings"))
                .extracting(finding -> finding.path("name").asText())
                .contains(
                        "JDK",
                        "libtorch",
                        "OpenCV",
                        "ONNX Runtime",
                        "LMDB",
                        "Processor",
                        "Peak",
                        "Engines",
                        "GPU",
                        "Memory",
                        "Workspace",
                        "Disk");
    }

    @Test
    void says_what_to_do_about_a_workspace_that_is_a_file() throws IOException {
        Path file = Files.createFile(folder.resolve("occupied"));
        Outcome outcome = doctor(file);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.json().path("findings")).anySatisfy(finding -> {
            assertThat(finding.path("name").asText()).isEqualTo("Workspace");
            assertThat(finding.path("state").asText()).isEqualTo("broken");
            assertThat(finding.path("found").asText()).contains("is a file, not a folder");
            assertThat(finding.path("do").asText()).contains("--workspace DIR");
        });
    }
}
