package io.fovea.export;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.learning.Judge;
import io.fovea.learning.Learning;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import io.fovea.task.Proportion;
import io.fovea.task.Reconstruction;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * A model file judged on a split of a dataset, through the same code that a service runs.
 *
 * <p>Classes and targets are matched by name. Reconstructions are judged on pictures with the noise that the model was trained with, if its file
 * tells, drawn for each picture alike every time.
 *
 * @param verdict    how good it is
 * @param unfamiliar how many of the pictures are unlike those that the model learned from; empty if it cannot tell
 */
public record BundleEvaluation(Verdict verdict, Optional<Proportion> unfamiliar) {

    static final int BATCH_SIZE = 16;

    /**
     * Judges.
     *
     * @param again    names the command that prepares a dataset's pictures otherwise, for advice
     * @param progress hears how many pictures are judged
     * @throws Problem if the dataset is for another task, holds its pictures otherwise prepared, or has a class that the model does not know
     */
    public static BundleEvaluation of(
            Bundle bundle, Dataset stored, Split split, Function<Preparation, String> again, IntConsumer progress) {
        Manifest manifest = bundle.manifest();
        Judge judge = judge(manifest, stored, split, again);
        Dataset dataset = judged(manifest, stored);
        Learning learning = learning(manifest);
        List<String> wanted = new ArrayList<>(List.of(manifest.task().result()));
        manifest.familiarity().ifPresent(familiarity -> wanted.add(familiarity.output()));
        long strangers = 0;
        long told = 0;
        PredictionOptions options =
                PredictionOptions.DEFAULT.withThreads(Runtime.getRuntime().availableProcessors());
        try (Model model = Model.of(bundle, options);
                BatchLoader loader = new BatchLoader(dataset, split, learning.evaluation(BATCH_SIZE, 1))) {
            loader.start(0, 0);
            int done = 0;
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                Batch batch = next.get();
                Map<String, Tensor> outputs =
                        model.run(Map.of("input", input(batch, manifest.preprocessing())), wanted);
                float[] results = outputs.get(manifest.task().result()).floats();
                int width = manifest.result().count();
                for (int n = 0; n < batch.size(); n++) judge.add(results, n * width);
                if (manifest.familiarity().isPresent()) {
                    double threshold = manifest.familiarity().get().threshold();
                    for (float squared : outputs.get(wanted.getLast()).floats()) {
                        if (!(squared <= threshold * threshold)) strangers++;
                        told++;
                    }
                }
                done += batch.size();
                progress.accept(done);
            }
        }
        Verdict verdict = judge.verdict();
        boolean votes =
                manifest.outputs().stream().anyMatch(output -> output.name().equals(NetworkOutputs.NEIGHBOURS));
        if (votes && verdict instanceof Evaluation evaluation) verdict = evaluation.with(Evaluation.Meaning.VOTES);
        return new BundleEvaluation(
                verdict, told == 0 ? Optional.empty() : Optional.of(new Proportion(strangers, told)));
    }

    /**
     * Checks that a model can be judged on a split, before anything is computed.
     *
     * @throws Problem as {@link #of} does
     */
    public static void check(Bundle bundle, Dataset stored, Split split, Function<Preparation, String> again) {
        judge(bundle.manifest(), stored, split, again);
    }

    static Judge judge(Manifest manifest, Dataset stored, Split split, Function<Preparation, String> again) {
        Dataset dataset = judged(manifest, stored);
        String where = "model \"" + manifest.name() + "\", dataset \"" + dataset.name() + "\"";
        checkTask(manifest, dataset, where);
        checkPreparation(manifest, dataset, where, again);
        return learning(manifest).judge(dataset, split);
    }

    /**
     * Checks that a dataset holds its pictures as a model sees them.
     *
     * @throws Problem if it does not
     */
    public static void checkPreparation(Manifest manifest, Dataset dataset, Function<Preparation, String> again) {
        checkPreparation(
                manifest, dataset, "model \"" + manifest.name() + "\", dataset \"" + dataset.name() + "\"", again);
    }

    /** Returns a dataset as a model is judged on it. */
    public static Dataset judged(Manifest manifest, Dataset stored) {
        return manifest.task() instanceof Reconstruction ? stored.forReconstruction() : stored;
    }

    /** Returns how a model's answers are judged, and how pictures are shown to it meanwhile. */
    public static Learning learning(Manifest manifest) {
        return Learning.of(
                manifest.task(), manifest.task() instanceof Reconstruction ? shown(manifest) : Augmentation.NONE);
    }

    /** Returns prepared pictures as the network takes them: nothing is resized or cut again. */
    static Tensor input(Batch batch, Preprocessing preprocessing) {
        int length = batch.height() * batch.width() * batch.channels();
        float[] values = new float[batch.size() * length];
        for (int n = 0; n < batch.size(); n++) {
            byte[] picture = Arrays.copyOfRange(batch.pixels(), n * length, (n + 1) * length);
            preprocessing.normalise(
                    new Pixels(batch.height(), batch.width(), batch.channels(), picture), values, n * length);
        }
        return Tensor.floats(new int[] {batch.size(), batch.channels(), batch.height(), batch.width()}, values);
    }

    /** Returns how pictures were varied in training, if the model file tells. */
    private static Augmentation shown(Manifest manifest) {
        String text = manifest.provenance().settings().get("settings.yaml");
        if (text == null) return Augmentation.NONE;
        return SettingsYaml.read(text, "settings.yaml of the model", TrainingSettings.defaults(1))
                .pictures()
                .augmentation();
    }

    private static void checkTask(Manifest manifest, Dataset dataset, String where) {
        if (dataset.task().word().equals(manifest.task().word())) return;
        throw new Problem(
                "The model is for " + manifest.task().word() + ", but the dataset is for "
                        + dataset.task().word() + ".",
                where,
                "evaluate it on a dataset for " + manifest.task().word());
    }

    /** What a model file measures holds for pictures that it prepares itself; size and colour alone do not tell that. */
    private static void checkPreparation(
            Manifest manifest, Dataset dataset, String where, Function<Preparation, String> again) {
        Preparation expected = Preparation.of(manifest.preprocessing());
        if (expected.equals(dataset.preparation())) return;
        throw new Problem(
                "The model sees pictures as " + expected.words() + ", but the dataset holds them as "
                        + dataset.preparation().words() + ".",
                where,
                "import the pictures as the model sees them, and evaluate on that: " + again.apply(expected));
    }
}
