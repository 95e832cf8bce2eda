package io.fovea.predict;

import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import java.nio.FloatBuffer;

/** Writes prepared pictures as floats into native memory, through the tables of {@link Preprocessing#table}. Threads may share it. */
final class Normaliser {

    private final float[][] tables;

    Normaliser(Preprocessing preprocessing) {
        tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
    }

    /** Writes picture {@code position} of a batch: [H, W, C] bytes → [C, H, W] floats. */
    void write(Pixels prepared, FloatBuffer input, int position) {
        byte[] values = prepared.values();
        int channels = tables.length;
        int area = values.length / channels;
        for (int c = 0; c < channels; c++) {
            float[] table = tables[c];
            int to = (position * channels + c) * area;
            for (int i = 0, from = c; i < area; i++, from += channels) input.put(to + i, table[values[from] & 0xff]);
        }
    }
}
