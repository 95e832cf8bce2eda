package io.fovea.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The bounds of what may be read")
class FolderBoundsTest {

    @TempDir
    Path folder;

    private Path open;
    private FolderBounds bounds;

    @BeforeEach
    void begins_with_an_open_folder() throws IOException {
        open = Files.createDirectories(folder.resolve("open"));
        bounds = FolderBounds.of(List.of(open));
    }

    @Test
    void hold_what_lies_in_an_open_folder_there_or_not() throws IOException {
        Path file = Files.writeString(open.resolve("a.png"), "");
        assertThat(bounds.checked(file)).isEqualTo(file);
        assertThat(bounds.holds(open.resolve("absent/b.png"))).isTrue();
    }

    @Test
    void hold_nothing_else_there_or_not() throws IOException {
        Files.writeString(folder.resolve("secret"), "");
        for (String path : List.of("../secret", "../absent", "../opened", "/etc/passwd", "/absent"))
            assertThat(bounds.holds(open.resolve(path))).as(path).isFalse();
    }

    @Test
    void take_a_link_for_what_it_leads_to() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "");
        Path link = Files.createSymbolicLink(open.resolve("link"), secret);
        assertThatThrownBy(() -> bounds.checked(link))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("leads out of the folders");
        Path inside = Files.createSymbolicLink(open.resolve("inside"), Files.writeString(open.resolve("a"), ""));
        assertThat(bounds.holds(inside)).isTrue();
        Path folderLink = Files.createSymbolicLink(open.resolve("folder"), folder);
        assertThat(bounds.holds(folderLink.resolve("secret"))).isFalse();
    }

    @Test
    void are_handed_on_in_the_environment() {
        Path other = folder.resolve("with space: and colon");
        FolderBounds both = FolderBounds.of(List.of(open, other));
        FolderBounds handed =
                FolderBounds.of(Map.of(FolderBounds.VARIABLE, both.variable().orElseThrow()));
        assertThat(handed.folders()).isEqualTo(both.folders());
    }

    @Test
    void are_none_where_the_environment_says_nothing() {
        FolderBounds none = FolderBounds.of(Map.of());
        assertThat(none.holds(Path.of("/etc/passwd"))).isTrue();
        assertThat(none.variable()).isEmpty();
    }
}
