package io.fovea.batch;

import io.fovea.image.Target;
import java.util.Arrays;
import java.util.List;

/** Pictures of 2x2 grey pixels whose four values all are the picture's number, with the label number modulo 10. */
record NumberedPictures(int count) implements PictureSource {

    @Override
    public int height() {
        return 2;
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int label(int example) {
        return example % 10;
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public void copyTargets(int example, float[] out, int offset) {}

    @Override
    public void copyPicture(int example, byte[] target, int offset) {
        Arrays.fill(target, offset, offset + 4, (byte) example);
    }
}
