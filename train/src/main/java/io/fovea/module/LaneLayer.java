package io.fovea.module;

import io.fovea.kernel.ActivationKernel;
import io.fovea.kernel.ConvolutionKernel;
import io.fovea.kernel.DenseKernel;
import io.fovea.kernel.Lanes;
import io.fovea.kernel.PoolingKernel;
import io.fovea.network.Padding;
import io.fovea.network.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A layer at work on groups of pictures in the lanes of registers: it reads boundary {@code index} and writes {@code index + 1}.
 *
 * <p>Groups come in pairs, because a dense layer serves two at the price of fetching its weights once; an odd one comes as a
 * pair of itself, which costs nothing but in the dense layer.
 */
sealed interface LaneLayer {

    /** Whether the output is the input's array, untouched. */
    default boolean passesThrough() {
        return false;
    }

    /** Computes the outputs, by a worker of whom nothing but room to work in is used. */
    void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed);

    /**
     * Computes the gradients by the inputs, if {@code inputGradient} asks, and adds to the worker's sums of gradients by parameters.
     *
     * @param worker whose sums are added to
     */
    void backward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient);

    /** Whether a gradient by the input is needed: not in the first layer that has weights. */
    enum InputGradient {
        /** Layers with weights come before. */
        NEEDED,
        /** Nothing before can learn. */
        UNNEEDED
    }

    /** See {@link ConvolutionKernel}; {@code weight} and {@code bias} are offsets in the flat parameters, bias negative for none. */
    record Convolution(int index, Shape input, Padding padding, ConvolutionKernel kernel, int weight, int bias)
            implements LaneLayer {

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {
            one(a, parameters, worker);
            if (b != a) one(b, parameters, worker);
        }

        private void one(LaneGroup group, float[] parameters, LaneWorker worker) {
            float[] workspace = worker.workspace(kernel.workspaceLength());
            kernel.forward(padded(group), parameters, weight, bias, group.values[index + 1], workspace);
        }

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {
            kernel.parameterGradients(
                    padded(a),
                    a.gradients[index + 1],
                    padded(b),
                    b.gradients[index + 1],
                    worker.sums(index, kernel.sumsLength()),
                    worker.workspace(kernel.workspaceLength()));
            if (inputGradient == InputGradient.UNNEEDED) return;
            oneBack(a, parameters, worker);
            if (b != a) oneBack(b, parameters, worker);
        }

        private void oneBack(LaneGroup group, float[] parameters, LaneWorker worker) {
            float[] workspace = worker.workspace(kernel.workspaceLength());
            float[] gy = group.gradients[index + 1];
            if (padding.equals(Padding.NONE)) {
                kernel.inputGradient(gy, parameters, weight, group.gradients[index], workspace);
            } else {
                // the padded input is not needed any more: its array takes the padded gradient
                kernel.inputGradient(gy, parameters, weight, group.kept[index], workspace);
                copyRows(group.kept[index], group.gradients[index], Direction.UNPAD);
            }
        }

        private float[] padded(LaneGroup group) {
            if (padding.equals(Padding.NONE)) return group.values[index];
            if (group.kept[index] == null) group.kept[index] = Lanes.allocate(kernel.inputLength());
            Arrays.fill(group.kept[index], 0);
            copyRows(group.kept[index], group.values[index], Direction.PAD);
            return group.kept[index];
        }

        private enum Direction {
            PAD,
            UNPAD
        }

        private void copyRows(float[] wide, float[] plain, Direction direction) {
            int height = input.size(1);
            int width = input.size(2) * Lanes.COUNT;
            int wideWidth = width + (padding.left() + padding.right()) * Lanes.COUNT;
            int wideHeight = height + padding.top() + padding.bottom();
            for (int c = 0; c < input.size(0); c++) {
                for (int y = 0; y < height; y++) {
                    int inPlain = Lanes.BASE + (c * height + y) * width;
                    int inWide = Lanes.BASE
                            + (c * wideHeight + y + padding.top()) * wideWidth
                            + padding.left() * Lanes.COUNT;
                    switch (direction) {
                        case PAD -> System.arraycopy(plain, inPlain, wide, inWide, width);
                        case UNPAD -> System.arraycopy(wide, inWide, plain, inPlain, width);
                    }
                }
            }
        }
    }

    /** See {@link DenseKernel}; the gradients by its weights are made for all groups at once, elsewhere. */
    record Dense(int index, DenseKernel kernel, int weight, int bias) implements LaneLayer {

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {
            kernel.forward(
                    a.values[index],
                    b.values[index],
                    parameters,
                    weight,
                    bias,
                    a.values[index + 1],
                    b.values[index + 1]);
        }

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {
            if (inputGradient == InputGradient.UNNEEDED) return;
            kernel.inputGradient(
                    a.gradients[index + 1],
                    b.gradients[index + 1],
                    parameters,
                    weight,
                    a.gradients[index],
                    b.gradients[index]);
        }
    }

    /** Largest value of windows. */
    record MaxPooling(int index, PoolingKernel kernel) implements LaneLayer {

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {
            kernel.maximum(a.values[index], a.values[index + 1]);
            if (b != a) kernel.maximum(b.values[index], b.values[index + 1]);
        }

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {
            if (inputGradient == InputGradient.UNNEEDED) return;
            one(a);
            if (b != a) one(b);
        }

        private void one(LaneGroup group) {
            kernel.maximumGradient(
                    group.values[index], group.values[index + 1], group.gradients[index + 1], group.gradients[index]);
        }
    }

    /** Mean of windows. */
    record AveragePooling(int index, PoolingKernel kernel) implements LaneLayer {

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {
            kernel.mean(a.values[index], a.values[index + 1]);
            if (b != a) kernel.mean(b.values[index], b.values[index + 1]);
        }

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {
            if (inputGradient == InputGradient.UNNEEDED) return;
            kernel.meanGradient(a.gradients[index + 1], a.gradients[index]);
            if (b != a) kernel.meanGradient(b.gradients[index + 1], b.gradients[index]);
        }
    }

    /** A function of each value; {@code slope} is used by the rectifiers alone. */
    record Activation(int index, Function function, float slope) implements LaneLayer {

        /** The functions that the kernels know. */
        enum Function {
            RECTIFIER,
            SIGMOID,
            TANH
        }

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {
            one(a);
            if (b != a) one(b);
        }

        private void one(LaneGroup group) {
            float[] x = group.values[index];
            float[] y = group.values[index + 1];
            switch (function) {
                case RECTIFIER -> ActivationKernel.rectify(x, slope, y);
                case SIGMOID -> ActivationKernel.sigmoid(x, y);
                case TANH -> ActivationKernel.tanh(x, y);
            }
        }

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {
            if (inputGradient == InputGradient.UNNEEDED) return;
            oneBack(a);
            if (b != a) oneBack(b);
        }

        private void oneBack(LaneGroup group) {
            float[] y = group.values[index + 1];
            float[] gy = group.gradients[index + 1];
            float[] gx = group.gradients[index];
            switch (function) {
                case RECTIFIER -> ActivationKernel.rectifyGradient(y, slope, gy, gx);
                case SIGMOID -> ActivationKernel.sigmoidGradient(y, gy, gx);
                case TANH -> ActivationKernel.tanhGradient(y, gy, gx);
            }
        }
    }

    /** Multiplies by a constant. */
    record Scale(int index, float factor) implements LaneLayer {

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {
            ActivationKernel.scale(a.values[index], factor, a.values[index + 1]);
            if (b != a) ActivationKernel.scale(b.values[index], factor, b.values[index + 1]);
        }

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {
            if (inputGradient == InputGradient.UNNEEDED) return;
            ActivationKernel.scale(a.gradients[index + 1], factor, a.gradients[index]);
            if (b != a) ActivationKernel.scale(b.gradients[index + 1], factor, b.gradients[index]);
        }
    }

    /** Drops values in training, by a generator of the step's seed, the layer and the group. */
    record Dropout(int index, double rate) implements LaneLayer {

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {
            one(a, mode, seed);
            if (b != a) one(b, mode, seed);
        }

        private void one(LaneGroup group, Mode mode, long seed) {
            float[] x = group.values[index];
            float[] y = group.values[index + 1];
            switch (mode) {
                case PREDICTION -> System.arraycopy(x, 0, y, 0, y.length);
                case TRAINING -> {
                    if (group.kept[index] == null) group.kept[index] = new float[y.length];
                    draw(group.kept[index], seed ^ ((long) index << 48) ^ ((long) group.index << 32));
                    ActivationKernel.multiply(x, group.kept[index], y);
                }
            }
        }

        private void draw(float[] factors, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            long threshold = (long) (rate * (1L << 32));
            float kept = (float) (1 / (1 - rate));
            for (int i = 0; i < factors.length; i += 2) {
                long bits = random.nextLong();
                factors[i] = (bits & 0xffffffffL) < threshold ? 0 : kept;
                factors[i + 1] = (bits >>> 32) < threshold ? 0 : kept;
            }
        }

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {
            if (inputGradient == InputGradient.UNNEEDED) return;
            ActivationKernel.multiply(a.gradients[index + 1], a.kept[index], a.gradients[index]);
            if (b != a) ActivationKernel.multiply(b.gradients[index + 1], b.kept[index], b.gradients[index]);
        }
    }

    /** [C, H, W, L] is read as [C·H·W, L]: nothing to do. */
    record Flatten() implements LaneLayer {

        @Override
        public boolean passesThrough() {
            return true;
        }

        @Override
        public void forward(LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, Mode mode, long seed) {}

        @Override
        public void backward(
                LaneGroup a, LaneGroup b, float[] parameters, LaneWorker worker, InputGradient inputGradient) {}
    }
}
