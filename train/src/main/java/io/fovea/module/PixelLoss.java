package io.fovea.module;

import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The cross-entropy of every labelled pixel, computed by libtorch; the same numbers as in {@code optimize}, up to rounding. */
final class PixelLoss {

    /** libtorch's number for a sum. */
    private static final long SUM = 2;

    private PixelLoss() {}

    /**
     * Returns the sum of the losses of logits [n, K · H · W], to be taken backward; belongs to the caller's scope.
     *
     * @param first where the logits' pictures begin in the masks
     */
    static Tensor of(Tensor logits, Loss.CrossEntropy loss, Targets.Masks masks, int first, int classes) {
        long pictures = logits.size(0);
        long[] labels = new long[Math.toIntExact(pictures * masks.area())];
        for (int i = 0; i < labels.length; i++) labels[i] = masks.masks()[first * masks.area() + i] & 0xff;
        Tensor wanted = torch.from_blob(
                new LongPointer(labels), new long[] {pictures, masks.area()}, new TensorOptions(ScalarType.Long));
        return torch.cross_entropy_loss(
                logits.view(pictures, classes, masks.area()),
                wanted,
                weights(loss.classWeights()),
                SUM,
                Targets.Masks.UNLABELLED,
                loss.smoothing());
    }

    /** Writes the class of each pixel's largest logit, the first of equal ones, of logits [n, K · H · W] to rows of [N, H · W]. */
    static void answer(Tensor logits, int classes, int area, byte[] answers, int first) {
        // argmax makes an iterator for every pixel, a third of a U-Net's step; max along a dimension makes one
        Tensor largest = torch.max(logits.detach().view(logits.size(0), classes, area), 1)
                .get1()
                .to(ScalarType.Byte)
                .contiguous();
        new BytePointer(largest.data_ptr()).get(answers, first * area, Math.toIntExact(largest.numel()));
    }

    private static TensorOptional weights(ClassWeights weights) {
        if (!(weights instanceof ClassWeights.Given(List<Double> numbers))) return new TensorOptional();
        float[] values = new float[numbers.size()];
        for (int k = 0; k < values.length; k++) values[k] = numbers.get(k).floatValue();
        return new TensorOptional(
                torch.from_blob(new FloatPointer(values), values.length).clone());
    }
}
