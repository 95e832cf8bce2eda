package io.fovea.module;

import io.fovea.network.ParameterSpecification;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.tensor.Precision;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network's parameters and buffers where libtorch reads them, in 32 bits; of what products are made with in bfloat16 a copy in that. Owns memory
 * outside the heap.
 */
final class TorchWeights implements AutoCloseable {

    private final ParameterVector vector;
    private final Map<String, Tensor> exact = new HashMap<>();
    private final Map<String, Tensor> rounded = new HashMap<>();
    private final FloatPointer staging;

    /** Makes room; the numbers come with {@link #put}. */
    TorchWeights(ParameterVector vector, Precision precision) {
        this.vector = vector;
        int longest = vector.slices().stream()
                .mapToInt(ParameterVector.Slice::length)
                .max()
                .orElse(1);
        staging = new FloatPointer(longest);
        try (PointerScope _ = new PointerScope()) {
            staging.retainReference();
            for (ParameterVector.Slice slice : vector.slices()) {
                ParameterSpecification specification = slice.specification();
                Tensor tensor = torch.zeros(longs(specification.shape()));
                if (specification.shape().length == 4) tensor = tensor.contiguous(MemoryFormat.ChannelsLast);
                tensor.retainReference();
                exact.put(specification.name(), tensor);
                if (precision == Precision.BFLOAT16 && specification.kind() == Kind.PARAMETER) {
                    Tensor half = tensor.to(ScalarType.BFloat16);
                    half.retainReference();
                    rounded.put(specification.name(), half);
                }
            }
        }
    }

    /** Returns a tensor in 32 bits, or nothing: a layer may have no bias. */
    Tensor exact(String name) {
        return exact.get(name);
    }

    /** Returns all tensors in 32 bits by their names, live. */
    Map<String, Tensor> exact() {
        return Collections.unmodifiableMap(exact);
    }

    /** Returns a tensor as products are made with it. */
    Tensor factor(String name) {
        return rounded.getOrDefault(name, exact.get(name));
    }

    /** Takes one tensor's numbers out of the flat array of its kind. */
    void put(ParameterVector.Slice slice, float[] from) {
        String name = slice.specification().name();
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            staging.position(0).put(from, slice.offset(), slice.length());
            Tensor tensor = exact.get(name);
            tensor.copy_(torch.from_blob(staging, longs(slice.specification().shape())));
            Tensor half = rounded.get(name);
            if (half != null) half.copy_(tensor);
        }
    }

    /** Returns a copy of all buffers, flat. */
    float[] buffers() {
        float[] buffers = new float[vector.bufferCount()];
        try (PointerScope _ = new PointerScope()) {
            for (ParameterVector.Slice slice : vector.slices()) {
                if (slice.specification().kind() == Kind.PARAMETER) continue;
                Tensor tensor = exact.get(slice.specification().name());
                new FloatPointer(tensor.contiguous().data_ptr()).get(buffers, slice.offset(), slice.length());
            }
        }
        return buffers;
    }

    @Override
    public void close() {
        exact.values().forEach(Tensor::close);
        rounded.values().forEach(Tensor::close);
        exact.clear();
        rounded.clear();
        staging.close();
    }

    private static long[] longs(int[] shape) {
        long[] sizes = new long[shape.length];
        for (int i = 0; i < shape.length; i++) sizes[i] = shape[i];
        return sizes;
    }
}
