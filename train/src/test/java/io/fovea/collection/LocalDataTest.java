package io.fovea.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.DownloadSettings;
import io.fovea.download.MirrorServer;
import io.fovea.download.RemoteFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Data on this machine")
class LocalDataTest {

    private static final Download DOWNLOAD = new Download(DownloadSettings.DEFAULT);

    @TempDir
    Path root;

    /** Makes a folder with empty files of MNIST's names. */
    private Path mnist(String folder) throws IOException {
        Path path = Files.createDirectories(root.resolve(folder));
        for (RemoteFile file : PublicDataset.MNIST.files()) Files.createFile(path.resolve(file.name()));
        return path;
    }

    private LocalData data(Optional<Path> explicit, Map<String, String> environment) {
        return LocalData.of(explicit, environment, root.resolve("home"));
    }

    @Nested
    @DisplayName("when it is looked for")
    class Looking {

        @Test
        void is_nowhere_on_a_new_machine() {
            assertThat(data(Optional.empty(), Map.of()).find(PublicDataset.MNIST))
                    .isEmpty();
        }

        @Test
        void is_found_in_the_cache_of_the_home_folder() throws IOException {
            Path cached = mnist("home/.cache/fovea/data/mnist");

            assertThat(data(Optional.empty(), Map.of()).find(PublicDataset.MNIST))
                    .contains(cached);
        }

        @Test
        void is_found_in_the_cache_that_the_environment_names() throws IOException {
            Path cached = mnist("xdg/fovea/data/mnist");
            Map<String, String> environment =
                    Map.of("XDG_CACHE_HOME", root.resolve("xdg").toString());

            assertThat(data(Optional.empty(), environment).find(PublicDataset.MNIST))
                    .contains(cached);
        }

        @Test
        void is_taken_from_the_data_folder_before_the_cache() throws IOException {
            mnist("home/.cache/fovea/data/mnist");
            Path shared = mnist("shared/mnist");
            Map<String, String> environment =
                    Map.of("FOVEA_DATA", root.resolve("shared").toString());

            assertThat(data(Optional.empty(), environment).find(PublicDataset.MNIST))
                    .contains(shared);
        }

        @Test
        void is_taken_from_the_explicit_folder_before_all() throws IOException {
            mnist("shared/mnist");
            Path explicit = mnist("mine");
            Map<String, String> environment =
                    Map.of("FOVEA_DATA", root.resolve("shared").toString());

            assertThat(data(Optional.of(explicit), environment).find(PublicDataset.MNIST))
                    .contains(explicit);
        }

        @Test
        void may_be_unpacked() throws IOException {
            Path folder = mnist("mine");
            Files.move(folder.resolve("t10k-images-idx3-ubyte.gz"), folder.resolve("t10k-images-idx3-ubyte"));

            assertThat(data(Optional.of(folder), Map.of()).find(PublicDataset.MNIST))
                    .contains(folder);
        }

        @Test
        void is_not_there_when_a_file_is_missing() throws IOException {
            Path cached = mnist("home/.cache/fovea/data/mnist");
            Files.delete(cached.resolve("t10k-labels-idx1-ubyte.gz"));

            assertThat(data(Optional.empty(), Map.of()).find(PublicDataset.MNIST))
                    .isEmpty();
        }

        @Test
        void is_not_sought_elsewhere_when_the_explicit_folder_lacks_it() throws IOException {
            mnist("home/.cache/fovea/data/mnist");

            assertThatThrownBy(() ->
                            data(Optional.of(root.resolve("mine")), Map.of()).find(PublicDataset.MNIST))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo("The folder does not hold mnist.");
                        assertThat(problem.where())
                                .isEqualTo(root.resolve("mine").toString());
                    });
        }

        @Test
        void ignores_an_empty_variable() {
            assertThat(data(Optional.empty(), Map.of("FOVEA_DATA", "")).dataFolder())
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("when it is needed")
    class Providing {

        private PublicDataset letters(URI mirror) {
            // SHA-256 of the text "abc", FIPS 180-4's example
            RemoteFile file =
                    new RemoteFile("letters", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            return new PublicDataset("letters", "three letters", "test", List.of(mirror), List.of(file));
        }

        @Test
        void is_downloaded_into_the_cache_once() throws IOException {
            try (MirrorServer server = new MirrorServer()) {
                PublicDataset letters =
                        letters(server.mirror("good", MirrorServer.whole("abc".getBytes(StandardCharsets.US_ASCII))));
                LocalData data = data(Optional.empty(), Map.of());

                Path first = data.provide(letters, DOWNLOAD, DownloadListener.NONE);
                Path second = data.provide(letters, DOWNLOAD, DownloadListener.NONE);

                assertThat(first)
                        .isEqualTo(root.resolve("home/.cache/fovea/data/letters"))
                        .isEqualTo(second);
                assertThat(first.resolve("letters")).hasContent("abc");
                assertThat(server.requests()).hasSize(1);
            }
        }

        @Test
        void without_network_says_so_and_offers_generated_digits() {
            PublicDataset letters = letters(URI.create("http://nowhere.invalid/"));

            assertThatThrownBy(() -> data(Optional.empty(), Map.of()).provide(letters, DOWNLOAD, DownloadListener.NONE))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .isEqualTo("letters is not on this machine and could not be downloaded."
                                        + " No mirror delivers the file \"letters\".");
                        assertThat(problem.where())
                                .isEqualTo("http://nowhere.invalid/letters is unknown (no network, or no such host)");
                        assertThat(problem.remedy())
                                .endsWith("; or name a folder that holds the set (--data DIR, $FOVEA_DATA);"
                                        + " or use digits that Fovea draws itself: --data generated");
                    });
        }
    }
}
