package io.fovea.module;

/** What computes a network's steps. */
public enum Engine {
    /** Vector kernels where they know every layer of the network and it is small, else libtorch. */
    AUTOMATIC,
    /** libtorch: every layer, every device. */
    LIBTORCH,
    /** The project's own kernels for small networks on the processor. */
    VECTOR
}
