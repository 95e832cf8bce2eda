package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.codec.PictureDecoder;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.StepFinished;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.module.Engine;
import io.fovea.problem.Problem;
import io.fovea.tensorboard.EventReader;
import io.fovea.tensorboard.WireMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run that writes for TensorBoard")
class TensorBoardTest {

    private static final TrainingSettings SETTINGS =
            TrainingFixture.settings(Engine.VECTOR).withEpochs(3);

    @TempDir
    static Path folder;

    static Dataset dataset;
    static Path run;
    static Path board;

    @BeforeAll
    static void train_once() {
        dataset = Dataset.open(TrainingFixture.digits(folder));
        run = folder.resolve("run");
        board = run.resolve("tensorboard");
        trainer(run, event -> {}, new StopSignal()).run();
    }

    @AfterAll
    static void close_digits() {
        dataset.close();
    }

    @Nested
    @DisplayName("and ends")
    class Ended {

        @Test
        void draws_the_curves_of_the_event_log() {
            Map<Long, Float> losses = new TreeMap<>();
            Map<Long, Float> accuracies = new TreeMap<>();
            for (TrainingEvent event : Trainer.events(run)) {
                if (!(event instanceof StepFinished step)) continue;
                losses.put(step.step(), (float) step.loss());
                accuracies.put(step.step(), (float) step.measures().getFirst().value());
            }
            assertThat(losses).hasSize(42);
            assertThat(EventReader.scalars(board.resolve("train"), "loss")).isEqualTo(losses);
            assertThat(EventReader.scalars(board.resolve("train"), "accuracy")).isEqualTo(accuracies);
            assertThat(EventReader.tags(board.resolve("train")))
                    .containsExactly("accuracy", "images_per_second", "learning_rate", "loss");
        }

        @Test
        void has_a_validation_point_per_epoch_under_the_same_names() {
            Map<Long, Float> losses = new TreeMap<>();
            for (TrainingEvent event : Trainer.events(run)) {
                if (event instanceof EpochFinished epoch) {
                    losses.put(epoch.step(), (float) epoch.validationLoss().getAsDouble());
                }
            }
            assertThat(losses.keySet()).containsExactly(14L, 28L, 42L);
            assertThat(EventReader.scalars(board.resolve("validation"), "loss")).isEqualTo(losses);
            assertThat(EventReader.tags(board.resolve("validation"))).containsExactly("accuracy", "loss");
        }

        @Test
        void counts_every_weight_and_gradient_once_an_epoch() {
            for (String kind : List.of("weights/", "gradients/")) {
                Map<Long, WireMessage> points = EventReader.values(board, kind + "conv1.weight");
                assertThat(points.keySet()).containsExactly(14L, 28L, 42L);
                for (WireMessage point : points.values()) {
                    assertThat(point.message(5).real(3))
                            .as("6 windows of 3 by 3")
                            .isEqualTo(54);
                    assertThat(point.message(5).real(1))
                            .isLessThan(point.message(5).real(2));
                }
            }
        }

        @Test
        void shows_a_dozen_training_pictures_with_their_classes() {
            List<String> tags = EventReader.tags(board).stream()
                    .filter(tag -> tag.startsWith("pictures/"))
                    .toList();
            assertThat(tags).hasSize(12).allMatch(tag -> tag.matches("pictures/\\d+ \\d"));
            WireMessage picture =
                    EventReader.values(board, tags.getFirst()).get(0L).message(4);
            Pixels decoded = PictureDecoder.decode(picture.bytes(4), "picture", ColorMode.GREY);
            assertThat(List.of(decoded.height(), decoded.width())).containsExactly(14, 14);
        }

