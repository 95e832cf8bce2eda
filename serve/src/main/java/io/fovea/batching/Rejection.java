package io.fovea.batching;

import java.util.Objects;

/** A question that is not answered, through no fault of the question itself. */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why it is not. */
    public enum Reason {
        /** All places are taken. */
        FULL,
        /** It has more pictures than there are places, so it will never be taken. */
        TOO_LARGE,
        /** Its deadline passed while it waited. */
        LATE,
        /** Its caller went away while it waited. */
        GONE,
        /** The queue takes no more. */
        CLOSED
    }

    private final Reason reason;

    /** A rejection; without a stack trace, as overload must be cheap. */
    public Rejection(Reason reason, String words) {
        super(words, null, false, false);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
