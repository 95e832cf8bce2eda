package io.fovea.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Provenance;
import io.fovea.collection.GeneratedDigits;
import io.fovea.event.EventListener;
import io.fovea.export.BundleImport;
import io.fovea.file.Hash;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.result.EvaluateResult;
import io.fovea.result.Int8Result;
import io.fovea.result.JobResult;
import io.fovea.training.StopSignal;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A job int8")
class Int8JobTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Int8Result made;

    @BeforeAll
    static void train_a_lenet_and_shrink_it() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(20, 5, 4).write(folder.resolve("idx"));
        GeneratedDigits.generate(1, 1, 4).write(folder.resolve("few"));
        imported("digits", "idx", 28, "grey");
        imported("colored", "idx", 28, "color");
        run(Job.Train.of("digits", "lenet")
                .with(Map.of(
                        "epochs",
                        3,
                        "batchSize",
                        16,
                        "seed",
                        1,
                        "computation",
                        Map.of("engine", "vector", "threads", 1))));
        made = (Int8Result) run(int8("digits-lenet", "digits"));
    }

    private static void imported(String name, String idx, int size, String color) {
        run(new Job.Import(
                name,
                List.of(folder.resolve(idx).toString()),
                Map.of(
                        "preparation", Map.of("height", size, "width", size, "colorMode", color),
                        "threads", 1,
                        "minimumPerClass", 1),
                false));
    }

    private static JobResult run(Job job) {
        return new Jobs(workspace)
                .begin(JobYaml.Order.of(job), Jobs.Going.ON)
                .run(EventListener.NOBODY, new StopSignal())
                .orElseThrow();
    }

    /** Small networks are hardly faster; whether they are depends on the machine. */
    private static Job.Int8 int8(String model, String data) {
        return new Job.Int8(model, data, Optional.empty(), Optional.of(32), Optional.empty(), Optional.empty(), true);
    }

    private static void isRefused(ThrowingCallable asking, String words) {
        assertThatThrownBy(asking).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.threeLines())
                .contains(words));
    }

    @Test
    void makes_a_model_that_says_what_it_was_made_of() {
        Bundle bundle = Bundle.open(made.model());

        Int8Origin origin = Int8Origin.of(bundle.manifest()).orElseThrow();
        assertThat(origin.model()).isEqualTo("digits-lenet");
        assertThat(origin.sha256()).isEqualTo(Hash.of(made.original()));
        assertThat(origin.pictures()).isEqualTo(32);
        assertThat(origin.weightBits()).isEqualTo(7);
        assertThat(bundle.manifest().name()).isEqualTo("digits-lenet-int8");
        assertThat(bundle.manifest().golden())
                .hasSameSizeAs(Bundle.open(made.original()).manifest().golden());
        assertThat(made.bytes().after()).isLessThan(made.bytes().before() / 2);
    }

    @Test
    void makes_a_model_that_replays_its_golden_pictures_with_any_number_of_threads() {
        try (Classifier classifier = Classifier.load(made.model())) {
            assertThat(classifier.replay().orElseThrow().pictures()).isPositive();
        }
    }

    @Test
    void tells_what_an_evaluation_of_either_model_tells() {
        EvaluateResult judged = (EvaluateResult) run(Job.Evaluate.of("digits-lenet-int8", "digits"));

        assertThat(judged.verdict().measures().getFirst())
                .isEqualTo(made.judged().second().measures().getFirst());
        assertThat(made.judged().paired().orElseThrow().pictures())
                .isEqualTo(made.judged().first().count());
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {

        @Test
        void a_model_in_whole_numbers_and_names_the_one_before() {
            isRefused(() -> run(int8("digits-lenet-int8", "digits")), "\"digits-lenet\"");
            isRefused(() -> BundleImport.read(Bundle.open(made.model()), "here"), "\"digits-lenet\"");
        }

        @Test
        void fewer_than_sixteen_pictures() {
            imported("few", "few", 28, "grey");

            isRefused(() -> run(int8("digits-lenet", "few")), "at least 16 pictures");
        }

        @Test
        void a_dataset_without_a_test_part() {
            GeneratedDigits.generate(20, 1, 4).write(folder.resolve("no-test"));
            for (String part : List.of("images-idx3", "labels-idx1"))
                assertThat(folder.resolve("no-test/t10k-" + part + "-ubyte.gz")
                                .toFile()
                                .delete())
                        .isTrue();
            imported("untested", "no-test", 28, "grey");

            isRefused(() -> run(int8("digits-lenet", "untested")), "no test part");
        }

        @Test
        void pictures_of_another_kind() {
            isRefused(() -> run(int8("digits-lenet", "colored")), "28x28 color");
        }

        @Test
        void a_number_of_pictures_and_a_processor_that_there_are_not() {
            Job.Int8 job = int8("digits-lenet", "digits");
            isRefused(
                    () -> run(new Job.Int8(
                            job.model(), job.data(), job.name(), Optional.of(3), job.processor(), job.bound(), true)),
                    "at least 16, not 3");
            isRefused(
                    () -> run(new Job.Int8(
                            job.model(),
                            job.data(),
                            job.name(),
                            job.pictures(),
                            Optional.of("mine"),
                            job.bound(),
                            true)),
                    "\"mine\"");
        }

        @Test
        void a_model_that_does_not_describe_its_network() {
            Bundle whole = Bundle.open(made.original());
            Map<String, byte[]> golden = new HashMap<>();
            whole.manifest().golden().forEach(each -> golden.put(each.file(), whole.golden(each)));
            Path bare = folder.resolve("bare.fovea");
            BundleWriter.write(Bundle.of(unnamed(whole), whole.onnx(), golden, Map.of()), bare);

            isRefused(() -> run(int8(bare.toString(), "digits")), "does not describe its network");
        }

        private Manifest unnamed(Bundle bundle) {
            Manifest m = bundle.manifest();
            Provenance p = m.provenance();
            return new Manifest(
                    m.formatVersion(),
                    m.name(),
                    m.task(),
                    m.preprocessing(),
                    m.outputs(),
                    m.sizes(),
                    m.measurements(),
                    new Provenance(
                            "somebody's",
                            p.dataset(),
                            p.datasetHash(),
                            p.settings(),
                            p.seed(),
                            p.foveaVersion(),
                            p.created()),
                    m.tolerance(),
                    m.golden(),
                    m.familiarity(),
                    List.of());
        }

        @Test
        void a_model_that_is_not_faster_unless_it_is_kept_all_the_same() {
            // with every layer given back to floats there is nothing to gain
            Job.Int8 job = new Job.Int8(
                    "digits-lenet",
                    "digits",
                    Optional.of("exact"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(1e-12),
                    false);

            isRefused(() -> run(job), "--keep-slower");
            assertThat(workspace.newestModel("exact")).isEmpty();
        }
    }
}
