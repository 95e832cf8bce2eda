package io.fovea.candidate;

import io.fovea.image.Preprocessing;
import io.fovea.product.PooledConvolution;
import io.fovea.thread.Workers;

/**
 * What the two convolutions see in pictures: the maps of the last pooling layer, laid out [PH, PW, OC₂].
 *
 * <p>For one thread at a time; the work is shared out to the workers.
 */
public final class FeatureMaps {

    private final PooledConvolution first;
    private final PooledConvolution second;
    private final float[][] tables;
    private final int channels;
    private final int height;
    private final int width;
    private final Workers workers;
    private final Bench[] benches;

    /** Prepares; filters are zero until {@link #set}. */
    public FeatureMaps(Topology topology, Preprocessing preprocessing, Workers workers) {
        first = topology.first();
        second = topology.second();
        channels = preprocessing.channels();
        height = preprocessing.height();
        width = preprocessing.width();
        tables = new float[channels][];
        for (int c = 0; c < channels; c++) tables[c] = preprocessing.table(c);
        this.workers = workers;
        benches = new Bench[workers.count()];
        for (int part = 0; part < benches.length; part++) benches[part] = new Bench();
    }

    /** What one thread writes into. */
    private final class Bench {
        final PooledConvolution.Room one = first.new Room();
        final PooledConvolution.Room two = second.new Room();
        final float[] picture = new float[height * width * channels];
        final float[] maps = new float[first.outputLength()];
    }

    /** Sets the filters. */
    public void set(Kernels kernels) {
        first.set(kernels.firstWeight(), kernels.firstBias());
        second.set(kernels.secondWeight(), kernels.secondBias());
    }

    /** Returns the second convolution with its current filters. */
    public PooledConvolution second() {
        return second;
    }

    /** Returns the numbers of a picture's maps after the first pooling. */
    public int firstLength() {
        return first.outputLength();
    }

    /** Returns D. */
    public int length() {
        return second.outputLength();
    }

    /** By how many pixels pictures are moved down and to the right; what comes in at the edge is the edge. */
    public record Shift(int down, int right) {
        /** Not at all. */
        public static final Shift NONE = new Shift(0, 0);
    }

    /** Computes the maps after both poolings of N pictures from {@code from}: [N, D] into {@code rows}. */
    public void features(byte[] pixels, int from, int pictures, Shift shift, float[] rows) {
        each(pictures, (bench, n) -> {
            normalise(pixels, from + n, shift, bench.picture);
            bench.one.forward(bench.picture, 0, bench.maps, 0);
            bench.two.forward(bench.maps, 0, rows, n * second.outputLength());
        });
    }

    /** Computes the maps after the first pooling of the pictures at these places: [N, firstLength]. */
    public void firstMaps(byte[] pixels, int[] places, float[] maps) {
        each(places.length, (bench, n) -> {
            normalise(pixels, places[n], Shift.NONE, bench.picture);
            bench.one.forward(bench.picture, 0, maps, n * first.outputLength());
        });
    }

    /** Computes the maps after both poolings from those after the first. */
    public void secondMaps(float[] maps, int pictures, float[] rows) {
        each(
                pictures,
                (bench, n) -> bench.two.forward(maps, n * first.outputLength(), rows, n * second.outputLength()));
    }

    /** One picture's work. */
    private interface Work {
        void on(Bench bench, int n);
    }

    private void each(int pictures, Work work) {
        workers.run(part -> {
            int end = (int) ((long) pictures * (part + 1) / benches.length);
            for (int n = (int) ((long) pictures * part / benches.length); n < end; n++) work.on(benches[part], n);
        });
    }

    private void normalise(byte[] pixels, int place, Shift shift, float[] picture) {
        int start = place * picture.length;
        for (int y = 0, i = 0; y < height; y++) {
            int row = Math.clamp(y - shift.down(), 0, height - 1) * width;
            for (int x = 0; x < width; x++) {
                int from = start + (row + Math.clamp(x - shift.right(), 0, width - 1)) * channels;
                for (int c = 0; c < channels; c++) picture[i++] = tables[c][pixels[from + c] & 0xff];
            }
        }
    }
}
