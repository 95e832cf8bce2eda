package io.fovea.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * What a pickle describes, as plain values; nothing of it runs.
 *
 * <p>Compared by identity only: a damaged pickle may hold a list within itself.
 */
sealed interface PickledValue {

    /** Text, such as a tensor's name. */
    record Text(String text) implements PickledValue {}

    /** A whole number, also True (1) and False (0). */
    record Whole(long value) implements PickledValue {}

    /** A list, tuple, set or size; lists grow while the pickle is read. */
    record Sequence(List<PickledValue> items) implements PickledValue {
        Sequence() {
            this(new ArrayList<>());
        }
    }

    /** A dictionary in its order; grows while the pickle is read. */
    record Mapping(List<Entry> entries) implements PickledValue {
        Mapping() {
            this(new ArrayList<>());
        }
    }

    /** One entry of a dictionary. */
    record Entry(PickledValue key, PickledValue value) {}

    /** A function or class that the pickle names and that is known to be harmless. */
    record Name(String name, Role role) implements PickledValue {}

    /** A type of numbers: of a storage, a tensor, or by itself. */
    record NumberType(StoredType type) implements PickledValue {}

    /**
     * A row of numbers that lies elsewhere in the file.
     *
     * @param key    under which it is found
     * @param type   of the numbers
     * @param offset of its first number in the row of that key
     * @param count  how many numbers
     */
    record Storage(String key, StoredType type, long offset, long count) implements PickledValue {}

    /** A tensor: a view of a storage. Sizes and strides count numbers, not bytes. */
    record Tensor(Storage storage, StoredType type, long offset, int[] shape, long[] strides) implements PickledValue {}

    /** A tensor of the tar form, described in another part of the file. */
    record TensorReference(String key) implements PickledValue {}

    /** A parameter whose tensor is set by a later step of the pickle. */
    final class Parameter implements PickledValue {
        PickledValue tensor = new Opaque("empty parameter");
    }

    /** Something harmless that is no tensor: None, a fraction, bytes, a date … */
    record Opaque(String what) implements PickledValue {}

    /** What calling a harmless name gives. */
    enum Role {
        /** OrderedDict, defaultdict, Counter. */
        MAPPING,
        /** A tuple of sizes. */
        SIZE,
        /** Tensor of storage, offset, sizes, strides. */
        TENSOR,
        /** The same with its own number type. */
        TYPED_TENSOR,
        /** A tensor that is trained. */
        PARAMETER,
        /** The class of such tensors. */
        PARAMETER_CLASS,
        /** Anything that weights do not need. */
        OPAQUE
    }
}
