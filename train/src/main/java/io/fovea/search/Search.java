package io.fovea.search;

import io.fovea.problem.Problem;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Minimises a function of n numbers by asking for its value at λ points at a time.
 *
 * <pre>{@code
 * Search search = Searches.begin("cma-es", SearchSettings.of(start, 0.3, seed));
 * while (search.stopReason().isEmpty() && search.generation() < 200) {
 *     double[][] candidates = search.ask();
 *     double[] fitness = new double[candidates.length];
 *     for (int i = 0; i < fitness.length; i++) fitness[i] = cost(candidates[i]);
 *     search.tell(fitness);
 * }
 * }</pre>
 *
 * <p>A fitness that is not finite counts as the worst of its generation. A stop reason is advice: the search can be asked on.
 *
 * <p>Symbols: n dimensions, λ population, m mean, σ step size.
 * <p>Not for several threads at once; different searches share nothing.
 */
public abstract sealed class Search
        permits AntitheticEs,
                Pgpe,
                CmaEs,
                SeparableCmaEs,
                LimitedMemoryMaEs,
                SimpleEs,
                ParticleSwarm,
                GeneticAlgorithm,
                DifferentialEvolution {

    private static final double FLAT = 1e-12;
    private static final double SMALLEST_STEP = 1e-12;
    private static final double LARGEST_STEP = 1e6;

    private final String name;
    private final String options;
    private final SearchSettings settings;
    private final int population;
    private final RandomStream random;

    private double[][] asked = {};
    private int generation;
    private long evaluations;
    private final double[] bestValues;
    private double bestFitness = Double.POSITIVE_INFINITY;
    private double flatLow;
    private double flatHigh;
    private int flatGenerations;
    private Optional<StopReason> stopReason = Optional.empty();

    /**
     * A search before its first generation.
     *
     * @param options the algorithm's own settings as text, to recognise a stored search by
     */
    Search(String name, SearchSettings settings, int population, Object options) {
        this.name = name;
        this.settings = settings;
        this.population = population;
        this.options = options.toString();
        this.random = new RandomStream(settings.seed());
        this.bestValues = new double[settings.dimensions()];
    }

    /** Returns the algorithm's name in the catalogue {@link Searches}. */
    public final String name() {
        return name;
    }

    /** Returns n, the length of a candidate. */
    public final int dimensions() {
        return settings.dimensions();
    }

    /** Returns λ, the candidates per generation. */
    public final int population() {
        return population;
    }

    /**
     * Returns the candidates of the next generation [λ, n], the caller's to keep or change. Asked twice without an answer, it returns
     * the same.
     */
    public final double[][] ask() {
        if (asked.length == 0) asked = draw(random);
        return Arrays.stream(asked).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Takes the fitness [λ] of the candidates asked for, in their order; lower is better.
     *
     * @throws IllegalStateException    if no candidates are asked for
     * @throws IllegalArgumentException if there are more or fewer numbers than candidates
     */
    public final void tell(double[] fitness) {
        if (asked.length == 0) throw new IllegalStateException("tell() without candidates: call ask() first");
        if (fitness.length != population) {
            throw new IllegalArgumentException(
                    "A generation has " + population + " candidates, but " + fitness.length + " fitness values came");
        }
        double[][] candidates = asked;
        double[] judged = Arrays.stream(fitness)
                .map(value -> Double.isFinite(value) ? value : Double.POSITIVE_INFINITY)
                .toArray();
        asked = new double[0][];
        evaluations += population;
        boolean known = rememberBest(candidates, judged);
        if (known) learn(candidates, judged, random);
        generation++;
        if (stopReason.isEmpty()) stopReason = known ? reasonToStop(judged) : Optional.of(StopReason.NO_FITNESS);
    }

    /** Returns whether any candidate has a fitness. */
    private boolean rememberBest(double[][] candidates, double[] fitness) {
        int best = 0;
        for (int i = 1; i < fitness.length; i++) if (fitness[i] < fitness[best]) best = i;
        if (fitness[best] < bestFitness) {
            bestFitness = fitness[best];
            System.arraycopy(candidates[best], 0, bestValues, 0, bestValues.length);
        }
        return fitness[best] < Double.POSITIVE_INFINITY;
    }

    private Optional<StopReason> reasonToStop(double[] fitness) {
        if (settings.target().isPresent() && bestFitness <= settings.target().getAsDouble())
            return Optional.of(StopReason.TARGET_REACHED);
        double step = stepSize();
        boolean grown = !(step <= LARGEST_STEP * settings.stepSize());
        if (grown || !Arrays.stream(mean()).allMatch(Double::isFinite)) return Optional.of(StopReason.DIVERGED);
        if (step < SMALLEST_STEP * settings.stepSize()) return Optional.of(StopReason.STEP_TOO_SMALL);
        if (isFlat(fitness)) return Optional.of(StopReason.FITNESS_FLAT);
        return ownReasonToStop();
    }

    private boolean isFlat(double[] fitness) {
        double low = Arrays.stream(fitness).min().orElseThrow();
        double high = Arrays.stream(fitness).max().orElseThrow();
        boolean continues = flatGenerations > 0 && level(Math.min(low, flatLow), Math.max(high, flatHigh));
        flatLow = continues ? Math.min(low, flatLow) : low;
        flatHigh = continues ? Math.max(high, flatHigh) : high;
        flatGenerations = continues ? flatGenerations + 1 : level(low, high) ? 1 : 0;
        return flatGenerations >= 10 + Math.ceilDiv(30 * dimensions(), population);
    }

    private static boolean level(double low, double high) {
        return high - low <= FLAT * Math.max(Math.abs(low), Math.abs(high));
    }

    /** Returns a copy of the point that the search believes in [n]: what to use where fitness is noisy. */
    public abstract double[] mean();

    /** Returns the best candidate so far; empty before the first with a finite fitness. With noisy fitness it is a lucky one. */
    public final Optional<Candidate> best() {
        return hasLearnt() ? Optional.of(new Candidate(bestValues, bestFitness)) : Optional.empty();
    }

    /** Returns how many generations are told. */
    public final int generation() {
        return generation;
    }

    /** Returns how many candidates are told. */
    public final long evaluations() {
        return evaluations;
    }

    /**
     * Returns how far apart candidates lie at present: the root mean square, over the coordinates, of a coordinate's standard
     * deviation, in the units of the values.
     */
    public abstract double stepSize();

    /** Returns why it is of little use to go on; the first reason stays. */
    public final Optional<StopReason> stopReason() {
        return stopReason;
    }

    /**
     * Returns all that the search remembers.
     *
     * @throws IllegalStateException between {@link #ask} and {@link #tell}
     */
    public final SearchState state() {
        if (asked.length > 0) throw new IllegalStateException("A generation is asked for: call tell() first");
        StateWriter writer = new StateWriter();
        passAll(writer);
        return new SearchState(name, options, dimensions(), population, settings.seed(), writer.bytes());
    }

    /**
     * Goes on from that state. Start, step size, planned generations and target are taken from this search's settings.
     *
     * @throws Problem if the state is that of another algorithm, other options, dimensions, population or seed
     */
    public final void restore(SearchState state) {
        state.expect(name, options, dimensions(), population, settings.seed());
        StateReader reader = new StateReader(state.memory());
        try {
            passAll(reader);
        } catch (BufferUnderflowException tooShort) {
            throw unreadable();
        }
        if (!reader.isAtEnd()) throw unreadable();
        asked = new double[0][];
    }

    private Problem unreadable() {
        return new Problem(
                "The stored memory does not have the length that " + name + " writes.",
                "the stored state of a search",
                "begin the search anew, or use the version of Fovea that wrote it");
    }

    private void passAll(StateTape tape) {
        random.pass(tape);
        generation = (int) tape.count(generation);
        evaluations = tape.count(evaluations);
        tape.numbers(bestValues);
        bestFitness = tape.number(bestFitness);
        flatLow = tape.number(flatLow);
        flatHigh = tape.number(flatHigh);
        flatGenerations = (int) tape.count(flatGenerations);
        long reason = tape.count(stopReason.map(found -> found.ordinal() + 1).orElse(0));
        stopReason = reason == 0 ? Optional.empty() : Optional.of(StopReason.values()[(int) reason - 1]);
        pass(tape);
    }

    /** Returns whether {@link #learn} has been called: whether any candidate yet had a fitness. */
    final boolean hasLearnt() {
        return bestFitness < Double.POSITIVE_INFINITY;
    }

    /** Returns the settings given. */
    final SearchSettings settings() {
        return settings;
    }

    /** Returns new candidates [λ, n] in arrays of their own. */
    abstract double[][] draw(RandomStream random);

    /** Learns from candidates [λ, n] and their fitness [λ]: finite or +∞, at least one finite. The arrays are the algorithm's to change. */
    abstract void learn(double[][] candidates, double[] fitness, RandomStream random);

    /** Returns a reason of this algorithm alone. */
    Optional<StopReason> ownReasonToStop() {
        return Optional.empty();
    }

    /** Passes all that the algorithm remembers from one generation to the next. */
    abstract void pass(StateTape tape);
}
