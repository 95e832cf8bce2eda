package io.fovea.weights;

import io.fovea.weights.PickledValue.Storage;
import io.fovea.weights.PickledValue.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns described tensors into numbers; every claim is checked against the bytes that there are. */
final class TensorValues {

    /** Where storages lie. */
    interface Storages {
        /** Returns the size of a storage in bytes. */
        long size(Storage storage) throws IOException;

        /** Returns exactly these bytes of a storage. */
        ByteBuffer bytes(Storage storage, long position, int length) throws IOException;
    }

    /** Numbers that any file may hold, however short it is. */
    private static final long ALWAYS_ALLOWED = 1 << 20;

    private static final int ALLOWED_PER_BYTE = 4;

    private TensorValues() {}

    /**
     * Reads every tensor.
     *
     * @param fileSize bounds how many numbers there can be, for tensors may share their storage
     */
    static Weights read(Map<String, Tensor> tensors, Storages storages, ByteOrder order, long fileSize, String file)
            throws IOException {
        long allowed = ALWAYS_ALLOWED + ALLOWED_PER_BYTE * fileSize;
        List<NamedTensor> named = new ArrayList<>();
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            String where = file + ", tensor \"" + entry.getKey() + "\"";
            Tensor tensor = entry.getValue();
            int count = count(tensor.shape());
            allowed -= count;
            if (allowed < 0) {
                throw ByteSource.broken("The tensors claim far more numbers than the file has bytes", where, null);
            }
            named.add(new NamedTensor(entry.getKey(), tensor.shape(), values(tensor, count, storages, order, where)));
        }
        return new Weights(named);
    }

    private static float[] values(Tensor tensor, int count, Storages storages, ByteOrder order, String where)
            throws IOException {
        if (tensor.strides().length != tensor.shape().length) {
            throw ByteSource.broken(
                    "Expected " + tensor.shape().length + " strides, found " + tensor.strides().length, where, null);
        }
        if (count == 0) return new float[0];
        int extent = extent(tensor, storages.size(tensor.storage()), where);
        StoredType type = tensor.type();
        long position = (tensor.storage().offset() * tensor.storage().type().sizeInBytes())
                + tensor.offset() * type.sizeInBytes();
        ByteBuffer bytes = storages.bytes(tensor.storage(), position, extent * type.sizeInBytes());
        float[] values = new float[extent];
        type.widen(bytes.order(order), values);
        return Arrays.equals(tensor.strides(), Strided.rowMajor(tensor.shape()))
                ? values
                : Strided.gathered(values, tensor.shape(), tensor.strides());
    }

    /** Returns how many numbers lie between the tensor's first and its last, both counted. */
    private static int extent(Tensor tensor, long storageSize, String where) {
        long size = tensor.type().sizeInBytes();
        long available = (storageSize
                        - saturated(
                                tensor.storage().offset(),
                                tensor.storage().type().sizeInBytes()))
                / size;
        long last = tensor.offset();
        boolean fits = last >= 0 && last < available;
        for (int axis = 0; axis < tensor.shape().length && fits; axis++) {
            last += saturated(tensor.strides()[axis], tensor.shape()[axis] - 1L);
            fits = last >= 0 && last < available;
        }
        if (!fits) {
            throw ByteSource.broken(
                    "The tensor " + Arrays.toString(tensor.shape()) + " reaches beyond its storage of " + storageSize
                            + " bytes",
                    where,
                    null);
        }
        long extent = last - tensor.offset() + 1;
        if (extent > Integer.MAX_VALUE / size - 8) {
            throw ByteSource.broken(
                    "The tensor is spread over " + extent + " numbers, too many for one array", where, null);
        }
        return (int) extent;
    }

    /** Multiplies two numbers of at least 0; what is too large stays too large. */
    private static long saturated(long left, long right) {
        return Math.multiplyHigh(left, right) != 0 || left * right < 0
                ? Long.MAX_VALUE / 4
                : Math.min(left * right, Long.MAX_VALUE / 4);
    }

    private static int count(int[] shape) {
        int count = 1;
        for (int size : shape) count *= size;
        return count;
    }
}
