package io.fovea.module;

/** What computes a network's steps. */
public enum Engine {
    /** The faster one for the network, where both know it: found out in the training itself if that is long enough, else mostly the vector kernels. */
    AUTOMATIC,
    /** libtorch: every layer, every device. */
    LIBTORCH,
    /** The project's own kernels for small networks on the processor. */
    VECTOR
}
