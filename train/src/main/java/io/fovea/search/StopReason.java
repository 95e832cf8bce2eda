package io.fovea.search;

/** Why it is of little use to go on with a search. */
public enum StopReason {
    /** A candidate is at least as good as the settings' target. */
    TARGET_REACHED("the target is reached"),
    /** All candidates of the last 10 + ⌈30·n/λ⌉ generations are equally good, but for 10⁻¹² of their fitness. */
    FITNESS_FLAT("all candidates are equally good"),
    /** Candidates differ by less than 10⁻¹² of the first generation's spread. */
    STEP_TOO_SMALL("the steps have become too small to matter"),
    /** Candidates differ by more than 10⁶ times the first generation's spread, or are no numbers. */
    DIVERGED("the steps grow without end"),
    /** The learnt covariance is longer than 10¹⁴ times its width, more than doubles can tell. */
    ILL_CONDITIONED("the covariance has become too narrow to compute with"),
    /** No candidate of a generation has a finite fitness. */
    NO_FITNESS("no candidate has a fitness that is a number");

    private final String description;

    StopReason(String description) {
        this.description = description;
    }

    /** Returns the reason in words that continue "stopped: ". */
    public String description() {
        return description;
    }
}
