package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc;
import io.fovea.kserve.message.ModelInferResponse;
import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.serve.ExampleModels.Golden;
import io.fovea.traffic.Traffic;
import io.fovea.traffic.TrafficPlan;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Requests for one name that several versions answer")
class TrafficTest {

    private static final byte[] PICTURE = ExampleModels.picture(10, 12, 5);

    @TempDir
    Path folder;

    private ModelRepository models;
    private PredictionServer server;
    private Asked asked;

    @BeforeEach
    void two_versions_and_another_model() {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets/1/pets.fovea"));
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 2, folder.resolve("pets/2/pets.fovea"));
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 3, folder.resolve("birds.fovea"));
        ExampleModels.write(ExampleModels.ONE_VALUE, ExampleModels.AGE, 4, folder.resolve("age.fovea"));
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL, Duration.ofMillis(20));
    }

    @AfterEach
    void ends() {
        if (server != null) server.close();
        models.close();
    }

    private void serve(List<String> splits, List<String> shadows) {
        Traffic traffic = new Traffic(models);
        TrafficPlan.of(splits, shadows).forEach(traffic::set);
        server = PredictionServer.start(
                traffic, Optional.empty(), ServerSettings.onThisMachine(0).withGrpc(0));
        asked = new Asked(server.address());
    }

    private Map<String, Integer> answering(int requests, String... headers) {
        Map<String, Integer> answering = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            Asked.Answer answer = asked.put("/predictions/pets", PICTURE, headers);
            assertThat(answer.status()).isEqualTo(200);
            String who =
                    answer.headers().get("fovea-model") + "/" + answer.headers().get("fovea-model-version");
            assertThat(who)
                    .isEqualTo(answer.json().path("model").asText() + "/"
                            + answer.json().path("version").asText());
            answering.merge(who, 1, Integer::sum);
        }
        return answering;
    }

    private JsonNode traffic() {
        return asked.get("/traffic/pets").json();
    }

    @Nested
    @DisplayName("split by weights")
    class Split {

        @Test
        void gives_each_version_its_share_and_says_which_one_answered() {
            serve(List.of("pets=1:75,2:25"), List.of());
            Map<String, Integer> answering = answering(80);
            assertThat(answering).containsOnlyKeys("pets/1", "pets/2");
            assertThat(answering.get("pets/1")).isBetween(57, 63);
            assertThat(traffic().path("split").path(0).path("answered").asInt()).isEqualTo(answering.get("pets/1"));
            assertThat(asked.get("/metrics").text())
                    .contains("fovea_split_requests_total{model=\"pets\",to=\"2\"} " + answering.get("pets/2"))
                    .contains("fovea_model_requests_answered_total{model=\"pets\",version=\"1\"} "
                            + answering.get("pets/1"));
        }

        @Test
        void sends_the_same_key_to_the_same_version_over_every_protocol() {
            serve(List.of("pets=1:1,2:1"), List.of());
            for (String key : List.of("ann", "bob", "cy", "dee", "eve")) {
                Map<String, Integer> answering = answering(5, "Fovea-Key", key);
                assertThat(answering).hasSize(1);
                String version = answering.keySet().iterator().next().substring("pets/".length());
                Asked.Answer kserve = asked.send(
                        "POST",
                        "/v2/models/pets/infer",
                        PICTURE,
                        "Inference-Header-Content-Length",
                        "0",
                        "Fovea-Key",
                        key);
                assertThat(kserve.headers()).containsEntry("fovea-model-version", version);
                Asked.Answer tensorFlow = asked.post(
                        "/v1/models/pets:predict",
                        "{\"instances\":[{\"b64\":\""
                                + java.util.Base64.getEncoder().encodeToString(PICTURE) + "\"}]}",
                        "Fovea-Key",
                        key);
                assertThat(tensorFlow.headers()).containsEntry("fovea-model-version", version);
                assertThat(overGrpc(key)).isEqualTo(version + " " + version);
            }
        }

        private String overGrpc(String key) {
            ManagedChannel channel = GrpcTest.channel(server);
            Metadata asks = new Metadata();
            asks.put(Metadata.Key.of("fovea-key", Metadata.ASCII_STRING_MARSHALLER), key);
            AtomicReference<Metadata> heads = new AtomicReference<>();
            ModelInferResponse response = GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(
                            MetadataUtils.newAttachHeadersInterceptor(asks),
                            MetadataUtils.newCaptureMetadataInterceptor(heads, new AtomicReference<>()))
                    .modelInfer(GrpcTest.picture("pets").build());
            channel.shutdownNow();
            return response.getModelVersion() + " "
                    + heads.get().get(Metadata.Key.of("fovea-model-version", Metadata.ASCII_STRING_MARSHALLER));
        }

        @Test
        void can_be_between_two_models() {
            serve(List.of("pets=pets/1:1,birds:1"), List.of());
            assertThat(answering(20)).containsOnlyKeys("pets/1", "birds/1");
        }

        @Test
        void leaves_alone_whoever_names_a_version() {
            serve(List.of("pets=1:1"), List.of());
            for (int i = 0; i < 5; i++)
                assertThat(asked.put("/predictions/pets/versions/2", PICTURE)
                                .json()
                                .path("version")
                                .asInt())
                        .isEqualTo(2);
        }

        @Test
        void lets_the_others_answer_for_a_version_that_is_gone_and_counts_it() throws IOException {
            serve(List.of("pets=1:1,2:1"), List.of());
            Files.delete(folder.resolve("pets/2/pets.fovea"));
            BusyModel.until(() -> !traffic().path("split").path(1).path("ready").asBoolean());
            assertThat(answering(10)).containsOnlyKeys("pets/1");
            assertThat(traffic().path("split").path(1).path("missed").asInt()).isPositive();
            ExampleModels.write(
                    ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 7, folder.resolve("pets/2/pets.fovea"));
            BusyModel.until(() -> traffic().path("split").path(1).path("ready").asBoolean());
            assertThat(answering(10)).containsOnlyKeys("pets/1", "pets/2");
        }

        @Test
        void is_refused_where_a_version_is_missing_or_answers_otherwise_and_nothing_changes() {
            Traffic traffic = new Traffic(models);
            for (String wrong : List.of("pets=1:1,9:1", "pets=1:1,age:1", "pets=nobody:1", "nobody=1:1"))
                assertThatThrownBy(
                                () -> TrafficPlan.of(List.of(wrong), List.of()).forEach(traffic::set))
                        .as(wrong)
                        .isInstanceOf(RuntimeException.class)
                        .hasMessageNotContaining("null");
            ExampleModels.write(
                    ExampleModels.CLASSIFIER,
                    ExampleModels.CLASSES,
                    5,
                    Golden.WRONG,
                    folder.resolve("pets/5/pets.fovea"));
            models.look();
            assertThatThrownBy(
                            () -> TrafficPlan.of(List.of("pets=5:1"), List.of()).forEach(traffic::set))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Golden picture");
            assertThat(traffic.plans()).isEmpty();
            assertThat(models.serving()).hasSize(3);
            traffic.close();
        }
    }

    @Nested
    @DisplayName("changed while requests go on")
    class Changed {

        @Test
        void by_an_address_that_says_how_it_stands() {
            serve(List.of(), List.of());
            assertThat(answering(4)).containsOnlyKeys("pets/2");
            Asked.Answer put = asked.send(
                    "PUT",
                    "/traffic/pets",
                    "{\"split\":[{\"to\":\"1\",\"weight\":1}],\"shadow\":{\"to\":2,\"percent\":50}}".getBytes());
            assertThat(put.status()).isEqualTo(200);
            assertThat(put.json().path("shadow").path("percent").asInt()).isEqualTo(50);
            assertThat(answering(4)).containsOnlyKeys("pets/1");
            assertThat(asked.get("/traffic")
                            .json()
                            .path("traffic")
                            .path(0)
                            .path("model")
                            .asText())
                    .isEqualTo("pets");
            assertThat(asked.send("DELETE", "/traffic/pets", new byte[0]).json().path("split"))
                    .isEmpty();
            assertThat(answering(4)).containsOnlyKeys("pets/2");
            assertThat(models.serving()).hasSize(3);
        }

        @Test
        void not_by_a_body_that_is_no_plan() {
            serve(List.of("pets=1:1"), List.of());
            for (String wrong : List.of(
                    "x",
                    "[]",
                    "{}",
                    "{\"spilt\":[]}",
                    "{\"split\":3}",
                    "{\"split\":[{\"to\":\"1\"}]}",
                    "{\"split\":[{\"weight\":1}]}",
                    "{\"shadow\":{\"to\":\"1\",\"percent\":200}}",
                    "{\"split\":[{\"to\":\"1\",\"weight\":1,\"x\":1}]}")) {
                Asked.Answer answer = asked.send("PUT", "/traffic/pets", wrong.getBytes());
                assertThat(answer.status()).as(wrong).isEqualTo(400);
                assertThat(answer.json().path("do").asText()).as(wrong).isNotEmpty();
            }
            assertThat(asked.send("PUT", "/traffic/nobody", "{\"shadow\":{\"to\":\"1\"}}".getBytes())
                            .status())
                    .isEqualTo(404);
            assertThat(answering(4)).containsOnlyKeys("pets/1");
        }
    }

    @Nested
    @DisplayName("mirrored to a shadow")
    class Shadow {

        private JsonNode compared(int requests) {
            BusyModel.until(() -> traffic().path("shadow").path("compared").asInt()
                            + traffic().path("shadow").path("failed").asInt()
                            + traffic().path("shadow").path("dropped").asInt()
                    == requests);
            return traffic().path("shadow");
        }

        @Test
        void is_compared_with_the_answer_and_never_returned() {
            serve(List.of("pets=1:1"), List.of("pets=2"));
            assertThat(answering(8)).containsOnlyKeys("pets/1");
            float[] one = probabilities(1);
            float[] two = probabilities(2);
            double largest = 0;
            for (int i = 0; i < 3; i++) largest = Math.max(largest, Math.abs(one[i] - two[i]));
            JsonNode shadow = compared(8);
            assertThat(shadow.path("compared").asInt()).isEqualTo(8);
            assertThat(shadow.path("pictures").asInt()).isEqualTo(8);
            assertThat(shadow.path("largestDifference").asDouble())
                    .isEqualTo(largest, org.assertj.core.data.Offset.offset(1e-6));
            assertThat(shadow.path("agreement").asDouble()).isEqualTo(best(one) == best(two) ? 1 : 0);
            assertThat(shadow.path("shadowSeconds").asDouble()).isPositive();
            assertThat(asked.get("/metrics").text())
                    .contains("fovea_shadow_requests_total{model=\"pets\",shadow=\"2\",outcome=\"compared\"} 8")
                    .contains("fovea_shadow_ranked_pictures_total{model=\"pets\",shadow=\"2\"} 8")
                    .contains("fovea_shadow_difference_count{model=\"pets\",shadow=\"2\"} 8");
        }

        private float[] probabilities(int version) {
            float[] values = new float[3];
            for (JsonNode each : asked.put("/predictions/pets/versions/" + version, PICTURE)
                    .json()
                    .path("top"))
                values[each.path("label").asInt()] =
                        (float) each.path("probability").asDouble();
            return values;
        }

        private static int best(float[] values) {
            int best = 0;
            for (int i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
            return best;
        }

        @Test
        void agrees_wholly_where_it_is_the_same_network() throws IOException {
            Files.createDirectories(folder.resolve("pets/9"));
            Files.copy(folder.resolve("pets/1/pets.fovea"), folder.resolve("pets/9/pets.fovea"));
            models.look();
            serve(List.of("pets=1:1"), List.of("pets=9"));
            answering(5);
            JsonNode shadow = compared(5);
            assertThat(shadow.path("agreement").asDouble()).isEqualTo(1);
            assertThat(shadow.path("largestDifference").asDouble()).isZero();
        }

        @Test
        void gets_its_percent_of_the_requests() {
            serve(List.of(), List.of("pets=1:20"));
            answering(50);
            JsonNode shadow = compared(9); // so many of the first 50 multiples of √2 have a fractional part below 0.2
            assertThat(shadow.path("compared").asInt()).isEqualTo(9);
        }

        @Test
        void that_has_gone_fails_no_request() throws IOException {
            serve(List.of(), List.of("pets=1"));
            Files.delete(folder.resolve("pets/1/pets.fovea"));
            BusyModel.until(() -> !traffic().path("shadow").path("ready").asBoolean());
            assertThat(answering(5)).containsOnlyKeys("pets/2");
            assertThat(compared(5).path("failed").asInt()).isEqualTo(5);
        }

        @Test
        void begins_only_while_no_request_waits_and_what_it_has_no_room_for_is_dropped() {
            ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("busy/pets.fovea"));
            try (BusyModel busy = new BusyModel(folder.resolve("busy"))) {
                Traffic traffic = Traffic.of(busy.models, TrafficPlan.of(List.of(), List.of("pets=slow")));
                server = PredictionServer.start(traffic, Optional.empty(), ServerSettings.onThisMachine(0));
                asked = new Asked(server.address());
                try (BusyModel.Occupation work = busy.occupied()) {
                    assertThat(answering(70)).containsOnlyKeys("pets/1");
                    JsonNode shadow = traffic().path("shadow");
                    assertThat(work.isOver()).isFalse();
                    assertThat(shadow.path("compared").asInt()).isZero();
                    assertThat(shadow.path("dropped").asInt()).isGreaterThanOrEqualTo(5); // 64 wait, and one is next
                }
                server.close();
            }
        }

        @Test
        void compares_tensors_too() {
            serve(List.of(), List.of("pets=1"));
            String tensor = "{\"inputs\":[{\"name\":\"input\",\"shape\":[2,3,10,12],\"datatype\":\"FP32\",\"data\":"
                    + java.util.Arrays.toString(new int[720]) + "}]}";
            assertThat(asked.post("/v2/models/pets-tensor/infer", tensor).status())
                    .isEqualTo(200);
            assertThat(compared(1).path("pictures").asInt()).isEqualTo(2);
        }
    }
}