        @Test
        void draws_the_network() {
            List<WireMessage> nodes = EventReader.events(
                            EventReader.files(board).getFirst())
                    .stream()
                    .filter(event -> event.has(4))
                    .findFirst()
                    .orElseThrow()
                    .message(4)
                    .messages(1);
            assertThat(nodes)
                    .extracting(node -> node.text(1))
                    .containsExactly(
                            "input", "conv1", "relu1", "pool1", "dropout1", "flatten1", "dense1", "relu2", "dense2");
            assertThat(nodes.get(1).texts(3)).containsExactly("input");
            assertThat(nodes.get(1).map(5).get("parameters").text(2)).isEqualTo("60");
            assertThat(nodes.get(1).map(5).get("shape").text(2)).isEqualTo("[6, 12, 12]");
        }

        @Test
        void lists_what_was_chosen_and_that_it_went_well() {
            Map<String, WireMessage> chosen = EventReader.values(board, "_hparams_/session_start_info")
                    .get(0L)
                    .message(9)
                    .message(1)
                    .message(2)
                    .message(3)
                    .map(1);
            assertThat(chosen.get("dataset").text(3)).isEqualTo("digits");
            assertThat(chosen.get("network").text(3)).isEqualTo("small");
            assertThat(chosen.get("step.optimizer").text(3)).isEqualTo("adam");
            assertThat(chosen.get("step.optimizer.beta1").real(2)).isEqualTo(0.9);
            assertThat(chosen.get("course.epochs").real(2)).isEqualTo(3);
            assertThat(EventReader.values(board, "_hparams_/session_end_info")).containsOnlyKeys(42L);
        }

        @Test
        void leaves_a_point_with_a_picture_for_every_validation_picture() throws IOException {
            int count = dataset.count(Split.VALIDATION);
            List<String> points = Files.readAllLines(board.resolve("tensors.tsv"));
            assertThat(points).hasSize(count).allMatch(row -> row.split("\t").length == 10);
            List<String> names = Files.readAllLines(board.resolve("metadata.tsv"));
            assertThat(names).hasSize(count + 1).startsWith("class\tprediction\tpicture");
            Pixels sprite =
                    PictureDecoder.decode(Files.readAllBytes(board.resolve("sprite.png")), "sprite", ColorMode.GREY);
            int columns = (int) Math.ceil(Math.sqrt(count));
            assertThat(List.of(sprite.height(), sprite.width())).containsExactly(14 * columns, 14 * columns);
            Pixels second = dataset.picture(Split.VALIDATION, 1);
            assertThat(sprite.at(7, 14 + 7, 0)).isEqualTo(second.at(7, 7, 0));
            assertThat(board.resolve("projector_config.pbtxt")).content().contains("tensors.tsv");
        }

        @Test
        void has_the_same_weights_as_a_run_that_writes_nothing(@TempDir Path plain) {
            TrainingFixture.train(dataset, SETTINGS, plain);
            assertThat(run.resolve("checkpoints/last.safetensors")).isRegularFile();
            assertThat(weights(run)).isEqualTo(weights(plain));
        }

        @Test
        void keeps_the_same_settings_file_as_a_run_that_writes_nothing() throws IOException {
            assertThat(Files.readString(run.resolve("settings.yaml"))).isEqualTo(SettingsYaml.write(SETTINGS));
        }
    }

    @Nested
    @DisplayName("and is stopped")
    class Stopped {

        @Test
        void goes_on_in_further_files_to_the_points_of_a_straight_run(@TempDir Path stopped) {
            StopSignal stop = new StopSignal();
            TrainingListener afterStep20 = event -> {
                if (event instanceof StepFinished step && step.step() >= 20) stop.request();
            };
            trainer(stopped, afterStep20, stop).run();
            Path its = stopped.resolve("tensorboard");
            assertThat(EventReader.scalars(its.resolve("train"), "loss").keySet())
                    .hasSize(20);
            assertThat(EventReader.tags(its)).doesNotContain("_hparams_/session_end_info");

            trainer(stopped, event -> {}, new StopSignal()).run();

            assertThat(EventReader.files(its.resolve("train"))).hasSize(2);
            assertThat(EventReader.scalars(its.resolve("train"), "loss"))
                    .isEqualTo(EventReader.scalars(board.resolve("train"), "loss"));
            assertThat(EventReader.scalars(its.resolve("validation"), "loss"))
                    .isEqualTo(EventReader.scalars(board.resolve("validation"), "loss"));
            assertThat(EventReader.values(its, "weights/conv1.weight").keySet()).containsExactly(14L, 28L, 42L);
            assertThat(EventReader.tags(its)).isEqualTo(EventReader.tags(board));
        }
    }

