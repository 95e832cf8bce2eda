package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.task.Classification;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models and pictures that people give, asked over REST; every answer is held to openapi.json. */
@DisplayName("The workbench looks into a model and")
class LookTest {

    private static final String CLASSES = """
        name: classes
        input: [1, 28, 28]
        layers:
          - convolution: {name: conv1, outputs: 6, kernel: 5}
          - batch-norm: {name: norm1}
          - relu: {name: relu1}
          - max-pooling: {name: pool1, kernel: 2}
          - convolution: {name: conv2, outputs: 8, kernel: 3}
          - relu: {name: relu2}
          - flatten: {name: flatten}
          - dense: {name: dense, outputs: 3}
        """;

    private static final String VALUES = """
        name: values
        input: [1, 28, 28]
        layers:
          - convolution: {name: conv1, outputs: 4, kernel: 5}
          - flatten: {name: flatten}
          - dense: {name: dense, outputs: 2}
        """;

    private static final String MASKS = """
        name: masks
        input: [1, 28, 28]
        layers:
          - convolution: {name: conv1, outputs: 4, kernel: 3, padding: 1}
          - relu: {name: relu1}
          - convolution: {name: head, outputs: 3, kernel: 1}
        """;

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Asked server;
    private static String picture;
    private static String way;

    @BeforeAll
    static void has_models() throws IOException {
        workspace = Workspace.at(folder.resolve("workspace"));
        Task classes = new Classification(List.of("ant", "bee", "cat"));
        write("classes", CLASSES, classes);
        write("doomed", CLASSES, classes);
        write(
                "values",
                VALUES,
                new Regression(List.of(new Target("nose_x", Axis.X, 14, 7), new Target("nose_y", Axis.Y, 14, 7))));
        write("masks", MASKS, new Segmentation(List.of("ground", "<b>road</b>", "sky")));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
        server = new Asked(workbench.address());
        picture = kept(digit());
        way = "/api/models/classes/pictures/" + picture;
    }

    @AfterAll
    static void ends() {
        workbench.close();
    }

