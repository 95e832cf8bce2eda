package io.fovea.hybrid;

import io.fovea.candidate.CandidateLosses;
import io.fovea.candidate.CandidateProcesses;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Layout;
import io.fovea.candidate.LossesElsewhere;
import io.fovea.candidate.LossesHere;
import io.fovea.candidate.Topology;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.PairedComparison;
import io.fovea.export.TrainedModel;
import io.fovea.file.AtomicFile;
import io.fovea.image.Preprocessing;
import io.fovea.jvm.JvmOptions;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.statistic.PrototypeRefinement;
import io.fovea.thread.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes a hybrid of a dataset: kernels, evolution, engine, judgement.
 *
 * <p>Flow: held-out training pictures (the validation split, or a sixth) → kernels → evolution without them → engines of the kernels before and after, judged on
 * the held-out pictures → the better kernels → an engine fitted to all training pictures → the test pictures, once.
 *
 * <p>For one run; everything is on the heap but the linear algebra.
 */
public final class HybridTraining {

    private static final int MOST_HELD_OUT = 10_000;
    private static final int HELD_OUT_SHARE = 6;
    /** Pictures that engines are fitted to when they are only to be compared. */
    private static final int COMPARED = 20_000;
    /** Neighbours that vote when kernels are compared. */
    private static final int COMPARING_NEIGHBOURS = 9;
    /** Generations that show how fast this machine is; the first half warms up. */
    private static final int PROBED = 16;
    /** Those of a single filter take milliseconds, so that it takes more of them to warm up. */
    private static final int PROBED_PER_FILTER = 200;

    private final Dataset dataset;
    private final Preprocessing preprocessing;
    private final HybridSettings settings;
    private final Topology topology;
    private final Split judged;
    private final Path stateFile;
    private final HybridListener listener;
    private final BooleanSupplier stop;
    private double headSeconds;
    private double judgingSeconds;

