package io.fovea.wire;

import io.fovea.problem.Problem;
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
        if (elements(shape) != content.count())
            throw new IllegalArgumentException(
                    "\"" + name + "\" of shape " + shape + " has " + content.count() + " elements");
    }

    /**
     * Returns a tensor that somebody sent.
     *
     * @throws Problem if there are more or fewer elements than the shape says
     */
    public static WireTensor received(String name, Datatype datatype, List<Integer> shape, Content content) {
        long count = elements(shape);
        if (count != content.count())
            throw new Problem(
                    "The shape " + shape + " takes " + count + " elements, found " + content.count() + ".",
                    "input \"" + name + "\"",
                    "send as many elements as the shape says");
        return new WireTensor(name, datatype, shape, content);
    }

    /** More than fit into memory count as {@link Integer#MAX_VALUE}: sizes come from outside, and their product may be any. */
    private static long elements(List<Integer> shape) {
        long count = shape.contains(0) ? 0 : 1;
        for (int size : shape) count = Math.min(Integer.MAX_VALUE, count * size);
        return count;
    }

    /** Returns how many elements one picture has. */
    public int each() {
        return content.count() / shape.getFirst();
    }
}
