package io.fovea.hybrid;

import io.fovea.candidate.Basis;
import io.fovea.candidate.Block;
import io.fovea.candidate.CandidateLosses;
import io.fovea.candidate.Candidates;
import io.fovea.candidate.FeatureMaps;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Layout;
import io.fovea.candidate.Topology;
import io.fovea.search.Search;
import io.fovea.search.SearchSettings;
import io.fovea.search.SearchState;
import io.fovea.search.Searches;
import io.fovea.statistic.Codes;
import io.fovea.statistic.LinearHead;
import io.fovea.thread.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Changes kernels generation by generation so that the closed-form head on top of them errs less; no gradient is propagated.
 *
 * <p>Flow of a generation: every search of the stage is asked for candidates → all are judged on the same pictures by {@link CandidateLosses} → each search is told
 * its own. From time to time the head is fitted anew, on other pictures than those that judge.
 *
 * <p>Every draw follows from the seed and the number of the generation, so an evolution that goes on from its state ends with the same
 * bits as one that was never stopped. Not for several threads at once.
 */
final class Evolution {

    /** Pictures for the head: more make it surer and the fit slower. */
    private static final int HEAD_PICTURES = 30_000;
    /** Searches that compare generations get so many times the pictures, because theirs stay the same. */
    private static final int STEADY = 2;
    /** Of the head that judges. */
    private static final double SHRINKAGE = 0.003;

    private final EvolutionSettings settings;
    private final long seed;
    private final LabelledPictures forHead;
    private final LabelledPictures forLoss;
    private final LabelledPictures validation;
    private final FeatureMaps maps;
    private final HeadFit fit;
    private final CandidateLosses losses;
    private final List<Stage> plan;
    private final String identity;
    private final long population;

    private Kernels kernels;
    private final Block.Scales scales;
    private LinearHead head;
    private int stage;
    private int inStage;
    private long generation;
    private long evaluations;
    private double validated = Double.NaN;
    private List<Search> searches = List.of();
    private Optional<Basis> steady = Optional.empty();
    private double headSeconds;
    private double searchSeconds;
    private double evaluationSeconds;
    private int heads;

    /**
     * Prepares; the head is fitted at the first generation.
     *
     * @param losses     of candidates
     * @param start      kernels to begin with
     * @param training   pictures for heads and losses, which divide them
     * @param validation pictures that only measure
     * @param identity   tells this evolution from others
     */
    Evolution(
            EvolutionSettings settings,
            Layout layout,
            CandidateLosses losses,
            Kernels start,
            LabelledPictures training,
            LabelledPictures validation,
            long seed,
            String identity,
            Workers workers) {
        this.settings = settings;
        this.losses = losses;
        this.seed = seed;
        this.validation = validation;
        this.identity = identity;
        int[] order = permutation(training.count(), new SplittableRandom(seed ^ 0x5eed));
        int split = Math.min(HEAD_PICTURES, training.count() * 6 / 10);
        forHead = training.select(Arrays.copyOf(order, split));
        forLoss = training.select(Arrays.copyOfRange(order, split, order.length));
        kernels = start.copy();
        scales = Block.Scales.of(start);
        maps = new FeatureMaps(layout.topology(), layout.preprocessing(), workers);
        fit = new HeadFit(maps, layout.classes(), workers);
        plan = Stage.plan(settings, layout.topology());
        head = new LinearHead(new float[0], new float[0]);
        population = plan.stream().mapToLong(Stage::generations).sum();
    }

    /**
     * Finds out whether there are such searches for such kernels.
     *
     * @throws Problem if not
     */
    static void check(EvolutionSettings settings, Topology topology) {
        Kernels drawn = KernelSource.random(topology, 0);
        for (Stage stage : Stage.plan(settings, topology)) {
            double[] start = stage.blocks().getFirst().read(drawn, Block.Scales.of(drawn));
            Searches.begin(settings.search(), SearchSettings.of(start, settings.stepSize(), 0));
        }
    }

