package io.fovea.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.download.RemoteFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A public dataset")
class PublicDatasetTest {

    @Test
    void is_known_by_its_name() {
        assertThat(PublicDataset.named("mnist")).isSameAs(PublicDataset.MNIST);
        assertThat(PublicDataset.named("fashion-mnist")).isSameAs(PublicDataset.FASHION_MNIST);
    }

    @Test
    void of_an_unknown_name_is_answered_with_the_nearest() {
        assertThatThrownBy(() -> PublicDataset.named("mnis"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.remedy())
                        .isEqualTo("did you mean \"mnist\"? Valid: mnist, fashion-mnist"));
    }

    @Test
    void says_how_much_there_is_to_download() {
        assertThat(PublicDataset.MNIST.sizeInBytes()).isEqualTo(11_594_722);
    }

    @Test
    void wants_mirrors_to_which_a_file_name_can_be_added() {
        assertThatThrownBy(() -> new PublicDataset("a", "b", "c", List.of(URI.create("http://localhost/a")), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A mirror ends in \"/\": http://localhost/a");
    }

    @Test
    void has_the_checksums_of_the_real_files() throws IOException {
        Optional<Path> data = Stream.of(
                        Optional.ofNullable(System.getenv("FOVEA_DATA")).orElse("../shared/data"),
                        "../shared/data",
                        "../../shared/data")
                .map(Path::of)
                .filter(folder -> Files.isDirectory(folder.resolve("mnist")))
                .findFirst();
        Assumptions.assumeTrue(
                data.isPresent(), "MNIST is not on this machine; set FOVEA_DATA to the folder that holds mnist/");
        for (PublicDataset dataset : PublicDataset.all()) {
            Path folder = data.get().resolve(dataset.name());
            if (!Files.isDirectory(folder)) continue;
            for (RemoteFile file : dataset.files())
                assertThat(file.isAt(folder.resolve(file.name())))
                        .as(file.name())
                        .isTrue();
        }
    }
}
