package io.fovea.timing;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.Pixels;
import io.fovea.kernel.PeakRate;
import io.fovea.machine.Machine;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.speed.Pace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Times a model file as a Java program runs it, in this process. For one thread at a time. */
public final class ModelTiming {

    /** Fewer runs say nothing, however long they take. */
    private static final int LEAST_RUNS = 5;

    /** The compiler has not done what it does before. */
    private static final double COLD_SECONDS = 0.3;

    /** The warm-up ends in any case after so many times the measured seconds. */
    private static final double LONGEST_WARM_UP = 3;

    private final Path file;
    private final TimingSettings settings;
    private final Consumer<String> telling;
    private final List<TimedPicture> pictures;
    private final Bundle bundle;

    /**
     * Looks at what there is.
     *
     * @param telling hears what is timed next
     * @throws Problem if the model is damaged, a picture cannot be read, or there is none
     */
    public ModelTiming(Path file, TimingSettings settings, Consumer<String> telling) {
        this.file = file;
        this.settings = settings;
        this.telling = telling;
        this.bundle = Bundle.open(file);
        this.pictures = settings.pictures().isEmpty()
                ? TimedPicture.golden(bundle, file.toString())
                : TimedPicture.read(settings.pictures());
    }

    /**
     * Measures.
     *
     * @throws Problem if the model answers otherwise than when it was made, or something is no picture
     */
    public ModelTimes run() {
        Machine machine = Machine.current();
        List<ModelTimes.Row> rows = new ArrayList<>();
        List<ModelTimes.Stage> stages = new ArrayList<>();
        for (int threads : settings.threads()) {
            OptionalDouble peak = peak(threads);
            PredictionOptions options = PredictionOptions.DEFAULT
                    .withThreads(threads)
                    .withVerification(rows.isEmpty() ? Verification.REPLAY : Verification.SKIP);
            try (Model model = Model.of(bundle, options)) {
                List<Tensor> prepared = prepared(model);
                for (int batch : settings.batches()) rows.add(row(model, prepared, threads, batch, peak));
                if (stages.isEmpty()) stages.addAll(stages(model));
            }
        }
        return new ModelTimes(file, bundle.manifest(), machine, pictures.size(), settings.seconds(), rows, stages);
    }

    private List<Tensor> prepared(Model model) {
        List<Tensor> prepared = new ArrayList<>();
        for (TimedPicture picture : pictures) prepared.add(model.prepare(picture.bytes(), picture.name()));
        return prepared;
    }

    private ModelTimes.Row row(Model model, List<Tensor> prepared, int threads, int batch, OptionalDouble peak) {
        telling.accept("threads " + threads + ", batch " + batch);
        List<Tensor> inputs = new ArrayList<>();
        for (int first = 0; inputs.isEmpty() || first < prepared.size(); first += batch) {
            List<Tensor> parts = new ArrayList<>();
            for (int i = 0; i < batch; i++) parts.add(prepared.get((first + i) % prepared.size()));
            inputs.add(Tensor.batch(parts));
        }
        List<String> wanted = List.of(model.manifest().task().result());
        Pace pace = new Pace(COLD_SECONDS, Math.min(0.2, settings.seconds() / 5), 3);
        double firstMillis = 0;
        double warmUp = 0;
        int runs = 0;
        while (!pace.isWarm() && (warmUp < LONGEST_WARM_UP * settings.seconds() || runs < LEAST_RUNS)) {
            double seconds = nanos(model, inputs.get(runs % inputs.size()), wanted) / 1e9;
            if (runs++ == 0) firstMillis = 1000 * seconds;
            warmUp += seconds;
            pace.took(batch, seconds);
        }
        Durations durations = new Durations();
        while (durations.seconds() < settings.seconds() || durations.count() < LEAST_RUNS)
            durations.add(nanos(model, inputs.get(durations.count() % inputs.size()), wanted));
        double rate = batch * durations.count() / durations.seconds();
        double operations = 2.0 * rate * bundle.manifest().sizes().multiplyAccumulates();
        return new ModelTimes.Row(
                threads,
                batch,
                new ModelTimes.WarmUp(firstMillis, runs, warmUp, pace.isWarm()),
                durations.latency(),
                rate,
                peak.isEmpty() ? peak : OptionalDouble.of(operations / peak.getAsDouble()));
    }

    private static long nanos(Model model, Tensor input, List<String> wanted) {
        long start = System.nanoTime();
        model.run(Map.of("input", input), wanted);
        return System.nanoTime() - start;
    }

    /** Picture by picture, each stage by itself; the first of them are for the compiler. */
    private List<ModelTimes.Stage> stages(Model model) {
        telling.accept("stages");
        Manifest manifest = bundle.manifest();
        List<String> wanted = List.of(manifest.task().result());
        Durations decoding = new Durations(), preparing = new Durations(), network = new Durations();
        long begin = System.nanoTime();
        long warm = begin + (long) (settings.seconds() / 2 * 1e9);
        long end = warm + (long) (settings.seconds() * 1e9);
        for (int i = 0; System.nanoTime() < end || network.count() < LEAST_RUNS; i++) {
            TimedPicture picture = pictures.get(i % pictures.size());
            long start = System.nanoTime();
            Pixels pixels = PictureDecoder.decode(
                    picture.bytes(), picture.name(), manifest.preprocessing().colorMode());
            long decoded = System.nanoTime();
            Tensor input = model.prepare(pixels);
            long ready = System.nanoTime();
            model.run(Map.of("input", input), wanted);
            long answered = System.nanoTime();
            if (start < warm) continue;
            decoding.add(decoded - start);
            preparing.add(ready - decoded);
            network.add(answered - ready);
        }
        double all = decoding.seconds() + preparing.seconds() + network.seconds();
        return List.of(
                new ModelTimes.Stage("decode", decoding.latency(), decoding.seconds() / all),
                new ModelTimes.Stage("prepare", preparing.latency(), preparing.seconds() / all),
                new ModelTimes.Stage("network", network.latency(), network.seconds() / all));
    }

    /** Returns what threads reach at best in products of floats; nothing where the JVM has no vectors, or the model counts in whole numbers. */
    private OptionalDouble peak(int threads) {
        boolean measurable =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                        && Int8Origin.of(bundle.manifest()).isEmpty();
        if (!measurable) return OptionalDouble.empty();
        telling.accept("peak of " + threads + (threads == 1 ? " thread" : " threads"));
        return OptionalDouble.of(PeakRate.of(threads).operationsPerSecond());
    }
}
