package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.sampling.SamplingSettings;
import io.fovea.sampling.UnsurePictures;
import io.fovea.task.Classification;
import io.fovea.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Pictures whose answers are unsure")
class UnsurePicturesTest {

    @TempDir
    Path folder;

    private ModelRepository models;
    private PredictionServer server;

    @BeforeEach
    void a_model_whose_class_names_lead_elsewhere() {
        ExampleModels.write(
                ExampleModels.CLASSIFIER,
                new Classification(List.of("../cat", "dog", "a,b")),
                1,
                folder.resolve("models/pets.fovea"));
        models = ModelRepository.open(List.of(folder.resolve("models")), RepositorySettings.USUAL, Duration.ZERO);
    }

    @AfterEach
    void ends() {
        server.close();
        models.close();
    }

    private Asked serve(double below, long pictures, long bytes) {
        server = PredictionServer.start(
                new Traffic(models),
                Optional.of(
                        UnsurePictures.open(new SamplingSettings(folder.resolve("unsure"), below, pictures, bytes))),
                ServerSettings.onThisMachine(0));
        return new Asked(server.address());
    }

    /** Asks for pictures of noise, and waits until all that is to be kept is there. */
    private void asked(Asked asked, int from, int to) {
        for (int seed = from; seed < to; seed++) {
            byte[] picture = ExampleModels.picture(10, 12, seed);
            assertThat(asked.put("/predictions/pets", picture).status()).isEqualTo(200);
        }
        server.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("unsure"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private List<String> table() throws IOException {
        return Files.readAllLines(folder.resolve("unsure/pets/unsure.csv"));
    }

    @Test
    void lie_in_folders_of_their_class_with_a_line_in_a_table() throws IOException {
        asked(serve(1, 100, 1 << 20), 0, 12);
        List<String> table = table();
        assertThat(table.getFirst())
                .isEqualTo("path,label,probability,second,second_probability,familiar,version,answered");
        assertThat(table).hasSize(13);
        assertThat(files()).hasSize(13);
        for (Path file : files()) assertThat(file.normalize()).startsWith(folder.resolve("unsure/pets"));
        for (String line : table.subList(1, 13)) {
            Path file = folder.resolve("unsure/pets").resolve(line.substring(0, line.indexOf(',')));
            assertThat(file).exists();
            assertThat(file.getParent().getFileName().toString()).isIn("class-0", "dog", "class-2");
        }
    }

    @Test
    void are_those_below_the_probability_alone() throws IOException {
        asked(serve(0.01, 100, 1 << 20), 0, 5);
        assertThat(files()).isEmpty();
    }

    @Test
    void are_kept_as_they_came_and_once() throws IOException {
        Asked asked = serve(1, 100, 1 << 20);
        asked.put("/predictions/pets", ExampleModels.picture(10, 12, 3));
        asked(asked, 3, 4);
        assertThat(table()).hasSize(2);
        Path picture = files().stream()
                .filter(file -> file.toString().endsWith(".png"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readAllBytes(picture)).isEqualTo(ExampleModels.picture(10, 12, 3));
        asked(serve(1, 100, 1 << 20), 3, 4); // another server
        assertThat(table()).hasSize(2);
    }

    @Test
    void are_no_more_than_may_be_kept_nor_after_another_start() throws IOException {
        asked(serve(1, 3, 1 << 20), 0, 6);
        assertThat(files()).hasSize(4);
        asked(serve(1, 4, 1 << 20), 6, 10);
        assertThat(files()).hasSize(5);
        long size = Files.size(files().getFirst());
        asked(serve(1, 100, 4 * size), 10, 20);
        assertThat(files()).hasSize(5);
    }

    @Test
    void have_a_whole_table_after_a_process_that_was_killed() throws IOException {
        asked(serve(1, 100, 1 << 20), 0, 2);
        Files.writeString(folder.resolve("unsure/pets/unsure.csv"), "dog/00", StandardOpenOption.APPEND);
        asked(serve(1, 100, 1 << 20), 2, 3);
        assertThat(table()).hasSize(4).noneMatch(line -> line.contains("dog/00") && !line.contains(",dog,"));
        assertThat(Files.readString(folder.resolve("unsure/pets/unsure.csv"))).endsWith("\n");
    }

    @Test
    void are_told_in_metrics_and_where_the_server_says_how_it_stands() {
        Asked asked = serve(1, 1, 1 << 20);
        for (int seed = 0; seed < 3; seed++) asked.put("/predictions/pets", ExampleModels.picture(10, 12, seed));
        BusyModel.until(() -> asked.get("/metrics").text().contains("fovea_unsure_pictures_total{outcome=\"full\"} 2"));
        assertThat(asked.get("/metrics").text()).contains("fovea_unsure_pictures_total{outcome=\"kept\"} 1");
        assertThat(asked.get("/").json().path("unsure").path("pictures").asInt())
                .isEqualTo(1);
    }

    @Test
    void fail_no_request_where_they_cannot_be_written() throws IOException {
        Asked asked = serve(1, 100, 1 << 20);
        Files.writeString(folder.resolve("unsure/pets"), "in the way");
        assertThat(asked.put("/predictions/pets", ExampleModels.picture(10, 12, 1))
                        .status())
                .isEqualTo(200);
        BusyModel.until(
                () -> asked.get("/metrics").text().contains("fovea_unsure_pictures_total{outcome=\"failed\"} 1"));
        assertThat(asked.get("/")
                        .json()
                        .path("unsure")
                        .path("problem")
                        .path("do")
                        .asText())
                .isNotEmpty();
    }
}
