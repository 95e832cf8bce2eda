package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.collection.GeneratedDigits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("fovea delete, and the look before an import")
class DeleteTest {

    @TempDir
    Path folder;

    private Outcome run(String line) {
        return new InProcess(folder.resolve("workspace")).run(line);
    }

    @Test
    void looks_imports_says_what_is_freed_and_deletes() throws IOException {
        Path idx = folder.resolve("idx");
        GeneratedDigits.generate(12, 3, 4).write(idx);
        Outcome look = run("data import digits " + idx + " --look --max-per-class 5");
        assertThat(look.results()).startsWith("80 pictures of 10 classes, nothing is imported yet");
        assertThat(look.results()).contains("28 to 28 high");
        assertThat(new ObjectMapper()
                        .readTree(run("data import digits " + idx + " --look --json")
                                .results())
                        .path("pictures")
                        .toString())
                .isEqualTo("{\"training\":90,\"validation\":30,\"test\":30}");
        assertThat(folder.resolve("workspace/datasets")).doesNotExist();

        run("data import digits " + idx);
        Outcome freed = run("delete datasets/digits runs/import-digits-1 --look");
        assertThat(freed.results()).contains("datasets/digits", "runs/import-digits-1", "in all");
        assertThat(folder.resolve("workspace/datasets/digits")).exists();
        assertThat(run("delete datasets/digits runs/import-digits-1").exitCode())
                .isZero();
        assertThat(folder.resolve("workspace/datasets/digits")).doesNotExist();
        assertThat(folder.resolve("workspace/runs/import-digits-1")).doesNotExist();
    }

    @Test
    void refuses_what_is_no_thing_of_the_workspace() {
        for (String thing : new String[] {"digits", "weights/x", "datasets/../../etc", "datasets/nothing"}) {
            Outcome outcome = run("delete " + thing);
            assertThat(outcome.exitCode()).as(thing).isEqualTo(1);
            assertThat(outcome.progress().lines()).as(thing).hasSize(3);
        }
    }
}
