package io.fovea.weights;

/** Numbers that lie in memory in another order than row by row. */
final class Strided {

    private Strided() {}

    /** Returns the distances between neighbours along each axis if values lie in row-major order. */
    static long[] rowMajor(int[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        return strides;
    }

    /** Returns the distances if the first axis runs fastest, as in Fortran. */
    static long[] columnMajor(int[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        return strides;
    }

    /**
     * Returns the values in row-major order.
     *
     * <p>Formula: out[i, j, …] = source[i·strides[0] + j·strides[1] + …].
     *
     * @param strides not negative; the last element they reach lies within {@code source}
     */
    static float[] gathered(float[] source, int[] shape, long[] strides) {
        int count = 1;
        for (int size : shape) count *= size;
        float[] values = new float[count];
        int[] index = new int[shape.length];
        long from = 0;
        for (int i = 0; i < count; i++) {
            values[i] = source[(int) from];
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < shape[axis]) break;
                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return values;
    }
}
