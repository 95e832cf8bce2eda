package io.fovea.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.adopt.AdoptionSettings;
import io.fovea.adopt.ProjectKind;
import io.fovea.format.ModelFormat;
import io.fovea.format.PreparationPlace;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.training.RunOutput;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.WeightPrecision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A job as YAML")
class JobYamlTest {

    private static final Path FOLDER = Path.of("/somewhere");

    private static final Job.Train TRAINING = new Job.Train(
            "digits",
            Optional.of("lenet"),
            Optional.of("tiny"),
            Optional.of("classification"),
            Optional.of("resnet18-imagenet"),
            Optional.of("last:2"),
            Optional.of("mlp:32"),
            Optional.of(3),
            true,
            Map.of("seed", 7, "course", Map.of("epochs", 5)),
            List.of(RunOutput.NPZ),
            true,
            Optional.empty());

    static Stream<Job> everyKind() {
        Job.Train training = Job.Train.of("digits", "lenet").with(Map.of("seed", 7));
        return Stream.of(
                new Job.Import("pets", List.of("train=/photos/a", "/photos/b.zip"), Map.of("minimumPerClass", 3), true),
                TRAINING,
                training.from("digits-lenet-1", "epoch-003"),
                new Job.ExportCheckpoint("digits-lenet-1", "best", Optional.of("tiny")),
                new Job.Int8(
                        "pets",
                        "digits",
                        Optional.of("tiny"),
                        Optional.of(64),
                        Optional.of("this"),
                        Optional.of(0.1),
                        true),
                Job.Ladder.of("/models/digits.fovea", "digits"),
                new Job.Ladder(
                        "pets",
                        "pets",
                        Optional.of("tiny"),
                        List.of("int8", "pruned"),
                        List.of(0.5, 0.25),
                        Optional.of(3),
                        Optional.of(7L)),
                new Job.ExportModel("digits/2", new ModelFormat.Bundle(), Optional.empty(), false),
                new Job.ExportModel(
                        "digits", new ModelFormat.Tflite(), Optional.empty(), false, true, Optional.of("mnist")),
                new Job.Adopt(
                        "hands",
                        ProjectKind.TEACHABLE_MACHINE,
                        Path.of("/projects/hands.zip"),
                        new AdoptionSettings(
                                Optional.of(Path.of("/projects/names.txt")),
                                Optional.of(96),
                                Optional.of(128),
                                Optional.of(ResizeMode.HALF_CROP),
                                Optional.empty(),
                                List.of(0.5),
                                List.of(0.25, 0.5, 0.75),
                                Optional.of(ChannelOrder.BGR),
                                Optional.of("answer")),
                        true),
                new Job.ExportModel(
                        "/models/digits.fovea",
                        new ModelFormat.Onnx(
                                Optional.of(WeightPrecision.FP16),
                                Optional.of(PreparationPlace.OUTSIDE),
                                Optional.of(13)),
                        Optional.of(Path.of("/out/digits.onnx")),
                        true),
                new Job.Folds(5, training),
                new Job.LearningRate(training),
                new Job.Tune(training, Map.of("learning_rate", "0.1,0.01"), Optional.of(4), true),
                Job.Hybrid.of("digits"),
                new Job.Hybrid(
                        "digits",
                        Optional.of("tiny"),
                        Optional.of("random"),
                        Optional.of("cma-es"),
                        Optional.of("serial-filter"),
                        Optional.of(3),
                        Optional.of(1.5),
                        Optional.of(9),
                        Optional.of("all"),
                        Optional.of("74KB"),
                        Optional.of(2L),
                        Optional.of(1)),
                new Job.Evaluate("/models/a.fovea", "digits", Optional.of("test"), Optional.of(Path.of("/report"))),
                new Job.Export(
                        "resnet18-imagenet",
                        Optional.of("things"),
                        Optional.empty(),
                        Optional.of(Path.of("/names.txt")),
                        false),
                new Job.Recipe("both", List.of(training, Job.Hybrid.of("digits"))));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void of_every_kind_is_read_as_it_was_written(Job job) {
        JobYaml.Order order = new JobYaml.Order(job, List.of("import-pets"));

        assertThat(JobYaml.read(JobYaml.write(order), "job.yaml", FOLDER)).isEqualTo(order);
    }

    @Test
    void needs_no_more_than_what_differs_from_the_usual() {
        JobYaml.Order order = JobYaml.read("""
            kind: train
            data: digits
            network: lenet
            settings: {epochs: 5}
            after: import-digits
            """, "a.yaml", FOLDER);

        assertThat(order.job()).isEqualTo(Job.Train.of("digits", "lenet").with(Map.of("epochs", 5)));
        assertThat(order.after()).containsExactly("import-digits");
    }

    @Test
    void takes_paths_from_its_own_folder() {
        Job job = JobYaml.read("""
            kind: import
            name: pets
            sources: [photos/, train=more/a.zip, /elsewhere/b]
            """, "a.yaml", FOLDER).job();

        assertThat(((Job.Import) job).sources())
                .containsExactly("/somewhere/photos", "train=/somewhere/more/a.zip", "/elsewhere/b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        'kind: trian'                                                      | There is no kind "trian"            | a.yaml         | did you mean "train"
        'data: digits'                                                     | of which kind                       | a.yaml         | kind: train
        'kind: train~data: digits~netwrk: lenet'                           | no setting "netwrk"                 | line 3, netwrk | did you mean "network"
        'kind: train~data: digits~settings:~  epoch: 3'                    | no setting "epoch"                  | line 4, settings, epoch | did you mean "epochs"
        'kind: train~data: digits~settings:~  epochs: many'                | Expected a whole number             | epochs         | write a whole number
        'kind: train~data: digits~settings:~  epochs: 0'                   | epochs                              | settings, course | in this range
        'kind: folds~folds: 3~training:~  data: digits~  settings: {a: 1}' | no setting "a"                      | line 5, training, settings, a | use one of
        'kind: train~network: lenet'                                       | "data" is missing                   | a.yaml         | add it
        'kind: folds~folds: 1~training: {data: digits}'                    | folds must be at least 2            | a.yaml         | in this range
        'kind: train~data: digits~transfer: some'                          | write features, head, last:N        | a.yaml         | in this range
        'kind: train~data: digits~data: others'                            | "data" is given twice               | line 3         | keep one
        'kind: train~data: [a'                                             | not YAML                            | a.yaml, line   | indentation
        'version: 2~kind: train~data: digits'                              | version 2, and this Fovea reads version 1 | line 1, version | newer Fovea
        '- train'                                                          | no list of names and values         | a.yaml         | write lines
        """)
    void names_what_is_wrong_its_line_and_what_to_do(String text, String what, String where, String remedy) {
        assertThatThrownBy(() -> JobYaml.read(text.replace('~', '\n'), "a.yaml", FOLDER))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what()).contains(what);
                    assertThat(problem.where()).contains(where);
                    assertThat(problem.remedy()).contains(remedy);
                });
    }
}
