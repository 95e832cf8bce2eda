package io.fovea.weights;

import io.fovea.weights.PickledValue.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Storages that follow each other in a file, each as the number of its elements in eight bytes and the elements. */
final class StoredRows implements TensorValues.Storages {

    /** Where a row's elements lie. */
    private record Row(long position, long size) {}

    private final ByteSource source;
    private final Map<String, Row> rows = new HashMap<>();

    StoredRows(ByteSource source) {
        this.source = source;
    }

    /** Passes over the next row and returns how many elements it has. */
    long add(String key, StoredType type, ByteOrder order, PickleInput in) throws IOException {
        long found = in.longInteger();
        long count = order == ByteOrder.LITTLE_ENDIAN ? found : Long.reverseBytes(found);
        long start = in.position();
        if (count < 0 || count > (source.size() - start) / type.sizeInBytes()) {
            throw in.broken("Storage \"" + key + "\" claims " + count + " numbers, more than the file has bytes for");
        }
        rows.put(key, new Row(start, count * type.sizeInBytes()));
        in.moveTo(start + count * type.sizeInBytes());
        return count;
    }

    @Override
    public long size(Storage storage) throws IOException {
        return row(storage).size();
    }

    private Row row(Storage storage) throws EOFException {
        Row row = rows.get(storage.key());
        if (row == null) throw new EOFException("storage " + storage.key());
        return row;
    }

    @Override
    public ByteBuffer bytes(Storage storage, long position, int length) throws IOException {
        return source.bytes(row(storage).position() + position, length);
    }
}
