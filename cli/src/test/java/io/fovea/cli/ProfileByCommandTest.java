package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.network.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Networks on the machine of a profile")
class ProfileByCommandTest {

    /** Dense layers and convolutions at a thousand operations a microsecond, all else at ten. */
    private static final String BOARD = """
        format: 1
        machine: a board, 4 cores, 8 GiB
        cores: 4
        instructionSets: [asimd]
        system: Linux 6.1
        load: 0.1
        measured: '2026-01-31'
        fovea: 0.1.0
        onnxRuntime: 1.28.0
        columns: numbers threads block channels size microseconds
        blocks:
        - float32 1 dense 64 1 4.096
        - float32 1 convolution-1 64 14 802.8
        - float32 1 convolution-3 64 14 7225.3
        - float32 1 convolution-5 32 14 5017.6
        - float32 1 depthwise 64 14 112.9
        - float32 1 stem-3 16 28 338.7
        - float32 1 stem-7 16 28 1843.968
        - float32 1 smooth 64 14 1254.4
        - float32 1 response-norm 64 14 1254.4
        - float32 1 pooling 64 14 11289.6
        - float32 1 add 64 14 1254.4
        """;

    @TempDir
    Path workspace;

    private Path file;

    @BeforeEach
    void a_profile() throws IOException {
        file = workspace.resolve("profiles/board.profile");
        Files.createDirectories(file.getParent());
        Files.writeString(file, BOARD);
    }

    private Outcome run(String line) {
        return new InProcess(workspace).run(line);
    }

    @Test
    void are_shown_with_the_time_that_they_would_take_there() {
        JsonNode json = run("network show lenet --json --profile board").json().path("onMachine");
        assertThat(json.path("machine").asText()).isEqualTo("a board, 4 cores, 8 GiB");
        JsonNode estimate = json.path("estimates").path(0);
        assertThat(estimate.path("threads").asInt()).isEqualTo(1);
        // 800 * 500 multiply-accumulates
        assertThat(estimate.at("/layers/dense1").asDouble()).isCloseTo(0.4, within(1e-6));
    }

    @Test
    void are_found_by_name_or_file_and_told_in_words() {
        assertThat(run("network show lenet --profile board").results())
                .contains("Estimated for a picture on a board, 4 cores, 8 GiB, measured 2026-01-31:");
        assertThat(run("network show lenet --profile " + file).results()).contains("float32");
    }

    @Test
    void are_listed_with_it() {
        assertThat(run("network list --profile board").results().lines())
                .hasSize(2 + Catalogue.names().size())
                .anySatisfy(line -> assertThat(line).startsWith("lenet "));
        assertThat(run("network list --json --profile board").json().at("/networks/0/onMachine/estimates"))
                .hasSize(1);
    }

    @Test
    void are_not_guessed_from_a_profile_that_is_damaged_missing_or_newer() throws IOException {
        assertThat(run("network list --profile other").progress())
                .startsWith("There is no profile")
                .contains("fovea doctor --profile");
        Files.writeString(file, BOARD.replace("format: 1", "format: 9"));
        assertThat(run("network show lenet --profile board").progress())
                .startsWith("The profile has the format 9; this Fovea reads formats up to 1.");
        Files.writeString(file, BOARD.replace("- float32 1 stem-7 16 28 1843.968\n", ""));
        assertThat(run("network show lenet --profile board").progress())
                .startsWith("The profile holds no block \"stem-7\"");
        Files.writeString(file, BOARD.substring(0, BOARD.indexOf("- float32 1 dense") + 12));
        assertThat(run("network show lenet --profile board").progress()).contains("is no row of blocks");
        assertThat(run("network show lenet --profile ../x").exitCode()).isEqualTo(1);
    }
}
