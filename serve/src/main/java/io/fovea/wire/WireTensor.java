package io.fovea.wire;

import java.util.List;
import java.util.Objects;

/**
 * Elements with a name and a shape, as a protocol carries them.
 *
 * @param name     of the tensor
 * @param datatype of its elements
 * @param shape    sizes of its axes, N first
 * @param content  the elements in reading order
 */
public record WireTensor(String name, Datatype datatype, List<Integer> shape, Content content) {

    /** Checks that elements and shape agree. */
    public WireTensor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(datatype, "datatype");
        shape = List.copyOf(shape);
        int count = shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
        if (count != content.count())
            throw new IllegalArgumentException(
                    "\"" + name + "\" of shape " + shape + " has " + content.count() + " elements");
    }

    /** Returns how many elements one picture has. */
    public int each() {
        return content.count() / shape.getFirst();
    }
}
