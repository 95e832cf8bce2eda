package io.fovea.module;

import io.fovea.kernel.Bfloat16Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where a tensor's values lie, read and written piece by piece; in 32 bits or bfloat16. Valid as long as the tensor is. */
final class MapMemory {

    private final MemorySegment memory;
    private final boolean isHalf;

    /** Looks at a tensor whose values lie one after the other, without gaps. */
    MapMemory(Tensor tensor) {
        isHalf = isHalf(tensor);
        long bytes = tensor.numel() * (isHalf ? Short.BYTES : Float.BYTES);
        memory = MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(bytes);
    }

    static boolean isHalf(Tensor tensor) {
        return tensor.scalar_type().intern() == ScalarType.BFloat16; // JavaCPP makes a new object of each number
    }

    /** Reads n values from the given one on; of halves by way of an array of at least n. */
    void read(long from, int n, float[] values, short[] halves) {
        if (isHalf) {
            MemorySegment.copy(memory, ValueLayout.JAVA_SHORT, from * Short.BYTES, halves, 0, n);
            Bfloat16Kernel.widen(halves, n, values);
        } else {
            MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, from * Float.BYTES, values, 0, n);
        }
    }

    /** Writes n values. */
    void write(float[] values, int n, long to, short[] halves) {
        if (isHalf) {
            Bfloat16Kernel.narrow(values, n, halves);
            MemorySegment.copy(halves, 0, memory, ValueLayout.JAVA_SHORT, to * Short.BYTES, n);
        } else {
            MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, to * Float.BYTES, n);
        }
    }
}