    static int[] permutation(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Returns how many generations are planned. */
    long generations() {
        return population;
    }

    /** Returns how many are done. */
    long generation() {
        return generation;
    }

    Kernels kernels() {
        return kernels;
    }

    long evaluations() {
        return evaluations;
    }

    /** Returns how many heads were fitted since this began or went on. */
    int heads() {
        return heads;
    }

    EvolutionState.Seconds seconds() {
        return new EvolutionState.Seconds(
                searchSeconds + headSeconds + evaluationSeconds, headSeconds, searchSeconds, evaluationSeconds);
    }

    /** Goes on from a state of the same evolution. */
    void restore(EvolutionState state) {
        stage = state.stage();
        inStage = state.inStage();
        generation = state.generation();
        evaluations = state.evaluations();
        validated = state.validation();
        kernels = state.kernels();
        head = state.head();
        headSeconds = state.seconds().head();
        searchSeconds = state.seconds().search();
        evaluationSeconds = state.seconds().evaluation();
        if (!state.searches().isEmpty()) {
            searches = begin(plan.get(stage), state.searches());
        }
    }

    EvolutionState state() {
        return new EvolutionState(
                identity,
                settings.generations(),
                stage,
                inStage,
                generation,
                evaluations,
                validated,
                seconds(),
                kernels.copy(),
                head,
                searches.stream().map(Search::state).toList());
    }

    /** Runs to the end of the plan, or until {@code stop} says so. */
    void run(Consumer<EvolutionProgress> listener, BooleanSupplier stop) {
        TimeLeft timeLeft = new TimeLeft();
        timeLeft.begin(System.nanoTime());
        while (stage < plan.size() && !stop.getAsBoolean()) {
            if (head.bias().length == 0) refit();
            Stage now = plan.get(stage);
            if (searches.isEmpty()) searches = begin(now, List.of());
            double[] losses = generation(now);
            inStage++;
            generation++;
            boolean ends = inStage == now.generations();
            if (ends) {
                plugIn(now);
                searches = List.of();
                steady = Optional.empty();
                inStage = 0;
                stage++;
            }
            boolean due = now.refits() == Stage.Refit.WITHIN && !ends && inStage % settings.refit() == 0;
            if (due || ends && now.refits() != Stage.Refit.NO) refit();
            boolean alike = settings.mode() != EvolutionMode.SERIAL_LAYER || stage > 0; // the first layer's take longer
            if (!alike || settings.mode() == EvolutionMode.SERIAL_LAYER && ends) timeLeft.begin(System.nanoTime());
            Optional<Duration> left =
                    alike ? timeLeft.after(System.nanoTime(), generations() - generation) : Optional.empty();
            listener.accept(new EvolutionProgress(
                    generation,
                    generations(),
                    Arrays.stream(losses).min().orElseThrow(),
                    Arrays.stream(losses).average().orElseThrow(),
                    evaluations,
                    Double.isNaN(validated) ? OptionalDouble.empty() : OptionalDouble.of(validated),
                    left));
        }
    }

    private void refit() {
        long start = System.nanoTime();
        heads++;
        maps.set(kernels);
        head = fit.ridge(forHead, SHRINKAGE);
        int[] answers = Codes.largest(fit.codes(validation, head), head.outputs());
        int right = 0;
        for (int n = 0; n < answers.length; n++) if (answers[n] == validation.labels()[n]) right++;
        if (answers.length > 0) validated = (double) right / answers.length;
        headSeconds += (System.nanoTime() - start) / 1e9;
    }

    private List<Search> begin(Stage now, List<SearchState> states) {
        List<Search> begun = new ArrayList<>();
        // states of a stage that has gone on hold what came of the start, so any start of the right length will do
        for (int b = 0; b < now.blocks().size(); b++) {
            SearchSettings own = new SearchSettings(
                    now.blocks().get(b).read(kernels, scales),
                    settings.stepSize(),
                    new SplittableRandom(seed + 7919L * stage + b).nextLong(),
                    OptionalInt.empty(),
                    OptionalInt.of(now.generations()),
                    OptionalDouble.empty());
            begun.add(states.isEmpty() ? Searches.begin(settings.search(), own) : Searches.resume(own, states.get(b)));
        }
        return begun;
    }

    /** Lives one generation and returns the losses of all its candidates. */
    private double[] generation(Stage now) {
        long start = System.nanoTime();
        List<double[][]> asked = searches.stream().map(Search::ask).toList();
        searchSeconds += (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        double[] all = losses.losses(basis(), Candidates.of(now.blocks(), asked, kernels, scales));
        evaluationSeconds += (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        for (int b = 0; b < asked.size(); b++) {
            double[] own = new double[asked.get(b).length];
            for (int j = 0; j < own.length; j++) own[j] = all[j * asked.size() + b];
            searches.get(b).tell(own);
        }
        if (settings.followsGradient()) plugIn(now);
        searchSeconds += (System.nanoTime() - start) / 1e9;
        evaluations += all.length;
        return all;
    }

    /** Puts what the searches believe in into the kernels. */
    private void plugIn(Stage now) {
        for (int b = 0; b < searches.size(); b++)
            now.blocks().get(b).write(searches.get(b).mean(), kernels, scales);
    }

    /** A search that compares generations keeps pictures and kernels for its stage, and so what follows from them. */
    private Basis basis() {
        if (settings.followsGradient()) return new Basis(kernels.copy(), head, pictures());
        if (steady.isEmpty()) steady = Optional.of(new Basis(kernels.copy(), head, pictures()));
        return steady.get();
    }

    /** Draws this generation's pictures; a search that compares generations keeps them for its stage. */
    private LabelledPictures pictures() {
        boolean fresh = settings.followsGradient();
        SplittableRandom random = new SplittableRandom(seed * 31 + (fresh ? generation : -1 - stage));
        int wanted = Math.min(forLoss.count(), fresh ? settings.pictures() : STEADY * settings.pictures());
        int[] places = wanted == forLoss.count()
                ? permutation(wanted, random)
                : random.ints(wanted, 0, forLoss.count()).toArray();
        return forLoss.select(places);
    }
}
