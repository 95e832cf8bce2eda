package io.fovea.wire;

import java.util.List;

/** The elements of a tensor in reading order. Arrays are shared, not copied. */
public sealed interface Content {

    /** Returns how many elements there are. */
    int count();

    /** 32-bit floats. */
    record Floats(float[] values) implements Content {
        @Override
        public int count() {
            return values.length;
        }
    }

    /** 64-bit floats. */
    record Doubles(double[] values) implements Content {
        @Override
        public int count() {
            return values.length;
        }
    }

    /** Whole numbers 0 to 255. */
    record Octets(byte[] values) implements Content {
        @Override
        public int count() {
            return values.length;
        }
    }

    /** Whole numbers of 64 bits. */
    record Integers(long[] values) implements Content {
        @Override
        public int count() {
            return values.length;
        }
    }

    /** Files; in JSON they are written as base64. */
    record Files(List<byte[]> values) implements Content {
        @Override
        public int count() {
            return values.size();
        }
    }

    /** Texts; in JSON they stand as they are. */
    record Texts(List<String> values) implements Content {
        @Override
        public int count() {
            return values.size();
        }
    }
}
