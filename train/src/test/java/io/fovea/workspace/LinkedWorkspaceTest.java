package io.fovea.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.job.Job;
import io.fovea.job.JobPaths;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A workspace of links to copies")
class LinkedWorkspaceTest {

    @TempDir
    Path folder;

    @Test
    void has_the_copies_in_the_places_of_what_they_are_copies_of() throws IOException {
        Path original = Path.of("/elsewhere/fovea");
        Path digits = Files.createDirectories(folder.resolve("copies/1"));
        Files.writeString(digits.resolve("dataset.json"), "{}");
        Path network = Files.writeString(folder.resolve("copies/net.yaml"), "network");
        Path linked;
        try (LinkedWorkspace copies = new LinkedWorkspace(
                original,
                Map.of(original.resolve("datasets/digits"), digits, original.resolve("networks/own.yaml"), network))) {
            Workspace workspace = copies.workspace();
            linked = workspace.folder();
            assertThat(workspace.existing(Shelf.DATASETS, "digits").resolve("dataset.json"))
                    .hasContent("{}");

            Job job = JobPaths.moved(Job.Train.of("digits", "/elsewhere/fovea/networks/own.yaml"), original, linked);
            assertThat(JobPaths.of(job)).containsExactly(workspace.network("own"));
            assertThat(workspace.network("own")).hasContent("network");
        }
        assertThat(linked).doesNotExist();
        assertThat(digits.resolve("dataset.json")).exists();
    }

    @Test
    void is_refused_for_what_lies_outside_of_the_original() {
        assertThatThrownBy(() -> new LinkedWorkspace(
                        Path.of("/elsewhere/fovea"), Map.of(Path.of("/elsewhere/net.yaml"), folder)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what()).contains("outside of the workspace");
                    assertThat(problem.where()).isEqualTo("/elsewhere/net.yaml");
                });
    }

    @Test
    void leaves_paths_of_a_job_that_lie_elsewhere_as_they_are() {
        Job job = Job.Train.of("digits", "/elsewhere/own.yaml");

        assertThat(JobPaths.moved(job, Path.of("/elsewhere/fovea"), folder)).isEqualTo(job);
    }
}
