package io.fovea.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Pictures named on the command line")
class NamedPicturesTest {

    @TempDir
    Path folder;

    private Path file(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    @Test
    void are_files_as_they_are_and_all_pictures_of_folders_by_path() throws IOException {
        Path b = file("photos/b.JPG");
        Path deep = file("photos/a/deep/x.png");
        Path lone = file("lone.bin");

        NamedPictures named = NamedPictures.of(List.of(lone, folder.resolve("photos")));

        assertThat(named.pictures()).containsExactly(lone, deep, b);
        assertThat(named.remarks()).isEmpty();
    }

    @Test
    void are_not_what_a_storage_box_puts_beside_them() throws IOException {
        Path cat = file("photos/cat.jpg");
        file("photos/@eaDir/cat.jpg/thumb.jpg");
        file("photos/.trash/dog.jpg");

        assertThat(NamedPictures.of(List.of(folder.resolve("photos"))).pictures())
                .containsExactly(cat);
    }

    @Test
    void say_what_is_passed_over() throws IOException {
        file("photos/cat.jpg");
        file("photos/notes.txt");

        assertThat(NamedPictures.of(List.of(folder.resolve("photos"))).remarks())
                .containsExactly("1 file (notes.txt …) of " + folder.resolve("photos")
                        + " are no pictures by their names and were passed over.");
    }

    @Test
    void are_refused_where_a_folder_has_none() throws IOException {
        file("photos/notes.txt");

        assertThatThrownBy(() -> NamedPictures.of(List.of(folder.resolve("photos"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("There is no picture in the folder, only 1 file (notes.txt …).");
    }
}
