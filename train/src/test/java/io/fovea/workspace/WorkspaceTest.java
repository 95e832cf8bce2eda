package io.fovea.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A workspace")
class WorkspaceTest {

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void isInAnEmptyFolder() {
        workspace = Workspace.at(folder);
    }

    @Nested
    @DisplayName("by its place")
    class ByPlace {

        @Test
        void is_the_folder_fovea_in_the_home_of_the_user() {
            assertThat(Workspace.standard(Map.of(), Path.of("/home/ada")).folder())
                    .isEqualTo(Path.of("/home/ada/fovea"));
        }

        @Test
        void is_where_the_environment_says() {
            assertThat(Workspace.standard(Map.of("FOVEA_WORKSPACE", "/data/fovea"), Path.of("/home/ada"))
                            .folder())
                    .isEqualTo(Path.of("/data/fovea"));
        }

        @Test
        void ignores_an_empty_variable() {
            assertThat(Workspace.standard(Map.of("FOVEA_WORKSPACE", ""), Path.of("/home/ada"))
                            .folder())
                    .isEqualTo(Path.of("/home/ada/fovea"));
        }

        @Test
        void creates_nothing_by_being_asked() {
            Workspace unused = Workspace.at(folder.resolve("new"));
            unused.dataset("pets");
            assertThat(unused.names(Shelf.DATASETS)).isEmpty();
            assertThat(unused.folder()).doesNotExist();
        }

        @Test
        void names_the_file_that_stands_in_its_way() throws IOException {
            Path file = Files.createFile(folder.resolve("occupied"));
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> Workspace.at(file).checkWritable());
            assertThat(problem.what()).contains("is a file, not a folder");
            assertThat(problem.where()).isEqualTo(file.toString());
            assertThat(problem.remedy()).contains("--workspace");
        }
    }

    @Nested
    @DisplayName("by names")
    class ByName {

        @ParameterizedTest
        @ValueSource(strings = {"pets", "cats-dogs_2", "7", "v1.0"})
        void takes_names_of_letters_digits_dots_and_dashes(String name) {
            assertThat(workspace.dataset(name))
                    .isEqualTo(folder.resolve("datasets").resolve(name));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "../up", "a/b", "a\\b", ".hidden", "-x", "two words", "Käfer"})
        void refuses_names_that_could_leave_it_or_vanish(String name) {
            assertThatThrownBy(() -> workspace.run(name))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("cannot name a run");
        }

        @Test
        void offers_the_nearest_name_for_one_that_is_not_there() throws IOException {
            Files.createDirectories(workspace.dataset("cats-dogs"));
            Files.createDirectories(workspace.dataset("flowers"));
            Problem problem = catchThrowableOfType(Problem.class, () -> workspace.existing(Shelf.DATASETS, "cat-dogs"));
            assertThat(problem.what()).isEqualTo("There is no dataset named \"cat-dogs\".");
            assertThat(problem.remedy()).isEqualTo("did you mean \"cats-dogs\"? Valid: cats-dogs, flowers");
        }

        @Test
        void lists_names_in_alphabetical_order_without_hidden_folders_and_files() throws IOException {
            for (String name : new String[] {"pears", "apples", ".import-1"}) {
                Files.createDirectories(folder.resolve("datasets").resolve(name));
            }
            Files.createFile(folder.resolve("datasets").resolve("notes.txt"));
            assertThat(workspace.names(Shelf.DATASETS)).containsExactly("apples", "pears");
        }
    }

    @Nested
    @DisplayName("with numbers")
    class Numbered {

        @Test
        void gives_every_new_run_a_folder_of_its_own() {
            assertThat(workspace.newRun("pets-lenet"))
                    .isEqualTo(folder.resolve("runs/pets-lenet-1"))
                    .isDirectory();
            assertThat(workspace.newRun("pets-lenet"))
                    .isEqualTo(folder.resolve("runs/pets-lenet-2"))
                    .isDirectory();
        }

        @Test
        void finds_the_newest_model_by_number_not_by_letters() throws IOException {
            for (int version = 1; version <= 10; version++) Files.createFile(workspace.newModel("pets"));
            assertThat(workspace.newestModel("pets")).contains(folder.resolve("models/pets/10/pets.fovea"));
        }

        @Test
        void passes_over_a_version_whose_file_was_never_finished() throws IOException {
            Files.createFile(workspace.newModel("pets"));
            workspace.newModel("pets");
            assertThat(workspace.newestModel("pets")).contains(folder.resolve("models/pets/1/pets.fovea"));
        }

        @Test
        void has_no_newest_model_before_the_first() {
            assertThat(workspace.newestModel("pets")).isEmpty();
        }
    }
}
