package io.fovea.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.fovea.adopt.AdoptionLine.Outcome;
import io.fovea.adopt.AdoptionLine.Part;
import io.fovea.bundle.AdoptedOrigin;
import io.fovea.bundle.Bundle;
import io.fovea.codec.PngWriter;
import io.fovea.export.BundleImport;
import io.fovea.image.ColorConversion;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of no tool but ONNX is there a public sample here: {@link Projects} makes small projects as the documentation describes them. */
@DisplayName("Adopting a project")
class AdoptionTest {

    private static final Offset<Float> ROUNDING = within(1e-5f);

    @TempDir
    Path folder;

    private Path scratch;

    @BeforeEach
    void a_folder_for_what_is_unpacked() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    private Adoption adopt(ProjectKind kind, Path path, AdoptionSettings settings) {
        return Adoption.of(kind, path, settings, scratch);
    }

    private Path model(Adoption adoption) {
        Path file = folder.resolve("adopted.fovea");
        adoption.model().orElseThrow().write("adopted", file);
        return file;
    }

    private static Outcome outcome(Adoption adoption, Part part) {
        return adoption.lines().stream()
                .filter(line -> line.part() == part)
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private static void isRefused(ThrowingCallable asking, String... words) {
        assertThatThrownBy(asking).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.threeLines())
                .contains(words));
    }

    private static AdoptionSettings settings(Optional<Path> labels, Optional<String> output) {
        return new AdoptionSettings(
                labels,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                output);
    }

    @Nested
    @DisplayName("from an ONNX file")
    class FromOnnx {

        private Path file(byte[] onnx) throws IOException {
            return Files.write(folder.resolve("means.onnx"), onnx);
        }

        /** Red 255, green 0, blue 51: means 1, 0 and 0.2. */
        private Pixels reddish() {
            byte[] bytes = new byte[4 * 5 * 3];
            for (int i = 0; i < bytes.length; i += 3) {
                bytes[i] = (byte) 255;
                bytes[i + 2] = 51;
            }
            return new Pixels(4, 5, 3, bytes);
        }

        @Test
        void answers_as_the_file_does_with_channels_first() throws IOException {
            Adoption adoption =
                    adopt(ProjectKind.ONNX, file(Projects.onnx(new int[] {0, 3, 4, 5}, "")), AdoptionSettings.NONE);

            // (1, 0, 0.2) times the matrix
            assertThat(Projects.answer(model(adoption), reddish(), "logits"))
                    .containsExactly(new float[] {2.4f, 0.4f, 4.8f}, ROUNDING);
            assertThat(outcome(adoption, Part.PARITY)).isEqualTo(Outcome.CAME_ALONG);
            assertThat(outcome(adoption, Part.LABELS)).isEqualTo(Outcome.LEFT);
            assertThat(outcome(adoption, Part.PREPROCESSING)).isEqualTo(Outcome.LEFT);
        }

        @Test
        void answers_as_the_file_does_with_channels_last_and_one_picture_at_a_time() throws IOException {
            Adoption adoption =
                    adopt(ProjectKind.ONNX, file(Projects.onnx(new int[] {1, 4, 5, 3}, "")), AdoptionSettings.NONE);

            assertThat(Projects.answer(model(adoption), reddish(), "logits"))
                    .containsExactly(new float[] {2.4f, 0.4f, 4.8f}, ROUNDING);
        }

        @Test
        void takes_the_logits_from_before_a_softmax() throws IOException {
            Adoption adoption = adopt(
                    ProjectKind.ONNX, file(Projects.onnx(new int[] {0, 3, 4, 5}, "Softmax")), AdoptionSettings.NONE);

            Path model = model(adoption);
            assertThat(Projects.answer(model, reddish(), "logits"))
                    .containsExactly(new float[] {2.4f, 0.4f, 4.8f}, ROUNDING);
            // exp(−2.4), exp(−4.4) and 1, over 1.1030
            assertThat(Projects.answer(model, reddish(), "probabilities"))
                    .containsExactly(new float[] {0.08225f, 0.01113f, 0.90662f}, within(1e-4f));
        }

        @Test
        void makes_a_bundle_that_says_where_it_comes_from_and_that_its_layers_are_unknown() throws IOException {
            Path labels = Files.writeString(folder.resolve("names.txt"), "cat\ndog\ngrößer\n");
            Path model = model(adopt(
                    ProjectKind.ONNX,
                    file(Projects.onnx(new int[] {0, 3, 4, 5}, "")),
                    settings(Optional.of(labels), Optional.empty())));

            Bundle bundle = Bundle.open(model);
            assertThat(AdoptedOrigin.of(bundle.manifest()).orElseThrow().file()).isEqualTo("means.onnx");
            assertThat(((Classification) bundle.manifest().task()).classNames())
                    .containsExactly("cat", "dog", "größer");
            assertThat(bundle.manifest().golden()).hasSize(16);
            assertThat(bundle.manifest().sizes().parameters()).isEqualTo(9);
            assertThat(bundle.manifest().sizes().multiplyAccumulates()).isEqualTo(9);
            isRefused(() -> BundleImport.read(bundle, "here"), "network of others");
        }

        @Test
        void refuses_what_is_no_classifier_of_pictures_and_says_why() throws IOException {
            isRefused(
                    () -> adopt(ProjectKind.ONNX, file(Projects.bytes("no network")), AdoptionSettings.NONE),
                    "no ONNX file");
            isRefused(
                    () -> adopt(
                            ProjectKind.ONNX,
                            file(Projects.onnx(new int[] {0, 3, 4, 5}, "Sigmoid")),
                            AdoptionSettings.NONE),
                    "several may be true at once");
            isRefused(
                    () -> adopt(
                            ProjectKind.ONNX, file(Projects.onnx(new int[] {0, 3, 0, 0}, "")), AdoptionSettings.NONE),
                    "leaves the height of its pictures free",
                    "say with --size");
            isRefused(
                    () -> adopt(
                            ProjectKind.ONNX, file(Projects.onnx(new int[] {2, 3, 4, 5}, "")), AdoptionSettings.NONE),
                    "takes exactly 2 pictures at once");
            isRefused(
                    () -> adopt(
                            ProjectKind.ONNX, file(Projects.onnx(new int[] {0, 3, 4, 3}, "")), AdoptionSettings.NONE),
                    "which axis of the input has the channels");
            isRefused(
                    () -> adopt(
                            ProjectKind.ONNX,
                            file(Projects.onnx(new int[] {0, 3, 4, 5}, "")),
                            settings(Optional.empty(), Optional.of("anser"))),
                    "did you mean \"answer\"?");
        }

        @Test
        void refuses_names_that_are_not_as_many_as_the_outputs() throws IOException {
            Path labels = Files.writeString(folder.resolve("names.txt"), "cat\ndog\n");

            isRefused(
                    () -> adopt(
                            ProjectKind.ONNX,
                            file(Projects.onnx(new int[] {0, 3, 4, 5}, "")),
                            settings(Optional.of(labels), Optional.empty())),
                    "3 outputs, and there are 2 class names");
        }

        @Test
        void names_the_file_of_names_that_is_not_there() {
            Path labels = folder.resolve("nams.txt");

            isRefused(
                    () -> adopt(
                            ProjectKind.ONNX,
                            file(Projects.onnx(new int[] {0, 3, 4, 5}, "")),
                            settings(Optional.of(labels), Optional.empty())),
                    "no such file of class names",
                    labels.toString());
        }

        @ParameterizedTest
        @CsvSource({"123.675, 0.229", "-0.1, 0.229", "NaN, 0.229", "0.485, 58.395", "0.485, 0", "0.485, NaN"})
        void refuses_a_mean_and_a_std_of_bytes(double mean, double std) throws IOException {
            AdoptionSettings settings = new AdoptionSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(mean),
                    List.of(std),
                    Optional.empty(),
                    Optional.empty());

            isRefused(
                    () -> adopt(ProjectKind.ONNX, file(Projects.onnx(new int[] {0, 3, 4, 5}, "")), settings),
                    "numbers from 0 to 1",
                    "by 255");
        }

        @Test
        void refuses_weights_in_another_file() throws IOException {
            OnnxMl.ModelProto.Builder model =
                    OnnxMl.ModelProto.parseFrom(Projects.onnx(new int[] {0, 3, 4, 5}, "")).toBuilder();
            model.getGraphBuilder().getInitializerBuilder(0).setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);

            isRefused(
                    () -> adopt(ProjectKind.ONNX, file(model.build().toByteArray()), AdoptionSettings.NONE),
                    "save_as_external_data=False");
        }
    }

    @Nested
    @DisplayName("from Teachable Machine")
    class FromTeachableMachine {

        /** By src/test/python/adopt/keras.py, with PyTorch 1.13. */
        private static final float[] EXPECTED = {-0.011223f, -0.011739f, -0.006734f};

        @Test
        void a_tensorflow_js_export_answers_as_pytorch_does_by_the_same_weights() throws IOException {
            Path project = Projects.tensorFlowJs(folder.resolve("my_model"), Projects.kerasTopology());
            Adoption adoption = adopt(ProjectKind.TEACHABLE_MACHINE, project, AdoptionSettings.NONE);

            Path model = model(adoption);
            assertThat(Projects.answer(model, Projects.picture(9, 8), "logits")).containsExactly(EXPECTED, ROUNDING);
            assertThat(Bundle.open(model).manifest().task().names()).containsExactly("rock", "paper", "scissors");
            assertThat(outcome(adoption, Part.PARITY)).isEqualTo(Outcome.LEFT);
            assertThat(BundleImport.read(Bundle.open(model), "here").network().nodes())
                    .hasSizeGreaterThan(10);
        }

        @Test
        void a_keras_export_has_the_same_network_and_its_own_preparation() throws IOException {
            Path zip = Projects.keras(folder.resolve("converted_keras.zip"));
            Path model = model(adopt(ProjectKind.TEACHABLE_MACHINE, zip, AdoptionSettings.NONE));

            Bundle bundle = Bundle.open(model);
            assertThat(bundle.manifest().task().names()).containsExactly("rock", "paper", "scissors");
            assertThat(bundle.manifest().preprocessing().mean()).containsOnly(0.5f);
            assertThat(bundle.manifest().preprocessing().resizeMode()).isEqualTo(ResizeMode.CROP);
            assertThat(BundleImport.read(bundle, "here").weights().values("Conv1.weight"))
                    .startsWith((float) (0.3 * Math.sin(1)));
        }

        @Test
        void pictures_in_folders_of_classes_go_to_the_importer() throws IOException {
            byte[] picture = PngWriter.bytes(Projects.picture(6, 6));
            Path file = folder.resolve("project.tm");
            Projects.zip(
                    file, Map.of("manifest.json", Projects.bytes("{}"), "rock/0.png", picture, "paper/0.png", picture));
            Adoption adoption = adopt(ProjectKind.TEACHABLE_MACHINE, file, AdoptionSettings.NONE);

            assertThat(adoption.pictures()).containsExactly(scratch.toString());
            assertThat(adoption.model()).isEmpty();
        }

        @Test
        void names_a_layer_that_is_not_known() throws IOException {
            Path project = Projects.tensorFlowJs(
                    folder.resolve("odd"), Projects.kerasTopology().replace("\"Add\"", "\"LayerNormalization\""));

            isRefused(
                    () -> adopt(ProjectKind.TEACHABLE_MACHINE, project, AdoptionSettings.NONE),
                    "\"add\" of the kind LayerNormalization");
        }

        @Test
        void names_what_is_missing() throws IOException {
            Path project = Projects.tensorFlowJs(folder.resolve("cut"), Projects.kerasTopology());
            byte[] weights = Files.readAllBytes(project.resolve("weights.bin"));
            Files.write(project.resolve("weights.bin"), Arrays.copyOf(weights, weights.length - 4));
            isRefused(
                    () -> adopt(ProjectKind.TEACHABLE_MACHINE, project, AdoptionSettings.NONE),
                    "end before \"dense_Dense2/kernel\"");

            Files.delete(project.resolve("weights.bin"));
            isRefused(
                    () -> adopt(ProjectKind.TEACHABLE_MACHINE, project, AdoptionSettings.NONE),
                    "\"weights.bin\" is not there");
        }

        @Test
        void refuses_what_is_no_hdf5_file_and_what_is_for_running_only() throws IOException {
            Path h5 = Files.writeString(folder.resolve("keras_model.h5"), "no HDF5");
            isRefused(() -> adopt(ProjectKind.TEACHABLE_MACHINE, h5, AdoptionSettings.NONE), "no HDF5 file");

            Path lite = Files.writeString(folder.resolve("model_unquant.tflite"), "TFL3");
            isRefused(() -> adopt(ProjectKind.TEACHABLE_MACHINE, lite, AdoptionSettings.NONE), "as Keras");
        }

        @Test
        void stops_at_an_archive_that_leads_out_of_its_folder() throws IOException {
            Path zip = folder.resolve("evil.zip");
            Projects.zip(zip, Map.of("../evil.txt", Projects.bytes("out")));

            assertThatThrownBy(() -> adopt(ProjectKind.TEACHABLE_MACHINE, zip, AdoptionSettings.NONE))
                    .isInstanceOf(Problem.class);
            assertThat(folder.resolve("evil.txt")).doesNotExist();
        }
    }

    @Nested
    @DisplayName("from Lobe")
    class FromLobe {

        private Path export(String filename, String format) throws IOException {
            Path project = Files.createDirectories(folder.resolve("lobe"));
            Files.write(project.resolve("model.onnx"), Projects.onnx(new int[] {0, 4, 5, 3}, "Softmax"));
            Files.writeString(
                    project.resolve("signature.json"),
                    "{\"doc_name\": \"hands\", \"format\": \"" + format + "\", \"filename\": \"" + filename
                            + "\", \"classes\": {\"Label\": [\"rock\", \"paper\", \"scissors\"]},"
                            + " \"inputs\": {\"Image\": {\"name\": \"input\", \"shape\": [null, 4, 5, 3]}},"
                            + " \"outputs\": {\"Confidences\": {\"name\": \"answer\"}}, \"export_model_version\": 1}");
            return project;
        }

        @Test
        void an_onnx_export_brings_its_classes_and_cuts_the_middle_out() throws IOException {
            Bundle bundle =
                    Bundle.open(model(adopt(ProjectKind.LOBE, export("model.onnx", "onnx"), AdoptionSettings.NONE)));

            assertThat(bundle.manifest().task().names()).containsExactly("rock", "paper", "scissors");
            assertThat(bundle.manifest().preprocessing().resizeMode()).isEqualTo(ResizeMode.CROP);
        }

        @Test
        void refuses_other_forms_and_files_that_are_not_there() throws IOException {
            Path other = export("saved_model.tflite", "tf_lite");
            isRefused(
                    () -> adopt(ProjectKind.LOBE, other, AdoptionSettings.NONE),
                    "export the project from Lobe as ONNX");
            Path missing = export("../model.onnx", "onnx");
            isRefused(() -> adopt(ProjectKind.LOBE, missing, AdoptionSettings.NONE), "not beside signature.json");
            isRefused(() -> adopt(ProjectKind.LOBE, scratch, AdoptionSettings.NONE), "with signature.json");
        }
    }

    @Nested
    @DisplayName("that is broken")
    class Broken {

        private Path digits(String deploy) throws IOException {
            return Projects.digits(folder.resolve("broken"), deploy);
        }

        @Test
        void has_names_of_any_length() throws IOException {
            Path project = digits(Projects.DEPLOY.replace("\"Small\"", '"' + "a".repeat(100_000) + '"'));

            assertThat(outcome(adopt(ProjectKind.DIGITS, project, AdoptionSettings.NONE), Part.WEIGHTS))
                    .isEqualTo(Outcome.CAME_ALONG);
        }

        @Test
        void pools_what_are_no_maps() throws IOException {
            Path project = digits(Projects.DEPLOY.replace(
                    "layer { name: \"relu2\" type: \"ReLU\"", "layer { name: \"relu2\" type: \"Pooling\""));

            isRefused(() -> adopt(ProjectKind.DIGITS, project, AdoptionSettings.NONE), "reads what are no maps");
        }

        @Test
        void joins_nothing() throws IOException {
            Path project = digits(Projects.DEPLOY.replace(
                    "layer { name: \"prob\"", "layer { name: \"join\" type: \"Concat\" }\nlayer { name: \"prob\""));

            isRefused(() -> adopt(ProjectKind.DIGITS, project, AdoptionSettings.NONE), "reads nothing");
        }

        @Test
        void pads_by_half_of_a_list() throws IOException {
            Path project = Projects.tensorFlowJs(
                    folder.resolve("odd"), Projects.kerasTopology().replace("[[0, 1], [0, 1]]", "[[0], [1]]"));

            isRefused(
                    () -> adopt(ProjectKind.TEACHABLE_MACHINE, project, AdoptionSettings.NONE),
                    "The padding of \"pad\" is not known");
        }
    }

    @Nested
    @DisplayName("from JetBot")
    class FromJetBot {

        @Test
        void folders_of_classes_and_points_in_names_go_to_the_importer() throws IOException {
            byte[] picture = PngWriter.bytes(Projects.picture(6, 6));
            List<Path> files = new ArrayList<>();
            for (String name : List.of("free/a.jpg", "blocked/b.jpg"))
                files.add(folder.resolve("dataset").resolve(name));
            for (String name : List.of("xy_020_090_a.jpg", "xy_050_050_b.jpg"))
                files.add(folder.resolve("dataset_xy").resolve(name));
            for (Path file : files) {
                Files.createDirectories(file.getParent());
                Files.write(file, picture);
            }

            Adoption classes = adopt(ProjectKind.JETBOT, folder.resolve("dataset"), AdoptionSettings.NONE);
            Adoption points = adopt(ProjectKind.JETBOT, folder.resolve("dataset_xy"), AdoptionSettings.NONE);
            assertThat(classes.pictures())
                    .containsExactly(folder.resolve("dataset").toString());
            assertThat(points.pictures())
                    .containsExactly(folder.resolve("dataset_xy").toString());
            assertThat(points.settings()).containsEntry("truth", Map.of("kind", "numbers", "unit", "percent"));
        }

        private Path weights(String name) {
            Network network = Catalogue.network("squeezenet1_1", new Shape(3, 64, 64), 2);
            Path file = folder.resolve(name);
            Safetensors.write(PatternWeights.of(network), Map.of(), file);
            return file;
        }

        private static AdoptionSettings ofSide(int side, Optional<ChannelOrder> order) {
            return new AdoptionSettings(
                    Optional.empty(),
                    Optional.of(side),
                    Optional.of(side),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    order,
                    Optional.empty());
        }

        @Test
        void weights_of_collision_avoidance_see_red_first_and_know_two_classes() {
            Path model = model(adopt(ProjectKind.JETBOT, weights("best_model.pth"), ofSide(64, Optional.empty())));

            Bundle bundle = Bundle.open(model);
            assertThat(bundle.manifest().task().names()).containsExactly("blocked", "free");
            assertThat(bundle.manifest().preprocessing().mean()).containsExactly(0.485f, 0.456f, 0.406f);
            assertThat(bundle.manifest().preprocessing().resizeMode()).isEqualTo(ResizeMode.SQUASH);
        }

        /** The notebook turns each picture round before it normalises it. */
        @Test
        void weights_of_road_following_see_blue_first_which_is_normalised_as_red() {
            Path file = weights("best_steering_model_xy.pth");
            Pixels picture = Projects.picture(64, 64);
            Pixels turned = new Pixels(
                    64, 64, 3, ColorConversion.redFirst(picture.values().clone()));

            Path model = model(adopt(ProjectKind.JETBOT, file, ofSide(64, Optional.empty())));
            float[] found = Projects.answer(model, picture, "values");
            assertThat(Bundle.open(model).manifest().preprocessing().mean()).containsExactly(0.406f, 0.456f, 0.485f);

            Path redFirst = model(adopt(ProjectKind.JETBOT, file, ofSide(64, Optional.of(ChannelOrder.RGB))));
            assertThat(found).containsExactly(Projects.answer(redFirst, turned, "values"), ROUNDING);
            assertThat(found).isNotEqualTo(Projects.answer(redFirst, picture, "values"));
        }

        @Test
        void weights_of_the_interactive_notebook_are_points_and_see_red_first() {
            Path model =
                    model(adopt(ProjectKind.JETBOT, weights("road_following_model.pth"), ofSide(64, Optional.empty())));

            Bundle bundle = Bundle.open(model);
            assertThat(bundle.manifest().task().names()).containsExactly("x", "y");
            assertThat(bundle.manifest().preprocessing().mean()).containsExactly(0.485f, 0.456f, 0.406f);
        }

        @Test
        void weights_of_the_interactive_notebook_see_red_first_beside_pictures_with_points_too() throws IOException {
            Path project = Files.createDirectories(folder.resolve("interactive"));
            Files.copy(weights("road_following_model.pth"), project.resolve("road_following_model.pth"));
            Files.write(project.resolve("xy_020_090_a.jpg"), PngWriter.bytes(Projects.picture(6, 6)));

            Path model = model(adopt(ProjectKind.JETBOT, project, ofSide(64, Optional.empty())));

            assertThat(Bundle.open(model).manifest().preprocessing().mean()).containsExactly(0.485f, 0.456f, 0.406f);
        }

        @Test
        void refuses_a_pickle_that_wants_code_run() throws IOException {
            // protocol 2: os.system("…")
            Path file = Files.write(
                    folder.resolve("best_model.pth"),
                    "\u0080\u0002cos\nsystem\n(X\u0002\u0000\u0000\u0000lstR.".getBytes(StandardCharsets.ISO_8859_1));

            assertThatThrownBy(() -> adopt(ProjectKind.JETBOT, file, AdoptionSettings.NONE))
                    .isInstanceOf(Problem.class);
        }

        @Test
        void refuses_a_folder_without_any_of_it() {
            isRefused(() -> adopt(ProjectKind.JETBOT, scratch, AdoptionSettings.NONE), "free and blocked");
        }
    }

    @Nested
    @DisplayName("from DIGITS")
    class FromDigits {

        /** By src/test/python/adopt/caffe.py, with PyTorch 1.13. */
        private static final float[] EXPECTED = {0.403614f, 0.297562f, -0.196124f};

        @Test
        void a_downloaded_model_answers_as_pytorch_does_by_the_same_weights() throws IOException {
            Path project = Projects.digits(folder.resolve("digits"), Projects.DEPLOY);
            Adoption adoption = adopt(ProjectKind.DIGITS, project, AdoptionSettings.NONE);

            Path model = model(adoption);
            assertThat(Projects.answer(model, Projects.picture(10, 9), "logits"))
                    .containsExactly(EXPECTED, ROUNDING);
            assertThat(outcome(adoption, Part.PREPROCESSING)).isEqualTo(Outcome.CHANGED);
            assertThat(outcome(adoption, Part.WEIGHTS)).isEqualTo(Outcome.CAME_ALONG);
            assertThat(outcome(adoption, Part.DATA)).isEqualTo(Outcome.LEFT);
        }

        @Test
        void names_a_layer_that_is_not_known_and_one_without_weights() throws IOException {
            Path odd = Projects.digits(folder.resolve("odd"), Projects.DEPLOY.replace("\"Dropout\"", "\"Python\""));
            isRefused(() -> adopt(ProjectKind.DIGITS, odd, AdoptionSettings.NONE), "\"drop\" of the kind Python");

            Path other = Projects.digits(folder.resolve("other"), Projects.DEPLOY.replace("\"conv2\"", "\"conv3\""));
            isRefused(() -> adopt(ProjectKind.DIGITS, other, AdoptionSettings.NONE), "none for layer \"conv3\"");
        }

        @Test
        void refuses_damaged_files() throws IOException {
            Path project = Projects.digits(folder.resolve("cut"), Projects.DEPLOY);
            byte[] weights = Files.readAllBytes(project.resolve("snapshot_iter_300.caffemodel"));
            Files.write(project.resolve("snapshot_iter_300.caffemodel"), Arrays.copyOf(weights, 500));
            isRefused(
                    () -> adopt(ProjectKind.DIGITS, project, AdoptionSettings.NONE), "no Caffe model that can be read");

            Path text = Projects.digits(folder.resolve("text"), "layer { name: \"open\"");
            isRefused(() -> adopt(ProjectKind.DIGITS, text, AdoptionSettings.NONE), "\"layer\" is not closed");
        }

        @Test
        void says_which_pictures_are_not_here() throws IOException {
            Path job = Files.createDirectories(folder.resolve("20180222-165843-ada0"));
            Files.writeString(job.resolve("train.txt"), "/data/mnist/train/0/00001.png 0\n");
            Files.writeString(job.resolve("labels.txt"), "0\n1\n");
            Adoption adoption = adopt(ProjectKind.DIGITS, job, AdoptionSettings.NONE);

            assertThat(adoption.pictures()).isEmpty();
            assertThat(adoption.lines().getFirst().words()).contains("/data/mnist/train/0/00001.png");
        }

        @Test
        void takes_pictures_that_are_here_with_their_parts_and_names() throws IOException {
            Path job = Files.createDirectories(folder.resolve("job"));
            Files.write(job.resolve("a.png"), PngWriter.bytes(Projects.picture(6, 6)));
            Files.writeString(job.resolve("train.txt"), job.resolve("a.png") + " 0\n");
            Files.writeString(job.resolve("val.txt"), job.resolve("a.png") + " 1\n");
            Files.writeString(job.resolve("labels.txt"), "cat\ndog\n");

            assertThat(adopt(ProjectKind.DIGITS, job, AdoptionSettings.NONE).pictures())
                    .containsExactly(
                            "train=" + job.resolve("train.txt"),
                            "val=" + job.resolve("val.txt"),
                            "classes=" + job.resolve("labels.txt"));
        }
    }
}
