package io.fovea.weights;

import io.fovea.weights.PickledValue.Entry;
import io.fovea.weights.PickledValue.Mapping;
import io.fovea.weights.PickledValue.Name;
import io.fovea.weights.PickledValue.NumberType;
import io.fovea.weights.PickledValue.Opaque;
import io.fovea.weights.PickledValue.Parameter;
import io.fovea.weights.PickledValue.Role;
import io.fovea.weights.PickledValue.Sequence;
import io.fovea.weights.PickledValue.Storage;
import io.fovea.weights.PickledValue.Tensor;
import io.fovea.weights.PickledValue.TensorReference;
import io.fovea.weights.PickledValue.Text;
import io.fovea.weights.PickledValue.Whole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What PyTorch's own words in a pickle stand for: tensors as views of storages, and storages that lie elsewhere in the file.
 *
 * <p>Source: torch/_utils.py and torch/serialization.py, releases 0.1.7 to 2.x.
 */
final class PyTorchValues {

    private static final int MOST_AXES = 64;

    private final Map<String, Storage> storages = new HashMap<>();

    /** Returns every storage that was referred to, by key. */
    Map<String, Storage> storages() {
        return storages;
    }

    /** Returns what a call of {@code callee} stands for. */
    PickledValue called(PickledValue callee, PickledValue arguments, PickleInput in) {
        if (!(arguments instanceof Sequence(List<PickledValue> items))) {
            throw in.broken("The pickle is damaged: a call without arguments");
        }
        return switch (callee) {
            case Name(String _, Role role) -> called(role, items, in);
            // An empty tensor or storage made from its class, or a number of that type: holds nothing.
            case NumberType _, Opaque _ -> new Opaque("value");
            default -> throw in.broken("The pickle is damaged: it calls what is no function");
        };
    }

    private static PickledValue called(Role role, List<PickledValue> arguments, PickleInput in) {
        return switch (role) {
            case MAPPING -> mapping(arguments);
            case SIZE -> arguments.isEmpty() ? new Sequence() : arguments.getFirst();
            case TENSOR -> tensor(arguments, in);
            case TYPED_TENSOR -> {
                if (arguments.size() < 7 || !(arguments.get(6) instanceof NumberType(StoredType type))) {
                    throw in.broken("The pickle is damaged: a tensor without its number type");
                }
                Tensor tensor = tensor(arguments, in);
                yield new Tensor(tensor.storage(), type, tensor.offset(), tensor.shape(), tensor.strides());
            }
            case PARAMETER -> arguments.isEmpty() ? new Opaque("empty parameter") : arguments.getFirst();
            case PARAMETER_CLASS -> {
                Parameter parameter = new Parameter();
                if (!arguments.isEmpty()) parameter.tensor = arguments.getFirst();
                yield parameter;
            }
            case OPAQUE -> new Opaque("value");
        };
    }

    /** A dictionary may be made of a list of pairs. */
    private static Mapping mapping(List<PickledValue> arguments) {
        Mapping mapping = new Mapping();
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof Sequence(List<PickledValue> pairs)))
            return mapping;
        for (PickledValue pair : pairs) {
            if (pair instanceof Sequence(List<PickledValue> two) && two.size() == 2) {
                mapping.entries().add(new Entry(two.get(0), two.get(1)));
            }
        }
        return mapping;
    }

    private static Tensor tensor(List<PickledValue> arguments, PickleInput in) {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Whole(long offset))
                || !(arguments.get(2) instanceof Sequence(List<PickledValue> sizes))
                || !(arguments.get(3) instanceof Sequence(List<PickledValue> steps))) {
            throw in.broken("The pickle is damaged: a tensor needs storage, offset, sizes and strides");
        }
        return new Tensor(
                storage, storage.type(), offset, shape(numbers(sizes, in), in), strides(numbers(steps, in), in));
    }

    /** Returns sizes that are valid for one array. */
    static int[] shape(List<Long> sizes, PickleInput in) {
        if (sizes.size() > MOST_AXES) throw in.broken("A tensor has " + sizes.size() + " axes");
        int[] shape = new int[sizes.size()];
        long count = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            long size = sizes.get(axis);
            if (size < 0 || size > Integer.MAX_VALUE) throw in.broken("A tensor has an axis of " + size);
            shape[axis] = (int) size;
            count *= size;
            if (count > Integer.MAX_VALUE - 8)
                throw in.broken("The tensor of shape " + sizes + " is too large for one array");
        }
        return shape;
    }

    /** Returns strides, none of them negative. */
    static long[] strides(List<Long> steps, PickleInput in) {
        for (long step : steps) if (step < 0) throw in.broken("A tensor has a stride of " + step);
        return steps.stream().mapToLong(Long::longValue).toArray();
    }

    private static List<Long> numbers(List<PickledValue> items, PickleInput in) {
        List<Long> numbers = new ArrayList<>();
        for (PickledValue item : items) {
            if (!(item instanceof Whole(long value)))
                throw in.broken("The pickle is damaged: a size that is no number");
            numbers.add(value);
        }
        return numbers;
    }

    /** Takes over what an object made before is told about itself; all but old parameters knew it already. */
    void set(PickledValue object, PickledValue state) {
        // A variable of 2016: (tensor, gradient, hooks, requires_grad, volatile).
        if (object instanceof Parameter parameter
                && state instanceof Sequence(List<PickledValue> parts)
                && parts.size() == 5) {
            parameter.tensor = parts.getFirst();
        }
    }

    /** Returns what lies under a persistent id: a storage, or in the tar form a tensor. */
    PickledValue elsewhere(PickledValue id, PickleInput in) {
        return switch (id) {
            case Whole(long key) -> new TensorReference(Long.toString(key));
            case Text(String key) -> new TensorReference(key);
            case Sequence(List<PickledValue> parts) -> ofParts(parts, in);
            default -> throw in.broken("The pickle is damaged: a reference to nothing");
        };
    }

    private PickledValue ofParts(List<PickledValue> parts, PickleInput in) {
        if (parts.isEmpty()) throw in.broken("The pickle is damaged: a reference to nothing");
        // A class with the text of its program, as whole models were kept: only the class counts, and it was checked.
        if (parts.getFirst() instanceof Text(String word) && word.equals("module") && parts.size() > 1)
            return parts.get(1);
        if (!(parts.getFirst() instanceof Text(String word) && word.equals("storage"))) return parts.getFirst();
        if (parts.size() < 5
                || !(parts.get(1) instanceof NumberType(StoredType type))
                || !(parts.get(4) instanceof Whole(long count))) {
            throw in.broken("The pickle is damaged: a storage needs type, key, place and size");
        }
        String key =
                switch (parts.get(2)) {
                    case Text(String text) -> text;
                    case Whole(long number) -> Long.toString(number);
                    default -> throw in.broken("The pickle is damaged: a storage without a key");
                };
        if (count < 0) throw in.broken("A storage claims " + count + " numbers");
        storages.put(key, new Storage(key, type, 0, count));
        if (parts.size() > 5
                && parts.get(5) instanceof Sequence(List<PickledValue> view)
                && view.size() == 3
                && view.get(1) instanceof Whole(long offset)) {
            if (offset < 0) throw in.broken("A view of a storage begins at " + offset);
            return new Storage(key, type, offset, count);
        }
        return new Storage(key, type, 0, count);
    }
}
