package io.fovea.kernel;

import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Numbers of 32 bits from and to bfloat16, which is their upper half, rounded to the nearest and halves to even. */
public final class Bfloat16Kernel {

    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    private Bfloat16Kernel() {}

    /** Widens n numbers. */
    public static void widen(short[] halves, int n, float[] values) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT)
            ((IntVector) ShortVector.fromArray(HALVES, halves, i)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .intoArray(values, i);
        for (; i < n; i++) values[i] = Float.intBitsToFloat(halves[i] << 16);
    }

    /** Rounds n numbers. What arithmetic makes of no number stays none: its lower bits are zero, so that rounding does not carry. */
    public static void narrow(float[] values, int n, short[] halves) {
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += COUNT) {
            IntVector bits = FloatVector.fromArray(SPECIES, values, i).reinterpretAsInts();
            IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
            ((ShortVector) bits.add(odd)
                            .add(0x7fff)
                            .lanewise(VectorOperators.LSHR, 16)
                            .convertShape(VectorOperators.I2S, HALVES, 0))
                    .intoArray(halves, i);
        }
        for (; i < n; i++) {
            int bits = Float.floatToRawIntBits(values[i]);
            halves[i] = (short) (bits + (bits >>> 16 & 1) + 0x7fff >>> 16);
        }
    }
}