    private static void write(String name, String yaml, Task task) throws IOException {
        Network network = NetworkYaml.read(yaml, "test");
        Random random = new Random(7);
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification each : Parameters.of(network)) {
            float[] values = new float[Math.toIntExact(each.count())];
            for (int i = 0; i < values.length; i++)
                values[i] = each.name().endsWith("running_var") ? 1 : (float) random.nextGaussian() * 0.2f;
            tensors.add(new NamedTensor(each.name(), each.shape(), values));
        }
        Path file = workspace.model(name).resolve("1").resolve(name + ".fovea");
        Files.createDirectories(file.getParent());
        BundleExport.write(
                new BundleContents(
                        name,
                        network,
                        new Weights(tensors),
                        new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {1}),
                        task,
                        List.of(),
                        List.of(),
                        new Provenance(name, "none", "none", Map.of(), 0, "test", Instant.EPOCH)),
                file);
    }

    private static byte[] digit() {
        return PngWriter.bytes(GeneratedDigits.generate(1, 0, 9).training().picture(4));
    }

    private static String kept(byte[] file) {
        Asked.Answer answer = server.post("/api/pictures", file);
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("picture").asText();
    }

    private static Pixels png(String path) {
        Asked.Answer answer = server.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return PictureDecoder.decode(answer.bytes(), path, ColorMode.COLOR);
    }

    @Nested
    @DisplayName("shows")
    class Shows {

        @Test
        void a_picture_that_was_given_under_one_name() {
            assertThat(kept(digit())).isEqualTo(picture);
            assertThat(server.get("/api/pictures/" + picture)
                            .json()
                            .path("height")
                            .asInt())
                    .isEqualTo(28);
            assertThat(png("/api/pictures/" + picture + "/picture.png").width()).isEqualTo(28);
            assertThat(png("/api/pictures/" + picture + "/picture.png?side=7").width())
                    .isEqualTo(7);
        }

        @Test
        void what_it_says_alike_for_bytes_and_for_a_picture_that_is_kept() {
            JsonNode bytes =
                    server.post("/api/models/classes/predict?top=2", digit()).json();
            JsonNode kept = server.get(way + "?top=2").json();
            assertThat(kept.path("answer")).isEqualTo(bytes.path("answer"));
            assertThat(kept.path("answer").path("top")).hasSize(2);
        }

        @Test
        void points_and_masks_with_their_colours() {
            JsonNode point =
                    server.get("/api/models/values/pictures/" + picture).json();
            assertThat(point.path("answer").path("points").get(0).path("name").asText())
                    .isEqualTo("nose");
            JsonNode mask = server.get("/api/models/masks/pictures/" + picture).json();
            assertThat(mask.path("overlay").asText()).startsWith("data:image/png;base64,");
            assertThat(mask.path("answer").path("classes")).hasSize(3);
            assertThat(mask.path("colors").toString()).isEqualTo("[\"#000000\",\"#800000\",\"#008000\"]");
        }

        @Test
        void every_layer_with_the_values_of_the_answer() {
            JsonNode way = server.get(LookTest.way + "/layers").json();
            assertThat(way.path("layers").findValuesAsText("layer"))
                    .containsExactly("conv1", "norm1", "relu1", "pool1", "conv2", "relu2", "flatten", "dense");
            JsonNode last = way.path("layers").get(7).path("statistics");
            JsonNode logits = way.path("answer").path("logits");
            double largest = 0;
            for (JsonNode logit : logits) largest = Math.max(largest, logit.asDouble());
            assertThat(last.path("maximum").asDouble())
                    .isCloseTo(largest, org.assertj.core.api.Assertions.within(1e-4));
            assertThat(way.path("filters").findValuesAsText("layer"))
                    .containsExactly("conv1", "norm1", "conv2", "dense");
        }

        @Test
        void maps_together_and_alone() {
            JsonNode sheet =
                    server.get(way + "/layers").json().path("layers").get(0).path("sheet");
            Pixels maps = png(way + "/maps.png?layer=conv1");
            assertThat(maps.width())
                    .isEqualTo(sheet.path("columns").asInt()
                                    * (sheet.path("tileWidth").asInt()
                                            + sheet.path("gap").asInt())
                            - sheet.path("gap").asInt());
            assertThat(png(way + "/maps.png?layer=conv1&range=layer&first=2&most=3")
                            .height())
                    .isPositive();
            JsonNode map = server.get(way + "/map?layer=conv1&channel=5").json();
            assertThat(map.path("values")).hasSize(24 * 24);
            assertThat(map.path("picture").asText()).startsWith("data:image/png;base64,");
            assertThat(png(way + "/prepared.png").height()).isEqualTo(28);
            assertThat(png("/api/models/classes/filters.png?layer=conv2").width())
                    .isPositive();
        }

        @ParameterizedTest
        @CsvSource({
            "conv1, 5, 3, 4, convolution",
            "norm1, 2, 0, 0, formula",
            "relu1, 2, 23, 23, formula",
            "pool1, 1, 3, 4, pooling",
            "flatten, 799, 0, 0, formula",
            "dense, 2, 0, 0, dense"
        })
        void the_arithmetic_of_a_value(String layer, int channel, int x, int y, String of) {
            JsonNode found = server.get(
                            way + "/arithmetic?layer=" + layer + "&channel=" + channel + "&x=" + x + "&y=" + y)
                    .json();
            assertThat(found.path("of").asText()).isEqualTo(of);
            double byHand = found.has("sum")
                    ? found.path("sum").asDouble()
                    : found.path("result").asDouble();
            assertThat(byHand).isCloseTo(found.path("given").asDouble(), org.assertj.core.api.Assertions.within(1e-5));
        }

        @Test
        void places_that_speak_for_a_class() {
            JsonNode heat = server.get(way + "/grad-cam?class=bee").json();
            assertThat(heat.path("name").asText()).isEqualTo("bee");
            assertThat(server.get(way + "/grad-cam?layer=conv1")
                            .json()
                            .path("layer")
                            .asText())
                    .isEqualTo("conv1");
            JsonNode covered = server.get(way + "/occlusion?window=7&stride=7").json();
            assertThat(covered.path("values")).hasSize(16);
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/pictures/0123456789abcdef0123456789abcdef",
                    "/api/pictures/..%2f..%2fqueue.json",
                    "/api/pictures/x",
                    "/api/models/classes/pictures/x",
                    "/api/models/classes/pictures/x/layers",
                    "/api/models/nothing/pictures/PICTURE/layers",
                    "/api/models/..%2f/pictures/PICTURE/layers",
                    "/api/models/nothing/filters.png?layer=conv1"
                })
        void what_is_not_there(String path) {
            assertThat(server.get(path.replace("PICTURE", picture)).status()).isBetween(400, 404);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?top=0",
                    "?top=many",
                    "/maps.png",
                    "/maps.png?layer=conv9",
                    "/maps.png?layer=conv1&first=-1",
                    "/maps.png?layer=conv1&most=0",
                    "/map?layer=conv1&channel=6",
                    "/map?layer=conv1&channel=-1",
                    "/arithmetic?layer=conv1&x=24",
                    "/arithmetic?layer=conv1&y=-1",
                    "/arithmetic?layer=dense&channel=3",
                    "/arithmetic?layer=dense&x=1",
                    "/arithmetic?layer=../../etc",
                    "/grad-cam?class=bees",
                    "/grad-cam?layer=dense",
                    "/occlusion?window=0",
                    "/occlusion?class=%3Cscript%3E"
                })
        void a_wrong_question_with_what_to_ask_instead(String question) {
            Asked.Answer answer = server.get(way + question);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("do").asText()).isNotBlank();
        }

        @Test
        void what_is_no_picture_or_a_broken_or_a_huge_one() {
            byte[] digit = digit();
            byte[] cut = java.util.Arrays.copyOf(digit, digit.length / 2);
            byte[] page = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
            byte[] huge = "P5 60000 60000 255\n".getBytes(StandardCharsets.UTF_8);
            for (byte[] wrong : List.of(cut, page, huge)) {
                assertThat(server.post("/api/pictures", wrong).status()).isEqualTo(422);
                assertThat(server.post("/api/models/classes/predict", wrong).status())
                        .isEqualTo(422);
            }
            assertThat(server.post("/api/pictures", "").status()).isEqualTo(422);
            assertThat(server.post("/api/pictures", new byte[Body.MOST_BYTES + 1])
                            .status())
                    .isEqualTo(413);
            assertThat(folder.resolve("workspace/workbench/tried")).isDirectoryNotContaining("glob:**.part");
        }

        @Test
        void a_model_that_is_deleted_meanwhile() throws IOException {
            String doomed = "/api/models/doomed/pictures/" + picture;
            assertThat(server.get(doomed + "/layers").status()).isEqualTo(200);
            Files.delete(workspace.newestModel("doomed").orElseThrow());
            assertThat(server.get(doomed + "/layers").status()).isBetween(404, 422);
            assertThat(server.get(doomed + "/map?layer=conv1").status()).isBetween(404, 422);
            assertThat(server.get(doomed).status()).isBetween(404, 422);
            assertThat(server.get(way).status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("loses one answer when a process is killed:")
    class Killed {

        @Test
        void the_next_one_is_answered_again() {
            assertThat(server.get(way + "/layers").status()).isEqualTo(200);
            CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(
                    () -> server.get(way + "/occlusion?window=2&stride=1").status());
            while (!asked.isDone()) {
                // no job runs here: all of them are workers
                ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
                pause();
            }
            assertThat(asked.join()).isEqualTo(503);
            assertThat(server.get(way + "/layers").status()).isEqualTo(200);
            assertThat(server.get(way).status()).isEqualTo(200);
        }

        private static void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
