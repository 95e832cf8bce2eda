package io.fovea.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.adopt.AdoptionLine.Outcome;
import io.fovea.adopt.AdoptionLine.Part;
import io.fovea.adopt.ProjectKind;
import io.fovea.adopt.Projects;
import io.fovea.codec.PngWriter;
import io.fovea.event.EventListener;
import io.fovea.format.ModelFormat;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.result.AdoptResult;
import io.fovea.result.EvaluateResult;
import io.fovea.result.ExportModelResult;
import io.fovea.result.JobResult;
import io.fovea.training.StopSignal;
import io.fovea.weights.WeightPrecision;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A job adopt")
class AdoptJobTest {

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void a_workspace() {
        workspace = Workspace.at(folder.resolve("workspace"));
    }

    private JobResult run(Job job) {
        return new Jobs(workspace)
                .begin(JobYaml.Order.of(job), Jobs.Going.ON)
                .run(EventListener.NOBODY, new StopSignal())
                .orElseThrow();
    }

    private AdoptResult onnx() throws IOException {
        Path file = Files.write(folder.resolve("means.onnx"), Projects.onnx(new int[] {0, 3, 6, 6}, "Softmax"));
        return (AdoptResult) run(Job.Adopt.of("means", ProjectKind.ONNX, file));
    }

    @Test
    void makes_a_model_that_proves_itself_and_a_report_of_every_part() throws IOException {
        AdoptResult result = onnx();

        try (Classifier classifier = Classifier.load(result.model().orElseThrow())) {
            assertThat(classifier.replay().orElseThrow().pictures()).isEqualTo(16);
        }
        assertThat(result.data()).isEmpty();
        assertThat(result.lines()).extracting(line -> line.part()).containsExactlyInAnyOrder(Part.values());
        assertThat(result.json().get("parts").toString()).contains("came along", "left");
    }

    @Test
    void makes_a_model_that_is_exported_as_far_as_its_layers_need_not_be_known() throws IOException {
        onnx();
        ModelFormat halves =
                new ModelFormat.Onnx(Optional.of(WeightPrecision.FP16), Optional.empty(), Optional.empty());
        ModelFormat old = new ModelFormat.Onnx(Optional.empty(), Optional.empty(), Optional.of(13));

        ExportModelResult exported =
                (ExportModelResult) run(new Job.ExportModel("means", halves, Optional.empty(), false));
        assertThat(exported.exported().checks()).hasSize(1);
        assertThatThrownBy(() -> run(new Job.ExportModel("means", new ModelFormat.Tflite(), Optional.empty(), false)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("network of others");
        assertThatThrownBy(() -> run(new Job.ExportModel("means", old, Optional.empty(), false)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("another operator set");
    }

    @Test
    void imports_pictures_as_the_network_takes_them_so_that_they_judge_it() throws IOException {
        Path project = Projects.tensorFlowJs(folder.resolve("hands"), Projects.kerasTopology());
        for (String name : new String[] {"rock", "paper", "scissors"}) {
            Path pictures = Files.createDirectories(project.resolve("samples").resolve(name));
            for (int i = 0; i < 8; i++)
                Files.write(pictures.resolve(i + ".png"), PngWriter.bytes(Projects.picture(12 + i, 10)));
        }
        AdoptResult result = (AdoptResult) run(Job.Adopt.of("hands", ProjectKind.TEACHABLE_MACHINE, project));

        assertThat(result.data()).contains("hands");
        assertThat(result.lines().getFirst().outcome()).isEqualTo(Outcome.CAME_ALONG);
        assertThat(((EvaluateResult) run(Job.Evaluate.of("hands", "hands")))
                        .verdict()
                        .count())
                .isPositive();
    }

    @Test
    void leaves_nothing_of_what_it_unpacked() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : new String[] {"rock", "paper"})
            for (int i = 0; i < 8; i++)
                entries.put(name + "/" + i + ".png", PngWriter.bytes(Projects.picture(12 + i, 10)));
        Path file = folder.resolve("hands.tm");
        Projects.zip(file, entries);

        AdoptResult result = (AdoptResult) run(Job.Adopt.of("pictures", ProjectKind.TEACHABLE_MACHINE, file));
        assertThat(result.model()).isEmpty();
        assertThat(result.lines().getFirst().words()).contains("training");
        assertThat(workspace.run("adopt-pictures-1").resolve("unpacked")).doesNotExist();
    }

    @Test
    void refuses_a_path_that_is_not_there_before_it_begins() {
        assertThatThrownBy(() -> run(Job.Adopt.of("gone", ProjectKind.LOBE, folder.resolve("gone"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no such file or folder");
    }
}
