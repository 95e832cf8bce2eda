package io.fovea.weights;

import io.fovea.weights.PickledValue.NumberType;
import io.fovea.weights.PickledValue.Sequence;
import io.fovea.weights.PickledValue.Storage;
import io.fovea.weights.PickledValue.Tensor;
import io.fovea.weights.PickledValue.TensorReference;
import io.fovea.weights.PickledValue.Text;
import io.fovea.weights.PickledValue.Whole;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's form of 2016: a tar archive of three files.
 *
 * <ul>
 *   <li>{@code storages}: how many; for each (key, place, type) as a pickle, the number of its elements in eight bytes, the elements;
 *       then the views among them as a list of (key, key of the whole, offset, size).
 *   <li>{@code tensors}: how many; for each (key, key of its storage, type) as a pickle, the number of axes in four bytes, four
 *       bytes of nothing, then sizes, strides and offset in eight bytes each.
 *   <li>{@code pickle}: the object, with a tensor's key wherever one stands.
 * </ul>
 *
 * <p>Everything is little-endian. Source: torch/serialization.py, legacy_load within _legacy_load.
 */
final class PyTorchTar {

    private static final int MOST_AXES = 64;

    private final ByteSource source;
    private final String file;
    private final Map<String, TarEntries.Place> places;
    private final StoredRows rows;
    private final Map<String, Storage> storages = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();

    private PyTorchTar(ByteSource source, String file) throws IOException {
        this.source = source;
        this.file = file;
        this.places = TarEntries.of(source, file);
        this.rows = new StoredRows(source);
    }

    static WeightFile read(Path path) {
        return ByteSource.opened(path, source -> read(source, path.toString()));
    }

    static WeightFile read(ByteSource source, String file) throws IOException {
        return new PyTorchTar(source, file).contents();
    }

    private WeightFile contents() throws IOException {
        readStorages(part("storages"));
        readTensors(part("tensors"));
        StateDictionary found = StateDictionary.of(Unpickler.read(part("pickle"), new PyTorchValues()), file);
        Map<String, Tensor> named = new LinkedHashMap<>();
        found.tensors().forEach((name, value) -> named.put(name, tensor(name, value)));
        Weights weights = TensorValues.read(named, rows, ByteOrder.LITTLE_ENDIAN, source.size(), file);
        return new WeightFile(WeightFile.Form.PYTORCH_TAR, weights, found.skipped());
    }

    private PickleInput part(String name) {
        TarEntries.Place place = places.get(name);
        if (place == null) {
            throw ByteSource.broken(
                    "The tar archive is none of PyTorch's: there is no \"" + name + "\" in it", file, null);
        }
        return new PickleInput(source, place.start(), place.end(), file + ", " + name);
    }

    private void readStorages(PickleInput in) throws IOException {
        long count = number(next(in), in);
        for (long i = 0; i < count; i++) {
            List<PickledValue> parts = parts(in, 3);
            if (!(parts.get(2) instanceof NumberType(StoredType type))) {
                throw in.broken("The pickle is damaged: a storage without its type");
            }
            String key = key(parts.get(0), in);
            storages.put(key, new Storage(key, type, 0, rows.add(key, type, ByteOrder.LITTLE_ENDIAN, in)));
        }
        if (!(next(in) instanceof Sequence(List<PickledValue> views))) {
            throw in.broken("The pickle is damaged: expected the views of storages");
        }
        for (PickledValue view : views) {
            List<PickledValue> parts = parts(view, 4, in);
            Storage whole = storage(key(parts.get(1), in), in);
            long offset = number(parts.get(2), in);
            if (offset > whole.count()) throw in.broken("A view of a storage begins at " + offset);
            storages.put(
                    key(parts.get(0), in),
                    new Storage(whole.key(), whole.type(), whole.offset() + offset, number(parts.get(3), in)));
        }
    }

    private void readTensors(PickleInput in) throws IOException {
        long count = number(next(in), in);
        for (long i = 0; i < count; i++) {
            List<PickledValue> parts = parts(in, 3);
            Storage storage = storage(key(parts.get(1), in), in);
            int axes = in.integer();
            in.integer();
            if (axes < 0 || axes > MOST_AXES) throw in.broken("A tensor has " + axes + " axes");
            int[] shape = PyTorchValues.shape(numbers(axes, in), in);
            long[] strides = PyTorchValues.strides(numbers(axes, in), in);
            tensors.put(key(parts.get(0), in), new Tensor(storage, storage.type(), in.longInteger(), shape, strides));
        }
    }

    private Tensor tensor(String name, PickledValue value) {
        return switch (value) {
            case Tensor tensor -> tensor;
            case TensorReference(String key) when tensors.containsKey(key) -> tensors.get(key);
            default -> throw ByteSource.broken("The tensor \"" + name + "\" is missing", file, null);
        };
    }

    private Storage storage(String key, PickleInput in) {
        Storage storage = storages.get(key);
        if (storage == null) throw in.broken("The storage \"" + key + "\" is missing");
        return storage;
    }

    private static PickledValue next(PickleInput in) throws IOException {
        return Unpickler.read(in, new PyTorchValues());
    }

    private static List<PickledValue> parts(PickleInput in, int count) throws IOException {
        return parts(next(in), count, in);
    }

    private static List<PickledValue> parts(PickledValue value, int count, PickleInput in) {
        if (value instanceof Sequence(List<PickledValue> parts) && parts.size() == count) return parts;
        throw in.broken("The pickle is damaged: expected " + count + " values together");
    }

    private static String key(PickledValue value, PickleInput in) {
        return switch (value) {
            case Whole(long number) -> Long.toString(number);
            case Text(String text) -> text;
            default -> throw in.broken("The pickle is damaged: expected a key");
        };
    }

    private static long number(PickledValue value, PickleInput in) {
        if (value instanceof Whole(long number) && number >= 0) return number;
        throw in.broken("The pickle is damaged: expected a number of at least 0");
    }

    private static List<Long> numbers(int count, PickleInput in) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) numbers.add(in.longInteger());
        return numbers;
    }
}
