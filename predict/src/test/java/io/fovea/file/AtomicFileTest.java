package io.fovea.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An atomic file")
class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void replaces_what_was_there_and_leaves_nothing_beside() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old and longer");
        AtomicFile.write(file, "new".getBytes());
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void makes_missing_folders() {
        Path file = folder.resolve("one/two/a.txt");
        AtomicFile.write(file, "new".getBytes());
        assertThat(file).hasContent("new");
    }

    @Test
    void keeps_the_old_content_if_writing_fails_half_way() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write("ne".getBytes());
                    throw new IOException("No space left on device");
                }))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what()).isEqualTo("The file cannot be written: No space left on device");
                    assertThat(problem.where()).isEqualTo(file.toString());
                    assertThat(problem.remedy()).startsWith("make room on the disk");
                });
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void removes_what_a_killed_process_left_but_not_what_a_living_one_writes() throws IOException {
        long alive = ProcessHandle.current().pid();
        // Process numbers end at 4,194,304 on Linux, so this one never lives.
        Files.writeString(folder.resolve(".a.txt.99999999-1.part"), "half");
        Files.writeString(folder.resolve(".a.txt." + alive + "-1000.part"), "half");
        Files.writeString(folder.resolve(".b.txt.99999999-1.part"), "of another file");
        AtomicFile.write(folder.resolve("a.txt"), "new".getBytes());
        assertThat(names()).containsExactly(".a.txt." + alive + "-1000.part", ".b.txt.99999999-1.part", "a.txt");
    }

    @Test
    void says_that_a_file_is_in_the_way_of_the_folder() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "");
        assertThatThrownBy(() -> AtomicFile.write(file.resolve("b.txt"), new byte[0]))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("a.txt");
    }

    private java.util.List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
