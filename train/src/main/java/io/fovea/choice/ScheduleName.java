package io.fovea.choice;

import io.fovea.optimize.LearningRateSchedule;
import java.util.List;

/** A course of the learning rate as it is named on the command line, with its usual settings; the first seven are DIGITS'. */
public enum ScheduleName {
    /** The same rate throughout. */
    FIXED(new LearningRateSchedule.Fixed()),
    /** A tenth after each third of the run. */
    STEP(new LearningRateSchedule.Step(1.0 / 3, 0.1)),
    /** A tenth at 50 % and at 85 % of the run. */
    MULTI_STEP(new LearningRateSchedule.MultiStep(List.of(0.5, 0.85), 0.1)),
    /** 0.95 times with each hundredth of the run. */
    EXPONENTIAL(new LearningRateSchedule.Exponential(0.95)),
    /** (1 + 0.1·t)^−0.5 over hundredths t of the run. */
    INVERSE(new LearningRateSchedule.Inverse(0.1, 0.5)),
    /** (1 − p)^3. */
    POLYNOMIAL(new LearningRateSchedule.Polynomial(3)),
    /** From 1 to 0 around the middle of the run. */
    SIGMOID(new LearningRateSchedule.Sigmoid(0.5, 0.1)),
    /** Half a cosine from 1 to 0. */
    COSINE(new LearningRateSchedule.Cosine()),
    /** Up for 30 % of the run, then down to almost nothing. */
    ONE_CYCLE(new LearningRateSchedule.OneCycle(0.3, 25, 10_000));

    private final LearningRateSchedule schedule;

    ScheduleName(LearningRateSchedule schedule) {
        this.schedule = schedule;
    }

    /** Returns it with its usual settings. */
    public LearningRateSchedule schedule() {
        return schedule;
    }
}
