package io.fovea.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PictureDecoder;
import io.fovea.collection.GeneratedDigits;
import io.fovea.event.EventListener;
import io.fovea.export.BundleImport;
import io.fovea.file.Hash;
import io.fovea.format.Exported;
import io.fovea.format.ModelFormat;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.result.EvaluateResult;
import io.fovea.result.ExportModelResult;
import io.fovea.result.Int8Result;
import io.fovea.result.JobResult;
import io.fovea.tflite.TfliteSession;
import io.fovea.training.StopSignal;
import io.fovea.weights.WeightPrecision;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
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
    @DisplayName("and a job exportModel in whole numbers")
    class Exports {

        private ExportModelResult export(String model, ModelFormat format, Optional<String> calibrate) {
            return (ExportModelResult)
                    run(new Job.ExportModel(model, format, Optional.empty(), false, true, calibrate));
        }

        private ExportModelResult calibrated(ModelFormat format) {
            return export("digits-lenet", format, Optional.of("digits"));
        }

        private static ModelFormat.Onnx onnx() {
            return new ModelFormat.Onnx(Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Test
        void writes_a_bundle_that_says_what_it_was_made_of_and_proves_itself() {
            Path file = calibrated(new ModelFormat.Bundle()).exported().path();

            Int8Origin origin = Int8Origin.of(Bundle.open(file).manifest()).orElseThrow();
            assertThat(origin.model()).isEqualTo("digits-lenet");
            assertThat(origin.calibration()).isEqualTo("digits");
            assertThat(Bundle.open(file).manifest().measurements()).isEmpty();
            try (Classifier classifier = Classifier.load(file)) {
                assertThat(classifier.replay().orElseThrow().pictures()).isPositive();
            }
        }

        @Test
        void writes_onnx_of_a_quarter_of_the_bytes_checked_by_golden_pictures() {
            Exported whole = calibrated(onnx()).exported();
            Exported floats = ((ExportModelResult)
                            run(new Job.ExportModel("digits-lenet", onnx(), Optional.empty(), false)))
                    .exported();

            assertThat(whole.bytes()).isLessThan(floats.bytes() / 3);
            assertThat(whole.checks()).hasSize(1);
        }

        @Test
        void writes_a_jar_whose_class_answers() {
            assertThat(calibrated(new ModelFormat.Jar(Optional.of("org.example:digits-int8:1")))
                            .exported()
                            .checks())
                    .hasSize(1);
        }

        @Test
        void writes_tflite_that_google_s_interpreter_answers_by_as_the_model_does() throws IOException {
            byte[] file = Files.readAllBytes(
                    calibrated(new ModelFormat.Tflite()).exported().path());
            Bundle model = Bundle.open(made.original());
            int agreeing = 0;
            try (TfliteSession session = new TfliteSession()) {
                for (GoldenPicture golden : model.manifest().golden()) {
                    Preprocessing how = model.manifest().preprocessing();
                    Pixels picture =
                            how.prepare(PictureDecoder.decode(model.golden(golden), golden.file(), how.colorMode()));
                    float[] values = new float[picture.values().length];
                    how.normalise(picture, values, 0); // one channel: [C, H, W] is [H, W, C]
                    float[] logits = session.run(file, values, TfliteSession.Kernels.OWN, 1, 28, 28, 1)
                            .values("logits");
                    if (largest(logits) == largest(golden.logits())) agreeing++;
                }
            }

            int all = model.manifest().golden().size();
            assertThat(file.length).isLessThan((int) (made.bytes().before() / 2));
            assertThat(all).isGreaterThanOrEqualTo(8);
            assertThat(agreeing).isGreaterThanOrEqualTo(all - 1);
        }

        private static int largest(float[] values) {
            int best = 0;
            for (int i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
            return best;
        }

        @Test
        void needs_no_pictures_for_a_model_in_whole_numbers() {
            assertThat(export("digits-lenet-int8", onnx(), Optional.empty())
                            .exported()
                            .checks())
                    .hasSize(1);
            assertThat(export("digits-lenet-int8", new ModelFormat.Bundle(), Optional.empty())
                            .exported()
                            .path())
                    .hasSameBinaryContentAs(made.model());
        }

        @Test
        void refuses_what_cannot_be_said_in_whole_numbers() {
            isRefused(
                    () -> calibrated(new ModelFormat.Npz(Optional.empty())),
                    "without the scales and ranges that belong to them");
            isRefused(() -> calibrated(new ModelFormat.Web(Optional.of(WeightPrecision.FP16))), "not in both");
            isRefused(() -> export("digits-lenet", onnx(), Optional.empty()), "--calibrate NAME");
            isRefused(() -> export("digits-lenet-int8", onnx(), Optional.of("digits")), "leave --calibrate out");
            isRefused(
                    () -> export("digits-lenet-int8", new ModelFormat.Tflite(), Optional.empty()),
                    "fovea export digits-lenet --format tflite --precision int8 --calibrate digits");
            isRefused(
                    () -> run(new Job.ExportModel(
                            "digits-lenet", onnx(), Optional.empty(), false, false, Optional.of("digits"))),
                    "add --precision int8");
        }

        @Test
        void refuses_sixteen_bits_of_eight() {
            ModelFormat halves =
                    new ModelFormat.Onnx(Optional.of(WeightPrecision.FP16), Optional.empty(), Optional.empty());

            isRefused(
                    () -> run(new Job.ExportModel("digits-lenet-int8", halves, Optional.empty(), false)),
                    "no more precise");
        }

        @Test
        void refuses_pictures_that_are_too_few_or_of_another_kind() {
            imported("fewer", "few", 28, "grey");

            isRefused(() -> export("digits-lenet", onnx(), Optional.of("fewer")), "at least 16 pictures");
            isRefused(() -> export("digits-lenet", onnx(), Optional.of("colored")), "28x28 color");
        }
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
