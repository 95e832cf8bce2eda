package io.fovea.weights;

import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The first of some tensors that holds values that are no finite numbers: NaN or infinite. Nothing can be computed with it.
 *
 * @param tensor   its name
 * @param count    such values in it
 * @param of       all its values
 * @param position of the first, an index for each axis
 * @param value    of the first: NaN, infinity or minus infinity
 */
public record NonFinite(String tensor, int count, int of, int[] position, float value) {

    /** Finds it; empty if all values of all tensors are finite. */
    public static Optional<NonFinite> in(Collection<NamedTensor> tensors) {
        for (NamedTensor tensor : tensors) {
            Optional<NonFinite> found = in(tensor);
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    /**
     * Refuses weights that nothing can be computed with.
     *
     * @param where what the problem names: the file
     * @throws Problem if a value is not finite
     */
    public static void check(Weights weights, String where) {
        in(weights.tensors()).ifPresent(found -> {
            throw new Problem(
                    found.words() + ".",
                    where,
                    "take weights of an earlier epoch, or train them again; an infinite one may be too large for 32"
                            + " bits");
        });
    }

    private static Optional<NonFinite> in(NamedTensor tensor) {
        float[] values = tensor.values();
        int count = 0;
        int first = -1;
        for (int i = 0; i < values.length; i++) {
            if (Float.isFinite(values[i])) continue;
            if (first < 0) first = i;
            count++;
        }
        if (count == 0) return Optional.empty();
        return Optional.of(
                new NonFinite(tensor.name(), count, values.length, position(first, tensor.shape()), values[first]));
    }

    private static int[] position(int offset, int[] shape) {
        int[] position = new int[shape.length];
        int rest = offset;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            position[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return position;
    }

    /** Returns for example {@code 3 of 432 values of "conv1.weight" are no finite numbers, the first at [0, 0, 2, 1]: NaN}. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d values of \"%s\" %s, the first at %s: %s",
                count,
                of,
                tensor,
                count == 1 ? "is no finite number" : "are no finite numbers",
                Arrays.toString(position),
                Float.isNaN(value) ? "NaN" : value > 0 ? "infinity" : "minus infinity");
    }
}
