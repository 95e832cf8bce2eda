package io.fovea.module;

import io.fovea.tensor.Precision;

/**
 * What computes a network's steps, and in which number format.
 *
 * @param engine    vector kernels or libtorch
 * @param precision of its products
 */
public record Computation(Engine engine, Precision precision) {

    /** Returns it in words, such as "libtorch in bfloat16". */
    public String words() {
        String name =
                switch (engine) {
                    case VECTOR -> "the vector kernels";
                    case LIBTORCH -> "libtorch";
                    case AUTOMATIC -> "the faster engine";
                };
        return precision == Precision.BFLOAT16 ? name + " in bfloat16" : name;
    }
}
