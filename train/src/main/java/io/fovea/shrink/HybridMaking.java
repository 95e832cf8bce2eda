package io.fovea.shrink;

import io.fovea.candidate.CandidateProcesses;
import io.fovea.dataset.Dataset;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.event.JobEvent;
import io.fovea.export.ExportReport;
import io.fovea.export.Origin;
import io.fovea.export.TrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.hybrid.EvolutionProgress;
import io.fovea.hybrid.HybridListener;
import io.fovea.hybrid.HybridOutcome;
import io.fovea.hybrid.HybridSettings;
import io.fovea.hybrid.HybridTraining;
import io.fovea.hybrid.KernelSource;
import io.fovea.jvm.Build;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.result.DataJson;
import io.fovea.result.HybridResult;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A hybrid from its settings to its model: kernels, evolution, engine, judge, write. */
public final class HybridMaking {

    /** Where an evolution that was stopped stands, in the job's folder. */
    private static final String STATE = "evolution.state";

    private final Dataset dataset;
    private final HybridSettings settings;
    private final int threads;
    private final Optional<CandidateProcesses> processes;

    /** Prepares; all is done in this process. */
    public HybridMaking(Dataset dataset, HybridSettings settings, int threads) {
        this(dataset, settings, threads, Optional.empty());
    }

    private HybridMaking(
            Dataset dataset, HybridSettings settings, int threads, Optional<CandidateProcesses> processes) {
        this.dataset = dataset;
        this.settings = settings;
        this.threads = threads;
        this.processes = processes;
    }

    /** Returns this making with its candidates judged by other processes, which find the dataset in the same folder; what comes out is the same. */
    public HybridMaking judgedBy(CandidateProcesses others) {
        return new HybridMaking(dataset, settings, threads, Optional.of(others));
    }

    /** Refuses what cannot be done before anything is computed. */
    public void check() {
        training(Path.of(STATE), new Told(Optional.empty()), new StopSignal());
    }

    /** Makes it, or goes on with the folder's evolution, and writes the model; empty if it was stopped. */
    public Optional<HybridResult> run(
            String model, Path folder, Supplier<Path> target, Telling telling, StopSignal stop) {
        Path state = folder.resolve(STATE);
        HybridTraining.Start start =
                HybridTraining.waits(state) ? HybridTraining.Start.RESUME : HybridTraining.Start.ANEW;
        HybridTraining training = training(state, new Told(Optional.of(telling)), stop);
        Optional<HybridOutcome> made = processes
                .map(others -> training.run(start, threads, others))
                .orElseGet(() -> training.run(start, threads));
        if (made.isEmpty()) return Optional.empty();
        HybridOutcome outcome = made.get();
        telling.stage("writing the model");
        long began = System.nanoTime();
        TrainedModel judged = TrainedModel.judge(outcome.parts(), dataset, origin(outcome), outcome.outputs());
        EvaluationFiles.write(judged.verdict(), judged::picture, folder);
        ExportReport export = judged.export(model, Build.version(), WeightsEntry.LEFT_OUT, target.get());
        checkSize(export);
        HybridTraining.forget(state);
        double seconds = (System.nanoTime() - began) / 1e9;
        return Optional.of(new HybridResult(
                dataset.name(), outcome, judged.split(), judged.verdict(), export, folder, seconds, settings.seed()));
    }

    private HybridTraining training(Path state, Told told, StopSignal stop) {
        return new HybridTraining(dataset, Trainer.preprocessing(dataset), settings, state, told, stop::isRequested);
    }

    private void checkSize(ExportReport export) {
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
                "allow as much; the evolution is kept");
    }

    private Origin origin(HybridOutcome outcome) {
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

    /** Passes on what the making tells. */
    private record Told(Optional<Telling> telling) implements HybridListener {

        @Override
        public void began(String step) {
            telling.ifPresent(to -> to.stage(step));
        }

        @Override
        public void evolved(EvolutionProgress progress) {
            telling.ifPresent(to -> to.evolved(progress));
        }

        @Override
        public void kernels(long generation, int[] shape, float[] weights) {
            List<Float> numbers = new ArrayList<>();
            for (float weight : weights) numbers.add(weight);
            List<Integer> sizes = Arrays.stream(shape).boxed().toList();
            telling.ifPresent(to ->
                    to.tell(number -> new JobEvent.KernelsChanged(number, Instant.now(), generation, sizes, numbers)));
        }
    }
}
