package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.export.Origin;
import io.fovea.export.TrainedModel;
import io.fovea.hybrid.EvolutionProgress;
import io.fovea.hybrid.HybridListener;
import io.fovea.hybrid.HybridOutcome;
import io.fovea.hybrid.HybridSettings;
import io.fovea.hybrid.HybridTraining;
import io.fovea.hybrid.KernelSource;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.training.Trainer;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The making of a hybrid, as "shrink hybrid" and the lab do it: kernels, evolution, engine, bundle. */
final class HybridJob {

    private final Console console;
    private final Workspace workspace;
    private final Path states;
    private final String howToGoOn;

    HybridJob(Console console, Workspace workspace) {
        this(
                console,
                workspace,
                workspace.cache().resolve("evolution"),
                "The same command with --resume goes on from here.");
    }

    /**
     * Prepares.
     *
     * @param states    the folder of evolutions that are not finished
     * @param howToGoOn what is said when one was stopped
     */
    HybridJob(Console console, Workspace workspace, Path states, String howToGoOn) {
        this.console = console;
        this.workspace = workspace;
        this.states = states;
        this.howToGoOn = howToGoOn;
    }

    /**
     * What came out.
     *
     * @param outcome           the hybrid
     * @param model             judged
     * @param export            the bundle
     * @param runFolder         the judgement's files
     * @param evaluationSeconds judging and writing
     * @param seed              of every random choice
     */
    record Done(
            HybridOutcome outcome,
            TrainedModel model,
            ExportReport export,
            Path runFolder,
            double evaluationSeconds,
            long seed) {

        Verdict verdict() {
            return model.verdict();
        }

        /** Returns it for programs. */
        Map<String, Object> asJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            VerdictWords.put(verdict(), "test", json);
            json.put("split", DataJson.word(model.split()));
            json.put("engineBytes", export.networkBytes());
            json.put("weightsBytes", outcome.weightsBytes());
            json.put("bundleBytes", export.bytes());
            json.put("referenceCount", outcome.referenceCount());
            json.put("k", outcome.form().k());
            json.put("dimensions", outcome.form().dimensions());
            json.put("kernelBits", outcome.form().kernelBits());
            json.put("projectionBits", outcome.form().projectionBits());
            json.put("generations", outcome.generations());
            json.put("evaluations", outcome.evaluations());
            Map<String, Object> validation = new LinkedHashMap<>();
            validation.put("pictures", outcome.validation().pictures());
            validation.put("accuracyWithoutEvolution", outcome.validation().start());
            validation.put("accuracy", outcome.validation().evolved());
            validation.put("pValue", outcome.validation().paired().pValue());
            validation.put("kept", DataJson.word(outcome.validation().kept()));
            json.put("validation", validation);
            Map<String, Object> seconds = new LinkedHashMap<>();
            seconds.put("total", JvmClock.rounded(outcome.seconds().earlier() + JvmClock.secondsSinceStart()));
            seconds.put("head", JvmClock.rounded(outcome.seconds().head()));
            seconds.put("search", JvmClock.rounded(outcome.seconds().search()));
            seconds.put("evaluation", JvmClock.rounded(outcome.seconds().evaluation() + evaluationSeconds));
            json.put("seconds", seconds);
            json.put("bundle", export.path().toString());
            json.put("parityMaxAbsDifference", export.parityMaxAbsDifference());
            json.put("run", runFolder.toString());
            json.put("seed", seed);
            return json;
        }
    }

    /** Returns where an evolution for a model of that name is kept while it is not finished. */
    Path stateFile(String model) {
        return states.resolve(model + ".state");
    }

    /** Makes the hybrid and writes its bundle; returns nothing if it was stopped. */
    Optional<Done> run(
            String model, Dataset dataset, HybridSettings settings, HybridTraining.Start start, int threads) {
        workspace.model(model); // a wrong name must not be found out after the work
        workspace.checkWritable();
        TrainedModel.judgingSplit(dataset);
        Path stateFile = stateFile(model);
        try (LockFile _ = alone(stateFile, model)) {
            return made(model, dataset, settings, start, threads, stateFile);
        }
    }

    /** Two processes would overwrite each other's state. */
    private static LockFile alone(Path stateFile, String model) {
        Path file = stateFile.resolveSibling(stateFile.getFileName() + ".lock");
        try {
            Files.createDirectories(file.getParent());
            return LockFile.take(file)
                    .orElseThrow(() -> new Problem(
                            "Another process is making the model \"" + model + "\" right now.",
                            file.toString(),
                            "wait for it, or give this one another name"));
        } catch (IOException failure) {
            throw new Problem(
                    "The evolution's folder cannot be used: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        }
    }

    private Optional<Done> made(
            String model,
            Dataset dataset,
            HybridSettings settings,
            HybridTraining.Start start,
            int threads,
            Path stateFile) {
        if (start == HybridTraining.Start.ANEW && HybridTraining.waits(stateFile)) {
            console.progress("A stopped evolution of this model is begun anew; --resume would go on with it.");
        }
        Preprocessing preprocessing = Trainer.preprocessing(dataset);
        Optional<HybridOutcome> outcome;
        ProgressBar bar = new ProgressBar(console);
        try (Interruption interruption = new Interruption(console)) {
            outcome = new HybridTraining(
                            dataset,
                            preprocessing,
                            settings,
                            stateFile,
                            new Shown(console, bar),
                            interruption.signal()::isRequested)
                    .run(start, threads);
            bar.clear();
            if (outcome.isEmpty()) console.progress(howToGoOn); // said before the process may end
        } finally {
            bar.clear();
        }
        if (outcome.isEmpty()) return Optional.empty();
        console.progress("Writing the model and its judgement ...");
        long began = System.nanoTime();
        TrainedModel judged = TrainedModel.judge(
                outcome.get().parts(),
                dataset,
                origin(settings, outcome.get()),
                outcome.get().outputs());
        Path folder = workspace.newRun(model);
        EvaluationFiles.write(judged.verdict(), judged::picture, folder);
        ExportReport export = judged.export(model, Version.current(), workspace.newModel(model));
        checkSize(settings, export);
        HybridTraining.forget(stateFile);
        double seconds = (System.nanoTime() - began) / 1e9;
        return Optional.of(new Done(outcome.get(), judged, export, folder, seconds, settings.seed()));
    }

    private static void checkSize(HybridSettings settings, ExportReport export) {
        if (settings.engineBytes().isEmpty()
                || export.networkBytes() <= settings.engineBytes().getAsLong()) return;
        throw new Problem(
                String.format(
                        Locale.ROOT,
                        "The engine takes %,d bytes and not the %,d that are allowed: its graph is larger than was"
                                + " reckoned with.",
                        export.networkBytes(),
                        settings.engineBytes().getAsLong()),
                export.path().toString(),
                "allow as much, or give --resume and a smaller --engine-size: the evolution is kept");
    }

    /** Prints it for people. */
    void print(Done done) {
        HybridOutcome outcome = done.outcome();
        console.result(VerdictWords.line(done.verdict(), done.model().split()));
        console.result(FamiliarityWords.line(done.export().familiarity()));
        console.result(String.format(
                Locale.ROOT,
                "Engine    %,d bytes with its %,d references (kernels and projection %,d), k = %d, codes of %d numbers",
                done.export().networkBytes(),
                outcome.referenceCount(),
                outcome.weightsBytes(),
                outcome.form().k(),
                outcome.form().dimensions()));
        HybridOutcome.Validation validation = outcome.validation();
        if (outcome.generations() > 0) {
            console.result(String.format(
                    Locale.ROOT,
                    "Evolution %,d generations, %,d candidates: %.2f %% of %,d held-out pictures, without it %.2f %%%s",
                    outcome.generations(),
                    outcome.evaluations(),
                    validation.evolved() * 100,
                    validation.pictures(),
                    validation.start() * 100,
                    added(validation)));
        } else {
            console.result(String.format(
                    Locale.ROOT,
                    "Evolution none: %.2f %% of %,d held-out pictures",
                    validation.start() * 100,
                    validation.pictures()));
        }
        console.result("Model     " + done.export().path());
        console.result("Run       " + done.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s in all: %.1f s fitting heads, %.1f s searching, %.1f s judging",
                outcome.seconds().earlier() + JvmClock.secondsSinceStart(),
                outcome.seconds().head(),
                outcome.seconds().search(),
                outcome.seconds().evaluation() + done.evaluationSeconds()));
        console.result("");
        console.result(
                "Try it:   " + Launched.command() + " predict " + done.export().path() + " PICTURE --neighbours");
    }

    /** Says what the held-out pictures tell of evolution: one picture more is no gain. */
    private static String added(HybridOutcome.Validation validation) {
        if (validation.kept() == HybridOutcome.Kept.START) return "; the kernels before it are kept";
        return validation.paired().isBeyondChance()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the difference may be chance (p = %.2f)",
                        validation.paired().pValue());
    }

    private static Origin origin(HybridSettings settings, HybridOutcome outcome) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("method", "hybrid");
        chosen.put("kernels", settings.kernels().name());
        if (settings.kernels() instanceof KernelSource.Trained trained)
            chosen.put("kernelsFrom", trained.network().name());
        chosen.put("search", settings.evolution().search());
        chosen.put("mode", DataJson.word(settings.evolution().mode()));
        chosen.put("generations", Long.toString(outcome.generations()));
        chosen.put("pictures", Integer.toString(settings.evolution().pictures()));
        chosen.put("refit", Integer.toString(settings.evolution().refit()));
        chosen.put("stepSize", Double.toString(settings.evolution().stepSize()));
        chosen.put("keptKernels", DataJson.word(outcome.validation().kept()));
        settings.engineBytes().ifPresent(bytes -> chosen.put("engineBytesAllowed", Long.toString(bytes)));
        chosen.putAll(outcome.form().described());
        chosen.put("shrinkage", Double.toString(settings.shrinkage()));
        return new Origin(chosen, settings.seed());
    }

    /** Shows the making to whoever waits: a bar within the evolution, a line now and then. */
    private static final class Shown implements HybridListener {

        private static final long NANOSECONDS_BETWEEN_LINES = 10_000_000_000L;

        private final Console console;
        private final ProgressBar bar;
        private long saidAt = System.nanoTime();

        Shown(Console console, ProgressBar bar) {
            this.console = console;
            this.bar = bar;
        }

        @Override
        public void began(String step) {
            bar.clear();
            console.progress(Character.toUpperCase(step.charAt(0)) + step.substring(1) + " ...");
        }

        @Override
        public void evolved(EvolutionProgress progress) {
            bar.draw(
                    "generation " + progress.generation() + "/" + progress.generations(),
                    (double) progress.generation() / progress.generations(),
                    words(progress));
            boolean last = progress.generation() == progress.generations();
            if (!last && System.nanoTime() - saidAt < NANOSECONDS_BETWEEN_LINES) return;
            saidAt = System.nanoTime();
            bar.clear();
            console.progress(
                    "generation " + progress.generation() + "/" + progress.generations() + "  " + words(progress));
        }

        private static String words(EvolutionProgress progress) {
            String accuracy = progress.validationAccuracy().isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "  validation accuracy %.2f %%",
                            progress.validationAccuracy().getAsDouble() * 100);
            return String.format(
                    Locale.ROOT,
                    "loss best %.4f mean %.4f%s%s  %,d candidates",
                    progress.best(),
                    progress.mean(),
                    accuracy,
                    progress.left()
                            .map(left -> "  " + ProgressBar.words(left) + " left")
                            .orElse(""),
                    progress.evaluations());
        }
    }
}
