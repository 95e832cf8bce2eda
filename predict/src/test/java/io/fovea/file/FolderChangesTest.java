package io.fovea.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Changes of a folder")
class FolderChangesTest {

    @TempDir
    Path root;

    private Path folder;
    private Path copy;
    private final List<byte[]> parts = new ArrayList<>();

    @BeforeEach
    void makes_a_folder() throws IOException {
        folder = Files.createDirectories(root.resolve("folder"));
        copy = root.resolve("copy");
        Files.writeString(folder.resolve("known.txt"), "known");
    }

    private FolderChanges changes() {
        return new FolderChanges(folder, file -> !file.endsWith("unwanted.txt"));
    }

    private void sent(FolderChanges changes) {
        parts.clear();
        changes.send(parts::add);
    }

    private void taken() {
        for (byte[] part : parts) FolderChanges.take(part, copy);
    }

    @Test
    void are_what_has_come_since_and_not_what_was_there() throws IOException {
        FolderChanges changes = changes();
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/größe.txt"), "new");
        Files.writeString(folder.resolve("empty.txt"), "");
        Files.writeString(folder.resolve("unwanted.txt"), "no");

        sent(changes);
        taken();

        assertThat(copy.resolve("in/größe.txt")).hasContent("new");
        assertThat(copy.resolve("empty.txt")).isEmptyFile();
        assertThat(copy.resolve("known.txt")).doesNotExist();
        assertThat(copy.resolve("unwanted.txt")).doesNotExist();
    }

    @Test
    void are_sent_once_each() throws IOException {
        FolderChanges changes = changes();
        Files.writeString(folder.resolve("known.txt"), "changed");
        sent(changes);
        assertThat(parts).hasSize(1);

        sent(changes);
        assertThat(parts).isEmpty();

        AtomicFile.write(folder.resolve("known.txt"), "CHANGED".getBytes());
        sent(changes);
        taken();
        assertThat(copy.resolve("known.txt")).hasContent("CHANGED");
    }

    @Test
    void come_with_the_eldest_first() throws IOException {
        FolderChanges changes = changes();
        for (String name : List.of("b", "c", "a")) {
            Files.writeString(folder.resolve(name), name);
            Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(1000L * ('z' - name.charAt(0))));
        }

        sent(changes);

        FolderChanges.take(parts.get(0), copy);
        assertThat(copy.resolve("c")).exists();
        assertThat(copy.resolve("a")).doesNotExist();
    }

    @Test
    void of_a_large_file_replace_it_once_it_is_whole() throws IOException {
        byte[] large = new byte[9 << 20];
        for (int i = 0; i < large.length; i++) large[i] = (byte) (i * 31 + (i >> 12));
        FolderChanges changes = changes();
        Files.write(folder.resolve("large"), large);
        Files.createDirectories(copy);
        Files.writeString(copy.resolve("large"), "before");
        sent(changes);
        assertThat(parts).hasSize(3);

        FolderChanges.take(parts.get(0), copy);
        FolderChanges.take(parts.get(1), copy);
        assertThat(copy.resolve("large")).hasContent("before");

        taken(); // from the start, as whoever goes on where another was lost
        assertThat(copy.resolve("large")).hasBinaryContent(large);
        assertThat(copy.toFile().list()).containsExactly("large");
    }

    @Test
    void are_refused_where_a_part_is_missing_or_a_file_would_lie_elsewhere() throws IOException {
        FolderChanges changes = changes();
        Files.write(folder.resolve("large"), new byte[5 << 20]);
        sent(changes);
        assertThatThrownBy(() -> FolderChanges.take(parts.get(1), copy))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is missing before byte 4194304");

        byte[] part = parts.get(0).clone();
        byte[] name = "../xx".getBytes();
        System.arraycopy(name, 0, part, 2, name.length);
        assertThatThrownBy(() -> FolderChanges.take(part, copy))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("outside of its folder");
    }
}
