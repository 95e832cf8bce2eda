package io.fovea.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.download.DownloadListener;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A ready-made set")
class ReadyMadeTest {

    @TempDir
    Path folder;

    private LocalData local(Path data) {
        return LocalData.of(Optional.empty(), Map.of("FOVEA_DATA", data.toString()), folder.resolve("home"));
    }

    @Test
    void is_told_from_a_path_by_its_first_word() {
        assertThat(ReadyMade.isNamed("collection:mnist")).isTrue();
        assertThat(ReadyMade.isNamed("photos/collection:mnist")).isFalse();
        assertThat(ReadyMade.shape(List.of("photos"))).isEmpty();
        assertThat(ReadyMade.shape(List.of("collection:cifar10")).orElseThrow().width())
                .isEqualTo(32);
    }

    @Test
    void that_is_unknown_is_answered_with_the_nearest() {
        assertThatThrownBy(() -> ReadyMade.named("collection:mnsit")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).startsWith("There is no ready-made set \"mnsit\"");
            assertThat(problem.remedy()).contains("mnist");
        });
    }

    @Test
    void is_found_where_data_lie_and_nothing_is_fetched() throws IOException {
        Path mnist = Files.createDirectories(folder.resolve("data/mnist"));
        SetFiles files = new PublishedFiles(PublicDataset.MNIST);
        assertThat(files.isHere(local(folder.resolve("data")))).isFalse();
        GeneratedDigits.generate(1, 1, 1).write(mnist);
        assertThat(files.isHere(local(folder.resolve("data")))).isTrue();
        assertThat(files.provide(local(folder.resolve("data")), folder.resolve("made"), DownloadListener.NONE))
                .containsExactly(Source.of(mnist));
    }

    @Test
    void of_negatives_holds_each_picture_and_then_255_less_each_value() throws IOException {
        Path plain = folder.resolve("plain");
        IdxWriter.writePictures(new byte[] {0, 10, (byte) 255, 1}, 1, 2, plain.resolve("train-images-idx3-ubyte.gz"));
        IdxWriter.writeLabels(new byte[] {7, 3}, plain.resolve("train-labels-idx1-ubyte.gz"));
        IdxWriter.writePictures(new byte[] {5, 6}, 1, 2, plain.resolve("t10k-images-idx3-ubyte.gz"));
        IdxWriter.writeLabels(new byte[] {4}, plain.resolve("t10k-labels-idx1-ubyte.gz"));
        Files.createDirectories(folder.resolve("made"));
        Files.move(plain, folder.resolve("made/drawn"));

        // what is made already is taken as it lies there
        SetFiles inverted = new InvertedFiles("inverted", new DrawnFiles("drawn", 1, 1));
        Path made = inverted.provide(local(folder), folder.resolve("made"), DownloadListener.NONE)
                .getFirst()
                .path();

        ByteBuffer pictures = ByteBuffer.wrap(Files.readAllBytes(made.resolve("train-images-idx3-ubyte")));
        assertThat(List.of(pictures.getInt(), pictures.getInt(), pictures.getInt(), pictures.getInt()))
                .containsExactly(0x0803, 4, 1, 2);
        assertThat(pictures.slice())
                .isEqualTo(ByteBuffer.wrap(new byte[] {0, 10, (byte) 255, 1, (byte) 255, (byte) 245, 0, (byte) 254}));
        assertThat(Files.readAllBytes(made.resolve("t10k-labels-idx1-ubyte"))).endsWith(4, 4);
        assertThat(Files.readAllBytes(made.resolve("train-labels-idx1-ubyte"))).endsWith(7, 3, 7, 3);
    }

    @Test
    void of_odd_digits_is_all_test() throws IOException {
        Source source = new OddFiles("odd-digits")
                .provide(local(folder), folder.resolve("made"), DownloadListener.NONE)
                .getFirst();
        assertThat(source.words()).startsWith("test=");
        try (var files = Files.walk(source.path())) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(200);
        }
    }

    @Test
    void of_things_says_where_to_get_it_from() {
        assertThatThrownBy(() -> new CifarSetFiles().provide(local(folder), folder, DownloadListener.NONE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.remedy()).contains("cifar-10-binary.tar.gz"));
    }
}
