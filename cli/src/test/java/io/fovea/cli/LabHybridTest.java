package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Bundle;
import io.fovea.collection.GeneratedDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@DisplayName("The lab \"hybrid\" on few generated digits")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabHybridTest {

    private Program program;
    private String digits;
    private Outcome lab;
    private JsonNode outcome;

    @BeforeAll
    void runsOnce(@TempDir Path folder) {
        GeneratedDigits.generate(60, 20, 1).write(folder.resolve("digits"));
        digits = folder.resolve("digits").toString();
        program = new Program(folder.resolve("workspace"), Map.of());
        Outcome killed =
                program.runUntil("Row 13 of 13", process -> process.toHandle().destroyForcibly(), arguments());
        assertThat(killed.exitCode()).as(killed.progress()).isNotZero();
        lab = program.run(arguments());
        assertThat(lab.exitCode()).as(lab.progress()).isZero();
        outcome = lab.json();
    }

    private String[] arguments() {
        return new String[] {
            "lab", "hybrid", "--quick", "--data", digits, "--generations", "1", "--threads", "2", "--json"
        };
    }

    @Test
    void has_all_four_tables() {
        assertThat(outcome.path("tables").findValuesAsText("name"))
                .containsExactly("sizes", "accuracies", "seconds", "speeds");
        assertThat(outcome.path("tables").path(1).path("rows")).hasSize(13);
        assertThat(outcome.path("tables").path(3).path("rows")).hasSize(3);
    }

    @Test
    void learns_something_in_every_row_and_keeps_the_small_engine_small() {
        assertThat(outcome.path("rows")).hasSize(13);
        for (JsonNode row : outcome.path("rows")) {
            assertThat(row.path("wholeAccuracy").asDouble()).as(row.toString()).isGreaterThan(0.3);
            assertThat(row.path("seconds").asDouble()).isPositive();
        }
        JsonNode small = outcome.path("rows").path(12);
        assertThat(small.path("method").asText()).isEqualTo("kmeans-es-adam-74kb");
        assertThat(small.path("engineBytes").asLong()).isLessThanOrEqualTo(75_776);
        assertThat(Bundle.open(Path.of(small.path("bundle").asText()))
                        .manifest()
                        .provenance()
                        .settings())
                .as("the command's own settings for a limited size")
                .containsEntry("k", "1");
    }

    @Test
    void writes_the_tables_as_markdown_and_csv() throws Exception {
        assertThat(Files.readString(Path.of(outcome.path("markdown").asText())))
                .contains("## Sizes", "## Accuracy in %", "## Seconds", "## Microseconds per picture");
        assertThat(Files.readAllLines(Path.of(outcome.path("csv").asText())))
                .startsWith("table,row,column,value")
                .contains("sizes,hybrid-8,parameters,31714", "accuracies,mnist-cnn,4k×5 talk,97.5");
    }

    @Test
    void goes_on_after_the_last_row_that_was_finished() {
        assertThat(lab.progress()).contains("Row 13 of 13").doesNotContain("Row 12 of 13");
    }
}