    @Nested
    @DisplayName("and is killed")
    class Killed {

        @Test
        void goes_on_without_points_that_contradict_the_log(@TempDir Path killed) throws Exception {
            Path output = killed.resolve("output.txt");
            Process process = TrainingProgram.command(
                            folder.resolve("digits"), killed, Engine.VECTOR, RunOutput.TENSORBOARD)
                    .redirectOutput(output.toFile())
                    .start();
            while (process.isAlive() && !Files.readString(output).contains("step 52")) Thread.sleep(2);
            process.destroyForcibly().waitFor();
            assertThat(Files.readString(output)).contains("step 52").doesNotContain("done");
            Path its = killed.resolve("tensorboard");
            assertThat(EventReader.scalars(its.resolve("train"), "loss")).containsKey(52L);

            new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            TrainingFixture.settings(Engine.VECTOR),
                            killed,
                            event -> {},
                            new StopSignal())
                    .writing(Set.of(RunOutput.TENSORBOARD))
                    .run();

            Map<Long, Float> losses = new TreeMap<>();
            for (TrainingEvent event : RunHistory.of(Trainer.events(killed))) {
                if (event instanceof StepFinished step) losses.put(step.step(), (float) step.loss());
            }
            assertThat(losses).hasSize(84);
            assertThat(EventReader.scalars(its.resolve("train"), "loss")).isEqualTo(losses);
            assertThat(EventReader.values(its, "gradients/dense2.bias").keySet())
                    .containsExactly(14L, 28L, 42L, 56L, 70L, 84L);
        }
    }

    @Nested
    @DisplayName("only after its end")
    class Afterwards {

        @Test
        void has_the_same_curves_graph_and_settings(@TempDir Path plain) {
            TrainingFixture.train(dataset, SETTINGS, plain);
            Path its = FinishedRun.writeTensorBoard(plain);
            assertThat(its).isEqualTo(plain.resolve("tensorboard"));
            for (String part : List.of("train", "validation")) {
                assertThat(EventReader.scalars(its.resolve(part), "loss"))
                        .isEqualTo(EventReader.scalars(board.resolve(part), "loss"));
            }
            assertThat(EventReader.tags(its))
                    .containsExactly("_hparams_/session_end_info", "_hparams_/session_start_info");
        }

        @Test
        void leaves_the_files_of_a_run_that_has_them() {
            assertThatThrownBy(() -> FinishedRun.writeTensorBoard(run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("The run has event files already");
        }

        @Test
        void needs_a_run(@TempDir Path empty) {
            assertThatThrownBy(() -> FinishedRun.writeTensorBoard(empty))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("There is no event of a run here");
            assertThat(empty).isEmptyDirectory();
        }
    }

    @Nested
    @DisplayName("where it cannot")
    class Unwritable {

        @Test
        void does_not_even_begin(@TempDir Path full) throws IOException {
            Files.writeString(full.resolve("tensorboard"), "a file");
            assertThatThrownBy(
                            () -> trainer(full, event -> {}, new StopSignal()).run())
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("The events for TensorBoard cannot be written");
            assertThat(Trainer.events(full)).isEmpty();
        }
    }

    private static List<Object> weights(Path folder) {
        return Checkpoint.read(folder.resolve("checkpoints/last.safetensors")).weights().tensors().stream()
                .<Object>map(tensor -> java.util.Arrays.toString(tensor.values()))
                .toList();
    }

    private static Trainer trainer(Path folder, TrainingListener listener, StopSignal stop) {
        return new Trainer(dataset, TrainingFixture.NETWORK, SETTINGS, folder, listener, stop)
                .writing(Set.of(RunOutput.TENSORBOARD));
    }
}
