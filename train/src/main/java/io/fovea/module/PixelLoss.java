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

    /** libtorch's number for a mean. */
    private static final long MEAN = 1;

    private PixelLoss() {}

    /** Returns the mean loss of logits [N, K · H · W], to be taken backward; belongs to the caller's scope. */
    static Tensor of(Tensor logits, Loss.CrossEntropy loss, Targets.Masks masks, int pictures, int classes) {
        long[] labels = new long[pictures * masks.area()];
        for (int i = 0; i < labels.length; i++) labels[i] = masks.masks()[i] & 0xff;
        Tensor wanted = torch.from_blob(
                new LongPointer(labels), new long[] {pictures, masks.area()}, new TensorOptions(ScalarType.Long));
        return torch.cross_entropy_loss(
                logits.view(pictures, classes, masks.area()),
                wanted,
                weights(loss.classWeights()),
                MEAN,
                Targets.Masks.UNLABELLED,
                loss.smoothing());
    }

    /** Returns the class of each pixel's largest logit, the first of equal ones: [N, H · W] of logits [N, K · H · W]. */
    static byte[] answers(Tensor logits, int pictures, int classes, int area) {
        // argmax makes an iterator for every pixel, a third of a U-Net's step; max along a dimension makes one
        Tensor largest = torch.max(logits.detach().view(pictures, classes, area), 1)
                .get1()
                .to(ScalarType.Byte)
                .contiguous();
        byte[] answers = new byte[pictures * area];
        new BytePointer(largest.data_ptr()).get(answers);
        return answers;
    }

    private static TensorOptional weights(ClassWeights weights) {
        if (!(weights instanceof ClassWeights.Given(List<Double> numbers))) return new TensorOptional();
        float[] values = new float[numbers.size()];
        for (int k = 0; k < values.length; k++) values[k] = numbers.get(k).floatValue();
        return new TensorOptional(
                torch.from_blob(new FloatPointer(values), values.length).clone());
    }
}
