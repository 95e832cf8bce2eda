package io.fovea.quantize;

import java.util.Set;

/**
 * How far whole numbers of weights reach, symmetric about zero.
 *
 * <p>Processors without instructions for sums of four products of bytes (AVX2 and AVX-512 without VNNI) add pairs of products in 16 bits:
 * 255 · 127 · 2 does not fit there and is cut off in silence, 255 · 63 · 2 does.
 */
public enum WeightRange {
    /** −63 … 63: the same results on every processor, but for rounding. */
    SEVEN_BITS(63),
    /** −127 … 127: for processors with VNNI, and ARM's with dot products. */
    EIGHT_BITS(127);

    private static final Set<String> SUMS_OF_FOUR = Set.of("avx512_vnni", "avx_vnni", "asimddp", "i8mm");

    private final int largest;

    WeightRange(int largest) {
        this.largest = largest;
    }

    /** Returns the largest whole number. */
    public int largest() {
        return largest;
    }

    /** Returns the range for a processor with these instructions, in the system's spelling. */
    public static WeightRange of(Set<String> instructions) {
        return instructions.stream().anyMatch(SUMS_OF_FOUR::contains) ? EIGHT_BITS : SEVEN_BITS;
    }
}
