package io.fovea.weights;

import io.fovea.weights.PickledValue.Entry;
import io.fovea.weights.PickledValue.Mapping;
import io.fovea.weights.PickledValue.Opaque;
import io.fovea.weights.PickledValue.Sequence;
import io.fovea.weights.PickledValue.Storage;
import io.fovea.weights.PickledValue.Tensor;
import io.fovea.weights.PickledValue.Text;
import io.fovea.weights.PickledValue.Whole;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's form of 2017 to 2020: five pickles in a row (a magic number, the protocol 1001, facts about the machine, the object,
 * the keys of its storages), then for each key the number of its elements in eight bytes, and the elements.
 *
 * <p>Source: torch/serialization.py, _legacy_save and _legacy_load.
 */
final class PyTorchStream {

    private static final String MAGIC = "1950a86a20f9469cfc6c";
    private static final int[] BEGINNING = {
        0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19
    };

    private PyTorchStream() {}

    static boolean begins(byte[] bytes) {
        if (bytes.length < BEGINNING.length) return false;
        // The second byte is the pickle's protocol.
        for (int i = 0; i < BEGINNING.length; i++) if (i != 1 && (bytes[i] & 0xff) != BEGINNING[i]) return false;
        return true;
    }

    static WeightFile read(Path path) {
        return ByteSource.opened(path, source -> read(source, path.toString()));
    }

    static WeightFile read(ByteSource source, String file) throws IOException {
        PickleInput in = new PickleInput(source, 0, source.size(), file);
        PyTorchValues values = new PyTorchValues();
        if (!(Unpickler.read(in, values) instanceof Opaque(String magic)) || !magic.equals(MAGIC)) {
            throw in.broken("The file does not begin as PyTorch's do");
        }
        if (!(Unpickler.read(in, values) instanceof Whole(long protocol)) || protocol != 1001) {
            throw in.broken("PyTorch's protocol must be 1001");
        }
        ByteOrder order = order(Unpickler.read(in, values));
        StateDictionary found = StateDictionary.of(Unpickler.read(in, values), file);
        Map<String, Tensor> tensors = PyTorchFile.described(found, file);
        StoredRows places = places(in, source, order, values);
        return new WeightFile(
                WeightFile.Form.PYTORCH_STREAM,
                TensorValues.read(tensors, places, order, source.size(), file),
                found.skipped());
    }

    private static StoredRows places(PickleInput in, ByteSource source, ByteOrder order, PyTorchValues values)
            throws IOException {
        if (!(Unpickler.read(in, values) instanceof Sequence(List<PickledValue> keys))) {
            throw in.broken("The pickle is damaged: expected the keys of the storages");
        }
        StoredRows rows = new StoredRows(source);
        for (PickledValue key : keys) {
            Storage storage =
                    key instanceof Text(String text) ? values.storages().get(text) : null;
            if (storage == null) throw in.broken("The file holds a storage that nothing refers to");
            long count = rows.add(storage.key(), storage.type(), order, in);
            if (count != storage.count()) {
                throw in.broken("Storage \"" + storage.key() + "\" should have " + storage.count() + " numbers, found "
                        + count);
            }
        }
        return rows;
    }

    private static ByteOrder order(PickledValue machine) {
        if (machine instanceof Mapping(List<Entry> entries)) {
            for (Entry entry : entries) {
                if (entry.key() instanceof Text(String key)
                        && key.equals("little_endian")
                        && entry.value() instanceof Whole(long answer)
                        && answer == 0) {
                    return ByteOrder.BIG_ENDIAN;
                }
            }
        }
        return ByteOrder.LITTLE_ENDIAN;
    }
}