    /**
     * Prepares.
     *
     * @param stateFile where the evolution is kept, so that a stopped one goes on
     * @param stop      asked after each generation; if it says so, the state is written and the run ends without a model
     * @throws Problem if the dataset is no classification, has fewer than two classes, no pictures or none to judge on, or pictures of another
     *     size than two convolutions take; if the engine cannot be that small, k is larger than the references, or the search does not
     *     work with so many dimensions
     */
    public HybridTraining(
            Dataset dataset,
            Preprocessing preprocessing,
            HybridSettings settings,
            Path stateFile,
            HybridListener listener,
            BooleanSupplier stop) {
        JvmOptions.checkForVectors();
        this.dataset = dataset;
        this.preprocessing = preprocessing;
        this.settings = settings;
        this.stateFile = stateFile;
        this.listener = listener;
        this.stop = stop;
        if (!dataset.targets().isEmpty()) {
            throw new Problem(
                    "Nearest neighbours answer with classes, but the dataset has numbers to regress.",
                    "dataset \"" + dataset.name() + "\"",
                    "train a network for it: fovea train --data " + dataset.name());
        }
        if (dataset.hasMasks()) {
            throw new Problem(
                    "Nearest neighbours answer with one class for a picture, but the dataset has one for every pixel.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it as a classification, with a folder of pictures for each class");
        }
        if (dataset.task().probabilities().isEmpty()) {
            throw new Problem(
                    "Nearest neighbours answer with classes, but these pictures are to be given back.",
                    "dataset \"" + dataset.name() + "\"",
                    "keep the network: only a classification has a hybrid");
        }
        // what cannot be done is found out here and not after the evolution
        judged = TrainedModel.judgingSplit(dataset);
        int[] counts = new int[dataset.classNames().size()];
        for (int i = 0; i < dataset.count(Split.TRAINING); i++) counts[dataset.label(Split.TRAINING, i)]++;
        for (int c = 0; c < counts.length; c++) requirePictures(c, counts[c]);
        topology = new Topology(
                new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width()),
                HybridSettings.FIRST_FILTERS,
                HybridSettings.SECOND_FILTERS);
        if (settings.engineBytes().isEmpty()) {
            EngineFit.checkK(settings.form(), dataset.count(Split.TRAINING), counts.length);
        } else {
            new EngineSizes(topology, settings, dataset.classNames())
                    .fitting(Arrays.stream(counts).min().orElseThrow());
        }
        if (settings.kernels() instanceof KernelSource.Trained trained) KernelSource.of(trained, topology);
        Evolution.check(settings.evolution(), topology);
    }

    private void requirePictures(int label, int found) {
        int needed = settings.engineBytes().isEmpty()
                        && settings.form().references() instanceof ReferenceChoice.PerClass perClass
                ? perClass.perClass()
                : 1;
        if (found >= needed) return;
        throw new Problem(
                "Class \"" + dataset.classNames().get(label) + "\" has " + found + " training pictures, but " + needed
                        + (needed == 1 ? " is" : " prototypes are") + " needed of each class.",
                "dataset \"" + dataset.name() + "\"",
                needed == 1
                        ? "import pictures of this class, or leave the class out"
                        : "take --references prototypes:" + Math.max(1, found) + ", or import more pictures of it");
    }

    /** Whether a stopped evolution waits in the state file. */
    public static boolean waits(Path stateFile) {
        return Files.isRegularFile(stateFile);
    }

    /**
     * Makes the hybrid.
     *
     * @param start whether to go on from the state file; it must be there and of the same settings
     * @return nothing if it was stopped
     * @throws Problem if the state belongs to another run, or all pictures are alike
     */
    public Optional<HybridOutcome> run(Start start, int threads) {
        return run(start, threads, workers -> new LossesHere(layout(), workers));
    }

    /**
     * Makes the hybrid, of the same bits, while other processes judge the candidates; all else is done here.
     *
     * @param processes that find the dataset in the same folder; other pictures than its own cannot be judged on there
     * @throws Problem as {@link #run(Start, int)} does, and if candidates cannot be judged there
     */
    public Optional<HybridOutcome> run(Start start, int threads, CandidateProcesses processes) {
        return run(start, threads, _ -> new LossesElsewhere(processes, dataset, layout()));
    }

    private Layout layout() {
        return new Layout(topology, preprocessing, dataset.classNames().size());
    }

    private Optional<HybridOutcome> run(Start start, int threads, Function<Workers, CandidateLosses> judges) {
        long began = System.nanoTime();
        try (Workers workers = new Workers(threads)) {
            CandidateLosses losses = judges.apply(workers);
            dataset.holdIfSmall(Split.TRAINING);
            LabelledPictures all = pictures(Split.TRAINING);
            boolean separate = dataset.count(Split.VALIDATION) > 0 && dataset.count(Split.TEST) > 0;
            int held = separate ? 0 : Math.min(MOST_HELD_OUT, all.count() / HELD_OUT_SHARE);
            HoldOut holdOut = HoldOut.of(all.labels(), held, new SplittableRandom(settings.seed()));
            LabelledPictures heldOut = separate ? pictures(Split.VALIDATION) : all.select(holdOut.heldOut());
            LabelledPictures training = all.select(holdOut.others());

            listener.began("finding kernels");
            Kernels first = kernels(training, workers);
            Evolution evolution;
            double earlier = 0;
            if (start == Start.RESUME) {
                EvolutionState state = EvolutionState.read(bytes(), stateFile.toString(), identity());
                evolution = evolution(planned(state.planned()), losses, first, training, heldOut, workers);
                evolution.restore(state);
                earlier = evolution.seconds().total();
            } else {
                evolution = evolution(
                        planned(losses, first, training, heldOut, workers), losses, first, training, heldOut, workers);
            }
            if (!evolved(evolution)) return Optional.empty();

            LabelledPictures some = training.count() <= COMPARED
                    ? training
                    : training.select(HoldOut.first(COMPARED, training.labels()));
            listener.began("comparing with the kernels before evolution");
            HybridOutcome.Validation validation = compare(first, evolution, some, heldOut, workers);
            if (stopped(evolution)) return Optional.empty();
            Kernels kept = validation.kept() == HybridOutcome.Kept.EVOLVED ? evolution.kernels() : first;
            if (settings.engineBytes().isPresent()) listener.began("choosing what fits into the size");
            EngineForm form = settings.engineBytes().isEmpty()
                    ? settings.form()
                    : new EngineChoice(
                                    topology,
                                    preprocessing,
                                    settings,
                                    dataset.classNames(),
                                    PrototypeRefinement.Draw.BY_PICTURES,
                                    workers)
                            .choose(kept, some, heldOut, stop)
                            .form();
            if (stopped(evolution)) return Optional.empty();

            listener.began("fitting the engine");
            long fitting = System.nanoTime();
            HybridEngine engine = fit(kept, form, all, EngineFit.Copies.MOVED, workers);
            headSeconds += (System.nanoTime() - fitting) / 1e9;
            if (stopped(evolution)) return Optional.empty();
            listener.began("judging");
            long judging = System.nanoTime();
            float[] outputs = engine.logits(pictures(judged), preprocessing, workers);
            judgingSeconds += (System.nanoTime() - judging) / 1e9;
            EvolutionState.Seconds spent = evolution.seconds();
            return Optional.of(new HybridOutcome(
                    engine.parts(preprocessing, dataset),
                    judged,
                    outputs,
                    form.with(engine.dimensions()),
                    engine.weightBytes(),
                    engine.referenceCount(),
                    evolution.generation(),
                    evolution.evaluations(),
                    validation,
                    new HybridOutcome.Seconds(
                            earlier + (System.nanoTime() - began) / 1e9,
                            earlier,
                            headSeconds + spent.head(),
                            spent.search() + spent.evaluation(),
                            judgingSeconds)));
        }
    }

    /** Deletes the state of a finished evolution; only when the model is written, so that nothing is lost before. */
    public static void forget(Path stateFile) {
        try {
            Files.deleteIfExists(stateFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Evolution evolution(
            EvolutionSettings planned,
            CandidateLosses losses,
            Kernels first,
            LabelledPictures training,
            LabelledPictures heldOut,
            Workers workers) {
        return new Evolution(planned, layout(), losses, first, training, heldOut, settings.seed(), identity(), workers);
    }

    private EvolutionSettings planned(int generations) {
        return settings.evolution().withGenerations(generations);
    }

    /** Counts the generations that fit into the time that is allowed, by living a few whose outcome is thrown away. */
    private EvolutionSettings planned(
            CandidateLosses losses,
            Kernels first,
            LabelledPictures training,
            LabelledPictures heldOut,
            Workers workers) {
        if (settings.evolution().time().isEmpty()) return settings.evolution();
        listener.began("measuring the speed");
        boolean perFilter = settings.evolution().mode() == EvolutionMode.SERIAL_FILTER;
        int probed = perFilter ? PROBED_PER_FILTER : PROBED;
        Evolution probe = evolution(planned(probed), losses, first, training, heldOut, workers);
        double[] warm = {0, 0};
        probe.run(
                progress -> {
                    if (progress.generation() == probed / 2) warm[0] = lived(probe);
                    if (progress.generation() == probed) warm[1] = lived(probe);
                },
                () -> probe.generation() >= probed);
        EvolutionPace pace = new EvolutionPace(
                (warm[1] - warm[0]) / (probed - probed / 2), probe.seconds().head() / probe.heads());
        Duration time = settings.evolution().time().orElseThrow();
        return planned(
                perFilter
                        ? pace.perFilter(time, topology.secondFilters())
                        : pace.together(time, settings.evolution().refit()));
    }

    private static double lived(Evolution evolution) {
        return evolution.seconds().search() + evolution.seconds().evaluation();
    }

    /** How a run begins. */
    public enum Start {
        /** From the beginning; a state that is there is overwritten. */
        ANEW,
        /** From the state that was written last. */
        RESUME
    }

    private Kernels kernels(LabelledPictures training, Workers workers) {
        return switch (settings.kernels()) {
            case KernelSource.Random _ -> KernelSource.random(topology, settings.seed());
            case KernelSource.Clustered _ ->
                new PatchKernels(topology, preprocessing, settings.seed(), workers).of(training);
            case KernelSource.Trained trained -> KernelSource.of(trained, topology);
        };
    }

    /** Evolves to the end and returns true, or writes the state and returns false. */
    private boolean evolved(Evolution evolution) {
        if (evolution.generations() == 0) return true;
        listener.began("evolving");
        tellKernels(evolution);
        evolution.run(
                progress -> {
                    boolean kept = progress.generation() % settings.evolution().refit() == 0;
                    if (kept || progress.generation() == progress.generations()) {
                        write(evolution);
                        tellKernels(evolution);
                    }
                    listener.evolved(progress);
                },
                stop);
        if (evolution.generation() >= evolution.generations()) return true;
        write(evolution);
        return false;
    }

    private void tellKernels(Evolution evolution) {
        float[] weights = evolution.kernels().firstWeight().clone();
        int side = Topology.KERNEL_SIZE;
        int[] shape = {
            weights.length / (topology.input().size(0) * side * side),
            topology.input().size(0),
            side,
            side
        };
        listener.kernels(evolution.generation(), shape, weights);
    }

    /** Writes the state and returns true if the run is to stop. */
    private boolean stopped(Evolution evolution) {
        if (!stop.getAsBoolean()) return false;
        write(evolution);
        return true;
    }

    private void write(Evolution evolution) {
        AtomicFile.write(stateFile, evolution.state().bytes());
    }

    private byte[] bytes() {
        if (!waits(stateFile)) {
            throw new Problem(
                    "There is no stopped evolution to go on with.",
                    stateFile.toString(),
                    "leave --resume out to begin anew");
        }
        try {
            return Files.readAllBytes(stateFile);
        } catch (IOException unreadable) {
            throw new Problem(
                    "The state of the evolution cannot be read: " + unreadable.getMessage() + ".",
                    stateFile.toString(),
                    "check the file's permissions, or leave --resume out to begin anew",
                    unreadable);
        }
    }

    /** Returns what tells this evolution from all others. */
    private String identity() {
        EvolutionSettings evolution = settings.evolution();
        // a model of the same name may have been trained anew
        String weights = settings.kernels() instanceof KernelSource.Trained trained
                ? " " + Integer.toHexString(KernelSource.of(trained, topology).checksum())
                : "";
        return "dataset " + dataset.contentHash().substring(0, 12) + " " + topology.input() + ", kernels "
                + settings.kernels().name() + weights + ", " + evolution.search() + " " + evolution.mode() + ", "
                + evolution.time().map(time -> time + ", ").orElse(evolution.generations() + " generations, ")
                + evolution.pictures() + " pictures, refit "
                + evolution.refit() + ", step " + evolution.stepSize() + ", seed " + settings.seed();
    }

    private HybridOutcome.Validation compare(
            Kernels first, Evolution evolution, LabelledPictures some, LabelledPictures heldOut, Workers workers) {
        boolean[] before = right(first, some, heldOut, workers);
        boolean[] after = evolution.generations() == 0 ? before : right(evolution.kernels(), some, heldOut, workers);
        PairedComparison paired = PairedComparison.of(before, after);
        return new HybridOutcome.Validation(
                heldOut.count(),
                share(before),
                share(after),
                paired.gain() > 0 ? HybridOutcome.Kept.EVOLVED : HybridOutcome.Kept.START,
                paired);
    }

    private static double share(boolean[] right) {
        int count = 0;
        for (boolean each : right) if (each) count++;
        return right.length == 0 ? 0 : (double) count / right.length;
    }

    /** Returns which of the held-out pictures an engine of some others gets right. */
    private boolean[] right(Kernels kernels, LabelledPictures some, LabelledPictures heldOut, Workers workers) {
        if (heldOut.count() == 0) return new boolean[0];
        long fitting = System.nanoTime();
        EngineForm plain =
                settings.form().with(new ReferenceChoice.All(), Math.min(COMPARING_NEIGHBOURS, some.count()));
        HybridEngine engine = fit(kernels, plain, some, EngineFit.Copies.NONE, workers);
        long judging = System.nanoTime();
        headSeconds += (judging - fitting) / 1e9;
        boolean[] right = engine.answersRight(heldOut, preprocessing, workers);
        judgingSeconds += (System.nanoTime() - judging) / 1e9;
        return right;
    }

    private HybridEngine fit(
            Kernels kernels, EngineForm form, LabelledPictures pictures, EngineFit.Copies copies, Workers workers) {
        return new EngineFit(
                        topology,
                        preprocessing,
                        settings.shrinkage(),
                        dataset.classNames(),
                        settings.seed(),
                        PrototypeRefinement.Draw.BY_PICTURES,
                        workers)
                .fit(kernels, form, pictures, copies);
    }

    private LabelledPictures pictures(Split split) {
        return LabelledPictures.of(
                dataset, split, IntStream.range(0, dataset.count(split)).toArray());
    }
}
