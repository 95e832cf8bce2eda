package io.fovea.shrink;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Verdict;
import io.fovea.event.EventListener;
import io.fovea.event.TrainingEvent;
import io.fovea.export.BundleEvaluation;
import io.fovea.export.BundleImport;
import io.fovea.export.ExportReport;
import io.fovea.export.ModelParts;
import io.fovea.export.Origin;
import io.fovea.export.TrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.file.AtomicFile;
import io.fovea.file.Hash;
import io.fovea.hybrid.HybridSettings;
import io.fovea.image.Preprocessing;
import io.fovea.jvm.Build;
import io.fovea.network.Network;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.prune.ChannelPruning;
import io.fovea.prune.GlobalPooling;
import io.fovea.quantize.WeightRange;
import io.fovea.result.HybridResult;
import io.fovea.result.Int8Result;
import io.fovea.result.LadderChart;
import io.fovea.result.LadderResult;
import io.fovea.result.Rung;
import io.fovea.result.Rung.Form;
import io.fovea.shrink.LadderSettings.Method;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.weights.Weights;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A ladder of models: one that is there, and what can be made of it that is smaller or faster. The dataset's training part teaches, its validation part chooses the epoch, and
 * its test part judges each model at its end, and once more beside its rung in whole numbers.
 *
 * <p>What does not suit the model is named with its reason, and the others are made all the same. Any other problem ends the ladder. A rung that is done is
 * kept in the folder.
 */
public final class LadderMaking {

    /** As much as a hybrid of the documentation takes: all references would be larger than most networks. */
    private static final long HYBRID_BYTES = 74 * 1024;

    private static final String ORIGINAL = "original";

    private final Path file;
    private final Bundle original;
    private final ModelParts parts;
    private final Dataset stored;
    private final Dataset dataset;
    private final LadderSettings settings;
    private final Function<Preparation, String> again;

    /**
     * Looks at what there is.
     *
     * @param file   the model
     * @param stored the dataset
     * @param again  names the command that prepares a dataset's pictures otherwise, for advice
     * @throws Problem if the model is in whole numbers already or does not describe its network; or the dataset has no test part, other classes, or pictures
     *     that are otherwise prepared
     */
    public LadderMaking(Path file, Dataset stored, LadderSettings settings, Function<Preparation, String> again) {
        this.file = file;
        this.original = Bundle.open(file);
        this.parts = BundleImport.read(original, file.toString());
        this.stored = stored;
        this.dataset = BundleEvaluation.judged(original.manifest(), stored);
        this.settings = settings;
        this.again = again;
        if (dataset.count(Split.TEST) == 0) {
            throw new Problem(
                    "The dataset has no test part, on which models could be compared.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a test part, such as --test 20");
        }
        BundleEvaluation.check(original, stored, Split.TEST, again);
        if (!dataset.task().equals(original.manifest().task())) {
            throw new Problem(
                    "The dataset has other classes than the model, or has them in another order: models that learn on"
                            + " need them alike.",
                    "model \"" + original.manifest().name() + "\", dataset \"" + dataset.name() + "\"",
                    "take the dataset that the model learned from, \""
                            + original.manifest().provenance().dataset() + "\"");
        }
    }

