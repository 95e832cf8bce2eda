package io.fovea.batching;

/** Whoever waits for an answer. */
@FunctionalInterface
public interface Caller {

    /** One that stays until it is answered. */
    Caller STAYS = () -> false;

    /** Returns whether nobody waits any more; asked by the waiting thread, now and then. */
    boolean isGone();
}
