package io.fovea.batch;

import io.fovea.image.Target;
import java.util.Arrays;
import java.util.List;

/** Pictures of 10x10 pixels in colour whose values all are 100 times their number, with the labels given. */
record LabelledPictures(int... labels) implements PictureSource {

    static final int BYTES = 300;

    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public int height() {
        return 10;
    }

    @Override
    public int width() {
        return 10;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public int label(int example) {
        return labels[example];
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public void copyTargets(int example, float[] out, int offset) {}

    @Override
    public void copyPicture(int example, byte[] target, int offset) {
        Arrays.fill(target, offset, offset + BYTES, (byte) (100 * example));
    }
}
