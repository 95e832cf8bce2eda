package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.serve.ExampleModels.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Models that come and go while they are served")
class RepositoryTest {

    private static final byte[] PICTURE = ExampleModels.picture(10, 12, 5);

    @TempDir
    Path folder;

    private ModelRepository models;
    private PredictionServer server;
    private Asked asked;

    @BeforeEach
    void one_version_is_there() {
        version(1, Golden.RIGHT);
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL, Duration.ofMillis(20));
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0));
        asked = new Asked(server.address());
    }

    @AfterEach
    void ends() {
        server.close();
        models.close();
    }

    private void version(int number, Golden golden) {
        ExampleModels.write(
                ExampleModels.CLASSIFIER,
                ExampleModels.CLASSES,
                number,
                golden,
                folder.resolve("pets/" + number + "/pets.fovea"));
    }

    private int answering() {
        Asked.Answer answer = asked.put("/predictions/pets", PICTURE);
        return answer.status() == 200 ? answer.json().path("version").asInt() : -answer.status();
    }

    private static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    private String state(int version) {
        for (JsonNode each :
                asked.send("POST", "/v2/repository/index", new byte[0]).json())
            if (each.path("version").asInt() == version)
                return each.path("state").asText() + each.path("reason").asText();
        return "";
    }

    @Test
    void a_new_version_takes_over_and_no_request_fails_meanwhile() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        List<Thread> clients = List.of(client(over, answered, failed), client(over, answered, failed));
        until(() -> answered.get() > 0);
        version(2, Golden.RIGHT);
        until(() -> answering() == 2);
        version(3, Golden.RIGHT);
        until(() -> answering() == 3);
        over.set(true);
        for (Thread each : clients) each.join();
        assertThat(failed.get()).isZero();
    }

    private Thread client(AtomicBoolean over, AtomicInteger answered, AtomicInteger failed) {
        return Thread.ofPlatform().start(() -> {
            while (!over.get()) (answering() > 0 ? answered : failed).incrementAndGet();
        });
    }

    @Test
    void a_version_that_fails_its_golden_pictures_leaves_the_old_one_serving_and_says_why() {
        version(2, Golden.WRONG);
        until(() -> state(2).contains("Golden picture"));
        assertThat(answering()).isEqualTo(1);
        assertThat(asked.get("/v1/models/pets").json().toString()).contains("differs at the stage");
        assertThat(asked.get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void a_file_that_is_cut_off_waits_until_it_is_whole() throws IOException {
        version(3, Golden.RIGHT);
        byte[] whole = Files.readAllBytes(folder.resolve("pets/3/pets.fovea"));
        until(() -> answering() == 3);
        Path file = Files.createDirectories(folder.resolve("pets/4")).resolve("pets.fovea");
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        until(() -> state(4).startsWith("UNAVAILABLE"));
        assertThat(answering()).isEqualTo(3);
        Files.write(file, whole);
        until(() -> answering() == 4);
    }

    @Test
    void the_old_version_answers_again_once_the_new_one_is_taken_away() throws IOException {
        version(2, Golden.RIGHT);
        until(() -> answering() == 2);
        Files.delete(folder.resolve("pets/2/pets.fovea"));
        until(() -> answering() == 1);
    }

    @Test
    void goes_back_to_a_version_by_a_call_and_stays_there() {
        version(2, Golden.RIGHT);
        until(() -> answering() == 2);
        assertThat(asked.post("/v2/repository/models/pets/load", "{\"parameters\":{\"version\":\"1\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(answering()).isEqualTo(1);
        version(3, Golden.RIGHT);
        until(() -> !state(3).isEmpty());
        assertThat(answering()).isEqualTo(1);
        assertThat(asked.send("POST", "/v2/repository/models/pets/load", new byte[0])
                        .status())
                .isEqualTo(200);
        assertThat(answering()).isEqualTo(3);
    }

    @Test
    void a_call_for_a_version_that_does_not_prove_itself_is_refused() {
        version(2, Golden.WRONG);
        until(() -> state(2).contains("Golden picture"));
        Asked.Answer answer = asked.post("/v2/repository/models/pets/load", "{\"parameters\":{\"version\":\"2\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).contains("Golden picture");
        assertThat(answering()).isEqualTo(1);
        assertThat(asked.post("/v2/repository/models/pets/load", "{\"parameters\":{\"version\":\"9\"}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void answers_no_more_after_it_was_unloaded_until_it_is_loaded() {
        assertThat(asked.send("POST", "/v2/repository/models/pets/unload", new byte[0])
                        .status())
                .isEqualTo(200);
        assertThat(answering()).isEqualTo(-503);
        assertThat(asked.get("/health/ready").status()).isEqualTo(503);
        assertThat(asked.get("/health/live").status()).isEqualTo(200);
        asked.send("POST", "/v2/repository/models/pets/load", new byte[0]);
        assertThat(answering()).isEqualTo(1);
    }

    @Test
    void a_model_that_appears_is_served_and_one_that_goes_is_not() throws IOException {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 7, folder.resolve("birds.fovea"));
        until(() -> asked.put("/predictions/birds", PICTURE).status() == 200);
        Files.delete(folder.resolve("birds.fovea"));
        until(() -> asked.put("/predictions/birds", PICTURE).status() == 404);
    }

    @Test
    void nothing_is_served_if_a_model_proves_itself_in_no_version() {
        Path file = folder.resolve("alone/wrong.fovea");
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, Golden.WRONG, file);
        assertThatThrownBy(() -> ModelRepository.open(List.of(file), RepositorySettings.USUAL, Duration.ZERO))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Golden picture");
        assertThatThrownBy(() -> ModelRepository.open(
                        List.of(Files.createDirectory(folder.resolve("empty"))),
                        RepositorySettings.USUAL,
                        Duration.ZERO))
                .hasMessageContaining("no models");
        assertThatThrownBy(() -> ModelRepository.open(
                        List.of(folder.resolve("nowhere")), RepositorySettings.USUAL, Duration.ZERO))
                .hasMessageContaining("no such file or folder");
    }

    @Test
    void are_no_longer_measured_once_nobody_waits_for_them() {
        AtomicInteger asked = new AtomicInteger();
        int wanted = 5;
        assertThatThrownBy(() -> ModelRepository.open(
                        List.of(folder),
                        RepositorySettings.USUAL,
                        Duration.ZERO,
                        Optional.of(Duration.ofSeconds(5)),
                        () -> asked.incrementAndGet() > wanted))
                .isInstanceOf(CancellationException.class);
        assertThat(asked).hasValueLessThanOrEqualTo(wanted + 2); // by the loop, and by what follows it
    }
}
