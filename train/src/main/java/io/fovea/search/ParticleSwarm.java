package io.fovea.search;

import java.util.Arrays;

/**
 * Particles that are drawn to the best places they and others have seen: "pso", "pso-constriction" and "spso2011".
 *
 * <p>{@link Preset#CLASSIC}: v ← v + U(0, 2)·(p − x) + U(0, 2)·(g − x) per coordinate, its size limited to half the first half-width; x ← x + v. No inertia and no constriction: without the limit
 * speeds grow without end, and with it they never become small. This is the rule of the talk and of DEAP's basic example.
 * <p>{@link Preset#CONSTRICTION}: v ← χ·(v + U(0, 2.05)·(p − x) + U(0, 2.05)·(g − x)) with χ = 0.7298.
 * <p>{@link Preset#SPSO2011}: the centre is c = x + 1.193·(p + l − 2x)/3, or x + 1.193·(p − x)/2 where p is itself l; x' is drawn in the ball
 * around c through x (uniform direction, uniform radius); v ← 0.721·v + x' − x. l is the best of K = 3 random informants, drawn anew after every generation that did not improve.
 *
 * <p>All particles move at once, after the whole generation is told. What a place was worth is remembered: with a fitness that changes from
 * generation to generation, lucky places stay.
 *
 * <p>Cost per generation O(λ·n), for SPSO-2011 also O(λ²); memory 4·λ·n numbers.
 *
 * <p>Symbols: x position, v speed, p best place of the particle, g of all, l of its informants, U uniform.
 * <p>Source: Kennedy and Eberhart 1995, Particle swarm optimization; Clerc and Kennedy 2002, IEEE Transactions on Evolutionary Computation
 * 6:1 (constriction coefficient χ); Clerc 2012, Standard particle swarm optimisation, hal-00764996 (SPSO 2011).
 */
public final class ParticleSwarm extends Search {

    /** The rule of motion. */
    public enum Preset {
        /** Limited speed, as in the talk and DEAP's basic example. */
        CLASSIC("pso"),
        /** Speeds that shrink by Clerc and Kennedy's factor. */
        CONSTRICTION("pso-constriction"),
        /** The standard of 2011, which does not depend on the axes. */
        SPSO2011("spso2011");

        private final String catalogueName;

        Preset(String catalogueName) {
            this.catalogueName = catalogueName;
        }
    }

    private static final double CONSTRICTION = 0.7298;
    private static final double INERTIA = 1 / (2 * Math.log(2));
    private static final double ACCELERATION = 0.5 + Math.log(2);
    private static final int INFORMED = 3;

    private final Preset preset;
    private final double fastest;
    private final double[][] positions;
    private final double[][] speeds;
    private final double[][] bestPlaces;
    private final double[] bestFitness;
    private final double[] informants; // who informs whom, 0 or 1 [λ·λ]: row j holds whom particle j tells

    /**
     * A search with 30 particles, SPSO-2011 with 40, or as the settings say.
     *
     * @throws io.fovea.problem.Problem if there are fewer than 2 particles
     */
    public ParticleSwarm(SearchSettings settings, Preset preset) {
        super(
                preset.catalogueName,
                settings,
                PopulationSize.of(preset.catalogueName, settings, preset == Preset.SPSO2011 ? 40 : 30, 2),
                preset);
        this.preset = preset;
        fastest = Math.sqrt(3) / 2 * settings.stepSize();
        positions = new double[population()][dimensions()];
        speeds = new double[population()][dimensions()];
        bestPlaces = new double[population()][dimensions()];
        bestFitness = new double[population()];
        Arrays.fill(bestFitness, Double.POSITIVE_INFINITY);
        informants = new double[preset == Preset.SPSO2011 ? population() * population() : 0];
    }

    /** Returns the average of the particles' best places [n]; the start before the first generation is told. */
    @Override
    public double[] mean() {
        return !hasLearnt() ? settings().start() : Swarm.mean(bestPlaces);
    }

    @Override
    public double stepSize() {
        return !hasLearnt() ? settings().stepSize() : Swarm.spread(positions);
    }

    @Override
    double[][] draw(RandomStream random) {
        if (!hasLearnt()) scatter(random);
        else move(random);
        return Arrays.stream(positions).map(double[]::clone).toArray(double[][]::new);
    }

    private void scatter(RandomStream random) {
        Swarm.copy(Swarm.around(settings(), population(), random), positions);
        for (double[] speed : speeds)
            for (int i = 0; i < speed.length; i++) speed[i] = random.nextDouble(-fastest, fastest);
        Swarm.copy(positions, bestPlaces);
        if (preset == Preset.SPSO2011) drawInformants(random);
    }

    private void move(RandomStream random) {
        int best = Ranking.order(bestFitness)[0];
        for (int k = 0; k < positions.length; k++) {
            switch (preset) {
                case CLASSIC -> pull(k, best, 2, 1, fastest, random);
                case CONSTRICTION -> pull(k, best, 2.05, CONSTRICTION, Double.POSITIVE_INFINITY, random);
                case SPSO2011 -> circle(k, bestInformant(k), random);
            }
            Rows.add(positions[k], 1, speeds[k], dimensions());
        }
    }

    private void pull(int k, int best, double strength, double shrink, double limit, RandomStream random) {
        double[] x = positions[k];
        double[] v = speeds[k];
        for (int i = 0; i < x.length; i++) {
            double own = strength * random.nextDouble() * (bestPlaces[k][i] - x[i]);
            double others = strength * random.nextDouble() * (bestPlaces[best][i] - x[i]);
            v[i] = Math.clamp(shrink * (v[i] + own + others), -limit, limit);
        }
    }

    private void circle(int k, int informant, RandomStream random) {
        double[] x = positions[k];
        double[] own = bestPlaces[k];
        double[] others = bestPlaces[informant];
        double[] toCentre = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            toCentre[i] = informant == k
                    ? ACCELERATION * (own[i] - x[i]) / 2
                    : ACCELERATION * (own[i] + others[i] - 2 * x[i]) / 3;
        }
        double[] direction = random.normal(x.length);
        double length = Math.sqrt(Rows.dot(direction, direction));
        double radius = random.nextDouble() * Math.sqrt(Rows.dot(toCentre, toCentre));
        for (int i = 0; i < x.length; i++)
            speeds[k][i] = INERTIA * speeds[k][i] + toCentre[i] + radius * direction[i] / length;
    }

    private int bestInformant(int k) {
        int best = k;
        for (int j = 0; j < positions.length; j++)
            if (informants[j * positions.length + k] > 0 && bestFitness[j] < bestFitness[best]) best = j;
        return best;
    }

    private void drawInformants(RandomStream random) {
        Arrays.fill(informants, 0);
        for (int j = 0; j < positions.length; j++) {
            for (int told = 0; told < INFORMED; told++)
                informants[j * positions.length + random.nextInt(positions.length)] = 1;
        }
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        double before = Arrays.stream(bestFitness).min().orElseThrow();
        for (int k = 0; k < fitness.length; k++) {
            if (!(fitness[k] < bestFitness[k])) continue;
            bestFitness[k] = fitness[k];
            System.arraycopy(candidates[k], 0, bestPlaces[k], 0, candidates[k].length);
        }
        boolean improved = Arrays.stream(bestFitness).min().orElseThrow() < before;
        if (preset == Preset.SPSO2011 && !improved) drawInformants(random);
    }

    @Override
    void pass(StateTape tape) {
        tape.rows(positions);
        tape.rows(speeds);
        tape.rows(bestPlaces);
        tape.numbers(bestFitness);
        tape.numbers(informants);
    }
}
