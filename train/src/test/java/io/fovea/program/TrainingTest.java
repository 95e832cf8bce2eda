package io.fovea.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.event.EventListener;
import io.fovea.event.TrainingEvent;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.module.Engine;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.result.TrainResult;
import io.fovea.tensor.Precision;
import io.fovea.training.ComputationSettings;
import io.fovea.training.StopSignal;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training that a Java program calls")
class TrainingTest {

    private static final ComputationSettings ONE_THREAD = new ComputationSettings(Engine.VECTOR, Precision.FLOAT32, 1);

    @TempDir
    static Path pictures;

    @TempDir
    Path folder;

    @BeforeAll
    static void drawDigits() {
        GeneratedDigits.generate(20, 5, 4).write(pictures);
    }

    private Dataset digits(Path place) {
        return Datasets.of(pictures).size(28, 28).grey().into(place);
    }

    private static Training training(Dataset digits) {
        return Training.of(digits, "hybrid-8")
                .epochs(2)
                .batchSize(16)
                .seed(3)
                .with(settings -> settings.withComputation(ONE_THREAD));
    }

    @Test
    void ends_in_a_model_that_predicts() {
        Path file = folder.resolve("digits.fovea");
        try (Dataset digits = digits(folder.resolve("digits"))) {
            Trained trained = training(digits).run(folder.resolve("runs"));
            trained.export(file);
            assertThat(trained.measures().getFirst().name()).isEqualTo("accuracy");
        }
        try (Classifier classifier = Classifier.load(file)) {
            assertThat(classifier.manifest().task().names()).hasSize(10);
        }
    }

    @Test
    void writes_the_same_bytes_as_the_job_of_the_command_line() throws IOException {
        Workspace workspace = Workspace.at(folder.resolve("workspace"));
        Path file = folder.resolve("program.fovea");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", 2);
        settings.put("batchSize", 16);
        settings.put("seed", 3);
        settings.put("computation", Map.of("engine", "vector", "precision", "float32", "threads", 1));
        try (Dataset digits = digits(workspace.dataset("digits"))) {
            training(digits).run(folder.resolve("runs")).export(file);
        }
        TrainResult typed = (TrainResult) new Jobs(workspace)
                .begin(JobYaml.Order.of(Job.Train.of("digits", "hybrid-8").with(settings)), Jobs.Going.ON)
                .run(EventListener.NOBODY, new StopSignal())
                .orElseThrow();

        Map<String, String> one = entries(file);
        Map<String, String> other = entries(typed.export().path());
        assertThat(one.keySet()).isEqualTo(other.keySet()).contains("model.onnx", "manifest.json");
        assertThat(one).isEqualTo(other);
    }

    /** Returns the entries' bytes as text; of the manifest all but when it was made. */
    private static Map<String, String> entries(Path bundle) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            for (ZipEntry entry : List.copyOf(java.util.Collections.list(zip.entries()))) {
                try (InputStream bytes = zip.getInputStream(entry)) {
                    String text = new String(bytes.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
                    entries.put(
                            entry.getName(),
                            entry.getName().equals("manifest.json")
                                    ? text.replaceAll("\"(createdAt|created|at)\"\\s*:\\s*\"[^\"]*\"", "")
                                    : text);
                }
            }
        }
        return entries;
    }

    @Test
    void goes_on_where_it_was_asked_to_stop() {
        try (Dataset digits = digits(folder.resolve("digits"))) {
            StopSignal stop = new StopSignal();
            Training whole = training(digits).epochs(3);
            assertThatThrownBy(() -> whole.stoppedBy(stop)
                            .telling(event -> {
                                if (event instanceof TrainingEvent.EpochFinished) stop.request();
                            })
                            .run(folder.resolve("runs")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("goes on where it stood");

            Trained trained = whole.run(folder.resolve("runs"));

            assertThat(trained.folder()).isEqualTo(folder.resolve("runs/digits-hybrid-8-1"));
            assertThat(Files.exists(trained.folder().resolve("checkpoints"))).isTrue();
        }
    }

    @Test
    void is_refused_before_it_begins_where_dataset_and_network_do_not_fit() {
        try (Dataset digits = digits(folder.resolve("digits"))) {
            assertThatThrownBy(() -> Training.of(digits, "unet-small").run(folder.resolve("runs")))
                    .isInstanceOf(Problem.class);
            assertThat(folder.resolve("runs")).doesNotExist();
        }
    }
}