    /**
     * Makes it, or goes on with the rungs of the folder; empty if it was stopped.
     *
     * @param name   that models' names begin with
     * @param target gives the file of a new model with that end of its name; asked once it can be written
     * @param folder the job's
     * @throws Problem if a rung cannot be made for a reason that lies not in the model, such as a full disk; those before it are kept
     */
    public Optional<LadderResult> run(
            String name, Function<String, Path> target, Path folder, Telling telling, StopSignal stop) {
        Run run = new Run(name, target, new KeptRungs(folder), telling, stop);
        if (!run.all()) return Optional.empty();
        telling.stage("timing " + run.rungs.size() + " models in turns");
        double[] millis = times(run.rungs);
        List<LadderResult.Step> steps = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) steps.add(new LadderResult.Step(run.rungs.get(i), millis[i]));
        LadderResult result = new LadderResult(
                dataset.name(),
                dataset.count(Split.TEST),
                steps,
                run.missing,
                settings.epochs(),
                settings.seed(),
                remarks(),
                folder);
        AtomicFile.write(folder.resolve(LadderResult.TABLE), result.csv().getBytes(StandardCharsets.UTF_8));
        LadderChart.write(result, folder);
        return Optional.of(result);
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (dataset.count(Split.VALIDATION) == 0)
            remarks.add("the dataset has no validation part: of models that learned on, the last epoch was taken");
        Manifest manifest = original.manifest();
        if (!manifest.provenance().datasetHash().equals(dataset.contentHash()))
            remarks.add("the model learned from other pictures, \""
                    + manifest.provenance().dataset()
                    + "\": if some of these test pictures were among them, the original's figures flatter it");
        return remarks;
    }

    private double[] times(List<Rung> rungs) {
        List<Bundle> bundles = new ArrayList<>();
        List<Tensor> pictures = new ArrayList<>();
        for (Rung rung : rungs) {
            Bundle bundle = Bundle.open(rung.model());
            bundles.add(
                    rung.form() == Form.INT8
                            ? bundle
                            : Int8Model.plain(
                                    bundle,
                                    BundleImport.read(bundle, rung.model().toString())));
            pictures.add(picture(bundle.manifest().preprocessing()));
        }
        return Latency.of(bundles, pictures, 1);
    }

    private Tensor picture(Preprocessing preprocessing) {
        float[] values = new float[preprocessing.channels() * preprocessing.height() * preprocessing.width()];
        preprocessing.normalise(dataset.picture(Split.TEST, 0), values, 0);
        return Tensor.floats(
                new int[] {1, preprocessing.channels(), preprocessing.height(), preprocessing.width()}, values);
    }

    /** One going over all rungs. */
    private final class Run {

        private final String name;
        private final Function<String, Path> target;
        private final KeptRungs kept;
        private final Telling telling;
        private final StopSignal stop;
        private final List<Rung> rungs = new ArrayList<>();
        private final List<LadderResult.Missing> missing = new ArrayList<>();

        Run(String name, Function<String, Path> target, KeptRungs kept, Telling telling, StopSignal stop) {
            this.name = name;
            this.target = target;
            this.kept = kept;
            this.telling = telling;
            this.stop = stop;
        }

        /** Looks whether a rung can be made of the model, before anything is made. */
        private interface Way {

            /** Returns what makes the rung; a problem says why it does not suit the model. */
            Making looked();
        }

        /** Makes a rung; its problems have nothing to do with the model, such as a full disk. */
        private interface Making {
            Outcome made();
        }

        /** What became of a rung. */
        private sealed interface Outcome {}

        /** It is there; its model lies in the rung's folder. */
        private record Made(Rung rung) implements Outcome {}

        /** It was stopped. */
        private record Stopped() implements Outcome {}

        /** It turned out that it does not suit the model. */
        private record Unsuited(Problem why) implements Outcome {}

        /** Returns whether all is done. */
        boolean all() {
            boolean going = take(ORIGINAL, "original", () -> this::judged) && int8(ORIGINAL, "original", file);
            if (going && settings.methods().contains(Method.POOLED)) {
                String title = "global pooling";
                going = take("pooled", title, () -> trained("pooled", title, pooled())) && int8("pooled", title);
            }
            if (settings.methods().contains(Method.PRUNED)) {
                for (double keep : settings.keeps()) {
                    if (!going) return false;
                    String share = share(keep);
                    String word = "channels-" + share;
                    String title = share + " % of channels";
                    going = take(word, title, () -> trained(word, title, pruned(keep))) && int8(word, title);
                }
            }
            if (going && settings.methods().contains(Method.HYBRID)) going = take("hybrid", "hybrid", this::hybrid);
            return going;
        }

        /** Returns a share in percent, as short as it can be told. */
        private static String share(double keep) {
            return BigDecimal.valueOf(keep)
                    .movePointRight(2)
                    .stripTrailingZeros()
                    .toPlainString();
        }

        private boolean take(String word, String title, Way way) {
            if (stop.isRequested()) return false;
            Optional<Rung> before = kept.done(word);
            if (before.isPresent()) {
                rungs.add(before.get());
                return true;
            }
            telling.stage(title);
            Making making;
            try {
                making = way.looked();
            } catch (Problem unsuited) {
                miss(title, unsuited);
                return true;
            }
            return switch (making.made()) {
                case Made(Rung rung) -> {
                    rungs.add(rung.form() == Form.ORIGINAL ? kept.keep(rung) : kept.keep(rung, target.apply(word)));
                    yield true;
                }
                case Stopped() -> false;
                case Unsuited(Problem why) -> {
                    miss(title, why);
                    yield true;
                }
            };
        }

        private void miss(String title, Problem why) {
            String reason = why.what() + " " + capital(why.remedy()) + ".";
            missing.add(new LadderResult.Missing(title, reason));
            telling.note(title + " could not be made: " + reason);
        }

        private static String capital(String words) {
            return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }

        private Outcome judged() {
            long start = System.nanoTime();
            int count = dataset.count(Split.TEST);
            Verdict verdict = BundleEvaluation.of(
                            original,
                            stored,
                            Split.TEST,
                            again,
                            done -> telling.progressed("judging", done, count, "pictures"))
                    .verdict();
            write(verdict, ORIGINAL);
            return new Made(rung(ORIGINAL, "original", Form.ORIGINAL, file, verdict, start, List.of()));
        }

        private void write(Verdict verdict, String word) {
            EvaluationFiles.write(verdict, index -> dataset.picture(Split.TEST, index), kept.folder(word));
        }

        private Rung rung(
                String word, String title, Form form, Path model, Verdict verdict, long start, List<String> remarks) {
            Bundle bundle = Bundle.open(model);
            return new Rung(
                    word,
                    title,
                    form,
                    model,
                    verdict.measures(),
                    form == Form.ORIGINAL ? Optional.empty() : kept.difference(ORIGINAL, word),
                    Int8Model.bytes(model),
                    bundle.onnx().length,
                    bundle.manifest().sizes().parameters(),
                    bundle.manifest().sizes().multiplyAccumulates(),
                    (System.nanoTime() - start) / 1e9,
                    remarks);
        }

        /** Makes the whole-number model of a rung that is there. */
        private boolean int8(String of, String title) {
            Optional<Rung> floats =
                    rungs.stream().filter(rung -> rung.word().equals(of)).findFirst();
            return floats.map(rung -> int8(of, title, rung.model())).orElse(true);
        }

        private boolean int8(String of, String title, Path model) {
            if (!settings.methods().contains(Method.INT8)) return true;
            String word = of.equals(ORIGINAL) ? "int8" : of + "-int8";
            String named = of.equals(ORIGINAL) ? "int8" : title + ", int8";
            // a file that cannot be read says nothing about whole numbers
            if (kept.done(word).isEmpty()) BundleImport.read(Bundle.open(model), model.toString());
            return take(word, named, () -> {
                Int8Making making = new Int8Making(model, stored, Int8Settings.kept(WeightRange.SEVEN_BITS), again);
                return () -> int8(word, named, making);
            });
        }

        private Outcome int8(String word, String title, Int8Making making) {
            long start = System.nanoTime();
            Int8Result made = making.run(name + "-" + word, () -> kept.draft(word), kept.folder(word), telling);
            List<String> remarks = made.origin().floatLayers().isEmpty()
                    ? List.of()
                    : List.of(made.origin().floatLayers().size() + " of " + made.layers() + " layers stayed in floats");
            Verdict verdict = made.judged().second();
            return new Made(rung(word, title, Form.INT8, made.model(), verdict, start, remarks));
        }

        /** A network with the weights that it begins with, and what is said of it. */
        private record Changed(Network network, Weights weights, Map<String, String> origin, List<String> remarks) {}

        private Changed pooled() {
            Network network = GlobalPooling.of(parts.network());
            Weights weights = LearningOn.taken(network, parts.weights(), settings.seed());
            return new Changed(network, weights, Map.of("shrunkBy", "globalPooling"), List.of());
        }

        private Changed pruned(double keep) {
            ChannelPruning pruned = ChannelPruning.of(parts.network(), parts.weights(), keep);
            Map<String, String> origin = Map.of("shrunkBy", "channelPruning", "keptChannels", Double.toString(keep));
            List<String> remarks = new ArrayList<>();
            if (!pruned.stays().isEmpty())
                remarks.add("all channels of "
                        + String.join(", ", pruned.stays().keySet()) + " stay: "
                        + String.join(
                                "; ",
                                pruned.stays().values().stream().distinct().toList()));
            return new Changed(pruned.network(), pruned.weights(), origin, remarks);
        }

        private Making trained(String word, String title, Changed changed) {
            TrainingSettings chosen =
                    LearningOn.settings(original.manifest(), dataset, changed.network(), changed.weights(), settings);
            TrainingStart begin = TrainingStart.of(changed.weights(), parts.preprocessing());
            Trainer.check(dataset, changed.network(), chosen, begin);
            return () -> trained(word, title, changed, chosen, begin);
        }

        private Outcome trained(
                String word, String title, Changed changed, TrainingSettings chosen, TrainingStart begin) {
            long start = System.nanoTime();
            AtomicBoolean diverged = new AtomicBoolean();
            EventListener told = telling.listener().part(title);
            TrainingListener listener = event -> {
                if (event instanceof TrainingEvent.RunFinished finished
                        && finished.outcome() == TrainingEvent.Outcome.DIVERGED) diverged.set(true);
                told.on(event);
            };
            TrainingResult result;
            try {
                result =
                        new Trainer(dataset, changed.network(), chosen, begin, kept.folder(word), listener, stop).run();
            } catch (Problem problem) {
                if (!diverged.get()) throw problem;
                return new Unsuited(problem);
            }
            if (result.outcome() == TrainingEvent.Outcome.STOPPED) return new Stopped();
            telling.stage("judging " + title);
            Map<String, String> made = new LinkedHashMap<>(changed.origin());
            made.put("shrunkFrom", original.manifest().name());
            made.put("shrunkFromSha256", Hash.of(file));
            TrainedModel judged = TrainedModel.judge(
                    result, dataset, chosen, Origin.of(chosen).with(made));
            write(judged.verdict(), word);
            ExportReport export =
                    judged.export(name + "-" + word, Build.version(), WeightsEntry.LEFT_OUT, kept.draft(word));
            return new Made(rung(word, title, Form.FLOATS, export.path(), judged.verdict(), start, changed.remarks()));
        }

        private Making hybrid() {
            HybridSettings chosen = HybridSettings.usual(settings.seed()).within(HYBRID_BYTES);
            HybridMaking making =
                    new HybridMaking(dataset, chosen, Runtime.getRuntime().availableProcessors());
            making.check();
            return () -> hybrid(making);
        }

        private Outcome hybrid(HybridMaking making) {
            long start = System.nanoTime();
            String word = "hybrid";
            Optional<HybridResult> made =
                    making.run(name + "-" + word, kept.folder(word), () -> kept.draft(word), telling, stop);
            if (made.isEmpty()) return new Stopped();
            HybridResult result = made.get();
            return new Made(
                    rung(word, "hybrid", Form.HYBRID, result.export().path(), result.verdict(), start, List.of()));
        }
    }
}
