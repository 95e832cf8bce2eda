package io.fovea.batch;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Target;
import java.util.List;

/** The pictures of one split of a dataset. */
record SplitPictures(Dataset dataset, Split split) implements PictureSource {

    @Override
    public int count() {
        return dataset.count(split);
    }

    @Override
    public int height() {
        return dataset.preparation().height();
    }

    @Override
    public int width() {
        return dataset.preparation().width();
    }

    @Override
    public int channels() {
        return dataset.preparation().colorMode().channels();
    }

    @Override
    public int label(int example) {
        return dataset.label(split, example);
    }

    @Override
    public List<Target> targets() {
        return dataset.targets();
    }

    @Override
    public void copyTargets(int example, float[] out, int offset) {
        dataset.copyTargets(split, example, out, offset);
    }

    @Override
    public boolean hasMasks() {
        return dataset.hasMasks();
    }

    @Override
    public void copyMask(int example, byte[] out, int offset) {
        dataset.copyMask(split, example, out, offset);
    }

    @Override
    public void copyPicture(int example, byte[] target, int offset) {
        dataset.copyPicture(split, example, target, offset);
    }
}
