package io.fovea.hybrid;

/** What is searched at the same time, and when it takes effect. */
public enum EvolutionMode {
    /** Every filter of the second layer by a search of its own, side by side; all take effect together. */
    PARALLEL,
    /** One filter of the second layer after the other; each takes effect before the next is searched. */
    SERIAL_FILTER,
    /** The whole first layer as one vector, then, with it frozen, the filters of the second side by side. */
    SERIAL_LAYER,
    /** Both layers as one vector: for algorithms whose memory does not grow with the square of its length. */
    JOINT
}
