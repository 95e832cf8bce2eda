package io.fovea.map;

import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What is done to the values of {@link ChannelMaps} one by one, where no convolution before it can take it over. */
public final class MapArithmetic {

    private MapArithmetic() {}

    /** Computes y = clamp(x). */
    public static void clamp(ChannelMaps x, int pictures, Clamp clamp, ChannelMaps y) {
        FloatVector low = FloatVector.broadcast(SPECIES, clamp.floor());
        FloatVector high = FloatVector.broadcast(SPECIES, clamp.ceiling());
        float[] from = x.values;
        float[] to = y.values;
        int start = x.start(0);
        int shift = y.start(0) - start;
        int end = start + pictures * x.at(x.height, 0);
        for (int i = start; i < end; i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, from, i);
            v = v.blend(low, v.compare(VectorOperators.LT, low));
            v.blend(high, v.compare(VectorOperators.GT, high)).intoArray(to, i + shift);
        }
    }

    /** Computes y = x + other. */
    public static void add(ChannelMaps x, ChannelMaps other, int pictures, ChannelMaps y) {
        float[] a = x.values;
        float[] b = other.values;
        float[] to = y.values;
        int start = x.start(0);
        int shift = y.start(0) - start;
        int second = other.start(0) - start;
        int end = start + pictures * x.at(x.height, 0);
        for (int i = start; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, i)
                    .add(FloatVector.fromArray(SPECIES, b, i + second))
                    .intoArray(to, i + shift);
        }
    }

    /** Copies all channels of x to the channels of y from {@code channel} on. */
    public static void place(ChannelMaps x, int pictures, ChannelMaps y, int channel) {
        for (int n = 0; n < pictures; n++) {
            int from = x.start(n);
            int to = y.start(n) + channel;
            for (int pixel = 0; pixel < x.height * x.width; pixel++, from += x.stride, to += y.stride)
                System.arraycopy(x.values, from, y.values, to, x.channels);
        }
    }

    /** Writes every {@code stride}-th row and column of x, its channels from {@code before} on, zeros in all others. */
    public static void subsample(ChannelMaps x, int pictures, int stride, int before, ChannelMaps y) {
        for (int n = 0; n < pictures; n++) {
            for (int row = 0; row < y.height; row++) {
                for (int column = 0; column < y.width; column++) {
                    int to = y.start(n) + y.at(row, column);
                    int from = x.start(n) + x.at(row * stride, column * stride);
                    Arrays.fill(y.values, to, to + y.stride, 0);
                    System.arraycopy(x.values, from, y.values, to + before, x.channels);
                }
            }
        }
    }
}
