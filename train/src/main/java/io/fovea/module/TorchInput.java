package io.fovea.module;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.network.Shape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where libtorch reads its input: pictures, normalised, or the maps of frozen layers. What it gives is valid until the next call. */
final class TorchInput implements AutoCloseable {

    private final Preprocessing preprocessing;
    private final float[][] tables;
    private FloatPointer memory = new FloatPointer();
    private int length;
    private float[] normalised = new float[0];

    TorchInput(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        this.tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
    }

    /** Bytes [N, H, W, C] of some of the pictures become normalised floats in the same order, seen by libtorch as [N, C, H, W] channels-last. */
    Tensor pictures(Batch batch, int first, int count) {
        int channels = preprocessing.channels();
        int area = preprocessing.height() * preprocessing.width();
        if (batch.channels() != channels || batch.height() * batch.width() != area) {
            throw new IllegalArgumentException(
                    "Expected pictures [" + preprocessing.height() + ", " + preprocessing.width() + ", " + channels
                            + "], found [" + batch.height() + ", " + batch.width() + ", " + batch.channels() + "]");
        }
        int values = count * area * channels;
        if (normalised.length < values) normalised = new float[values];
        byte[] pixels = batch.pixels();
        int from = first * area * channels;
        for (int i = 0; i < values; i += channels) {
            for (int c = 0; c < channels; c++) normalised[i + c] = tables[c][pixels[from + i + c] & 0xff];
        }
        put(normalised, 0, values);
        return torch.from_blob(memory, count, preprocessing.height(), preprocessing.width(), channels)
                .permute(0, 3, 1, 2);
    }

    /** Some rows of [N, D], which are maps of a shape, channels last. */
    Tensor maps(float[] maps, Shape shape, int first, int count) {
        int width = Math.toIntExact(shape.count());
        put(maps, first * width, count * width);
        return shape.rank() == 3
                ? torch.from_blob(memory, count, shape.size(1), shape.size(2), shape.size(0))
                        .permute(0, 3, 1, 2)
                : torch.from_blob(memory, count, width);
    }

    private void put(float[] values, int from, int count) {
        if (length < count) {
            memory.close();
            try (PointerScope _ = new PointerScope()) {
                memory = new FloatPointer(count);
                memory.retainReference();
            }
            length = count;
        }
        memory.position(0).put(values, from, count);
    }

    @Override
    public void close() {
        memory.close();
    }
}
