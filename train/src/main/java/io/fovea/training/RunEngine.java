package io.fovea.training;

import io.fovea.module.Computation;
import io.fovea.module.Engine;
import io.fovea.module.TrainableModule;
import io.fovea.speed.Contest;
import io.fovea.speed.Pace;
import io.fovea.speed.Speed;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.List;
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
        Contest.Rule rule = speeds.map(EngineSpeeds::rule).orElse(Contest.Rule.USUAL);
        pace = new Pace(rule.coldSeconds(), rule.windowSeconds(), rule.windowPieces());
    }

    /**
     * Builds what computes the run: what the folder's run is computed by, what is known to be fastest, or what mostly is.
     *
     * @param pictures how many the run trains on in all
     * @param measured what is known and may be found out; empty where nothing is to be measured
     * @param ranks    all of which compute by what rank 0 chooses, without measuring
     */
    static RunEngine of(
            TrainingTask task,
            Weights weights,
            Workers workers,
            long pictures,
            Optional<EngineSpeeds> measured,
            RunRanks ranks) {
        Optional<EngineSpeeds> speeds = ranks.several() ? Optional.empty() : measured;
        RunEngine engine = new RunEngine(task, workers, speeds);
        Optional<Computation> kept = task.keptComputation();
        Optional<Engine> known =
                kept.isPresent() ? Optional.empty() : speeds.flatMap(all -> all.fastest(task, pictures));
        Computation own = kept.or(() -> known.map(task::computation)).orElseGet(task::computation);
        engine.computation = task.read(ranks.chosenByFirst(() -> task.text(own)), "what rank 0 says");
        if (kept.isEmpty()) task.keep(engine.computation);
        engine.module = task.module(weights, engine.computation, workers);
        if (ranks.several() && task.engines().size() > 1) {
            engine.remark = Optional.of("Computed by " + engine.way()
                    + " on every rank: which engine is faster is not measured where ranks train together.");
        } else if (known.isPresent()) {
            engine.sayKnown();
        } else if (kept.isEmpty() && speeds.isPresent() && task.engines().size() > 1) {
            engine.contest =
                    Optional.of(new Contest(speeds.get().rule(), engine.way(), EngineSpeeds.way(engine.other())));
        }
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
            case TRY_OTHER -> tryOther();
            case KEEP_OTHER -> {
                waiting.orElseThrow().close();
                waiting = Optional.empty();
                computation = task.computation(other());
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
        pace.speed(way()).ifPresent(speed -> remember(List.of(warmedUpAsKnown(speed))));
    }

    /** After a contest the pace was taken of what was warm already, so that the warm-up known from it stays. */
    private Speed warmedUpAsKnown(Speed speed) {
        if (contest.isEmpty()) return speed;
        Speed known = speeds.orElseThrow().of(task, computation.engine()).orElse(speed);
        return new Speed(speed.way(), speed.imagesPerSecond(), known.warmUpSeconds());
    }

    private String way() {
        return EngineSpeeds.way(computation.engine());
    }

    private Engine other() {
        return task.engines().stream()
                .filter(engine -> engine != computation.engine())
                .findFirst()
                .orElseThrow();
    }

    /** An engine that cannot be had ends the trial, not the run. */
    private void tryOther() {
        try {
            TrainableModule other = handedTo(task.computation(other()));
            waiting = Optional.of(module);
            module = other;
        } catch (RuntimeException | LinkageError absent) {
            contest = Optional.empty();
            remark = Optional.of("The run goes on by " + way() + ": " + EngineSpeeds.way(other())
                    + " cannot be tried here. " + absent.getMessage());
        }
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
        Speed first = contest.orElseThrow().firstSpeed().orElseThrow();
        Speed second = contest.orElseThrow().otherSpeed().orElseThrow();
        say(second.way().equals(way()) ? second.beside(first) : first.beside(second), "measured in this run");
        remember(List.of(first, second));
    }

    private void sayKnown() {
        EngineSpeeds all = speeds.orElseThrow();
        Speed chosen = all.of(task, computation.engine()).orElseThrow();
        say(chosen.beside(all.of(task, other()).orElseThrow()), "as earlier runs on this machine measured");
        chosenByRecord = true;
    }

    private void say(String comparison, String when) {
        remark = Optional.of("Computed by " + module.description() + ": " + comparison + ", " + when + ".");
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
