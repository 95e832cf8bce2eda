package io.fovea.wire;

import java.util.List;
import java.util.Objects;

/**
 * An input or an output of a model as a protocol tells of it.
 *
 * @param name     of the tensor
 * @param datatype of its elements
 * @param shape    sizes of its axes, N first; −1 where the size is free
 */
public record WireShape(String name, Datatype datatype, List<Integer> shape) {

    /** A size that is free. */
    public static final int ANY = -1;

    /** Checks and copies. */
    public WireShape {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(datatype, "datatype");
        shape = List.copyOf(shape);
    }
}
