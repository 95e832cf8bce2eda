package io.fovea.training;

import io.fovea.module.Computation;
import io.fovea.module.TrainableModule;
import io.fovea.speed.Contest;
import io.fovea.speed.Pace;
import io.fovea.speed.Speed;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What computes a run. Where nobody chose an engine, two know the network, and the run is long, the other one is tried for a moment of the training
 * itself, once the first is warm, and the faster one goes on; what was measured is remembered, so that the next run begins with it.
 *
 * <p>A handing over carries all that learning needs (parameters, buffers, the optimizer's memory), so that no step is lost; the numbers are those of
 * the other engine from then on. For one thread.
 */
final class RunEngine implements AutoCloseable {

    private final TrainingTask task;
    private final Workers workers;
    private final Optional<EngineSpeeds> speeds;
    private final List<Computation> able;
    private final Pace pace;
    private Computation computation;
    private TrainableModule module;
    private Optional<Contest> contest = Optional.empty();
    /** The first engine while the other is tried. */
    private Optional<TrainableModule> waiting = Optional.empty();

    private Optional<String> remark = Optional.empty();
    private boolean chosenByRecord;

    private RunEngine(TrainingTask task, Workers workers, Optional<EngineSpeeds> speeds) {
        this.task = task;
        this.workers = workers;
        this.speeds = speeds;
        able = task.computations();
        Contest.Rule rule = speeds.map(EngineSpeeds::rule).orElse(Contest.Rule.USUAL);
        pace = new Pace(rule.coldSeconds(), rule.windowSeconds(), rule.windowPieces());
    }

    /**
     * Builds what computes the run: what the folder's run is computed by, what is known to be fastest, or what mostly is.
     *
     * @param pictures how many the run trains on in all
     * @param speeds   what is known and may be found out; empty where nothing is to be measured
     */
    static RunEngine of(
            TrainingTask task, Weights weights, Workers workers, long pictures, Optional<EngineSpeeds> speeds) {
        RunEngine engine = new RunEngine(task, workers, speeds);
        Optional<Computation> kept = task.keptComputation();
        Optional<Computation> known =
                kept.isPresent() ? kept : speeds.flatMap(all -> all.fastest(task, engine.able, pictures));
        engine.computation = known.orElse(engine.able.getFirst());
        if (kept.isEmpty()) {
            engine.sayKnown(known);
            task.keep(engine.computation);
        }
        if (known.isEmpty() && speeds.isPresent() && engine.able.size() > 1) {
            engine.contest = Optional.of(new Contest(
                    speeds.get().rule(), EngineSpeeds.way(engine.computation), EngineSpeeds.way(engine.other())));
        }
        engine.module = task.module(weights, engine.computation, workers);
        return engine;
    }

    /** Returns what computes now; it may be another after {@link #took}. */
    TrainableModule module() {
        return module;
    }

    /** Nothing is tried any more: something is bound to the module. */
    void settle() {
        contest = Optional.empty();
    }

    /** Returns what is to be said of the choice, once. */
    Optional<String> remark() {
        Optional<String> said = remark;
        remark = Optional.empty();
        return said;
    }

    /**
     * Takes in that a step was taken.
     *
     * @param left how many pictures the run will still be trained on
     */
    void took(long pictures, double seconds, long left) {
        if (contest.isEmpty() || contest.get().isOver()) {
            pace.took(pictures, seconds);
            return;
        }
        switch (contest.get().took(pictures, seconds, left)) {
            case GO_ON -> {}
            case TRY_OTHER -> {
                waiting = Optional.of(module);
                module = handedTo(other());
            }
            case KEEP_OTHER -> {
                waiting.orElseThrow().close();
                waiting = Optional.empty();
                computation = other();
                task.keep(computation);
                conclude();
            }
            case RETURN -> {
                giveBack();
                conclude();
            }
        }
    }

    /** Remembers how fast the chosen engine was, where the other is known too: machines change, and what was faster once need not stay so. */
    void remember() {
        boolean compared = contest.map(over -> over.otherSpeed().isPresent()).orElse(chosenByRecord);
        if (!compared || waiting.isPresent()) return;
        pace.speed(EngineSpeeds.way(computation)).ifPresent(speed -> remember(List.of(warmedUpAsKnown(speed))));
    }

    /** After a contest the pace was taken of what was warm already, so that the warm-up known from it stays. */
    private Speed warmedUpAsKnown(Speed speed) {
        if (contest.isEmpty()) return speed;
        Speed known = speeds.orElseThrow().of(task, computation).orElse(speed);
        return new Speed(speed.way(), speed.imagesPerSecond(), known.warmUpSeconds());
    }

    private Computation other() {
        return able.stream().filter(one -> !one.equals(computation)).findFirst().orElseThrow();
    }

    private TrainableModule handedTo(Computation next) {
        TrainableModule taking = task.module(module.weights(), next, workers);
        try {
            taking.learnBy(task.updateRule(), workers);
            taking.load(module.live());
            return taking;
        } catch (RuntimeException failure) {
            taking.close();
            throw failure;
        }
    }

    private void giveBack() {
        TrainableModule first = waiting.orElseThrow();
        first.load(module.live());
        module.close();
        module = first;
        waiting = Optional.empty();
    }

    private void conclude() {
        Contest over = contest.orElseThrow();
        Speed first = over.firstSpeed().orElseThrow();
        Speed second = over.otherSpeed().orElseThrow();
        Speed chosen = second.way().equals(EngineSpeeds.way(computation)) ? second : first;
        Speed left = chosen == second ? first : second;
        remark = Optional.of(comparison(chosen, left, "measured in this run"));
        remember(List.of(first, second));
    }

    private void sayKnown(Optional<Computation> known) {
        if (known.isEmpty() || able.size() < 2) return;
        EngineSpeeds all = speeds.orElseThrow();
        Speed chosen = all.of(task, computation).orElseThrow();
        Speed left = all.of(task, other()).orElseThrow();
        remark = Optional.of(comparison(chosen, left, "as earlier runs on this machine measured"));
        chosenByRecord = true;
    }

    private static String comparison(Speed chosen, Speed left, String when) {
        return String.format(
                Locale.ROOT,
                "The run is computed by %s: %,.0f images/s, beside %,.0f by %s, %s.",
                chosen.way(),
                chosen.imagesPerSecond(),
                left.imagesPerSecond(),
                left.way(),
                when);
    }

    private void remember(List<Speed> measured) {
        Optional<String> trouble = speeds.orElseThrow().keep(task, measured);
        if (trouble.isPresent())
            remark = Optional.of(remark.map(said -> said + " ").orElse("") + trouble.get());
    }

    @Override
    public void close() {
        waiting.ifPresent(TrainableModule::close);
        module.close();
    }
}
