package io.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The independent source are the definitions, as plain loops in double precision. */
@DisplayName("A convolution of pictures in the lanes")
class ConvolutionKernelTest {

    private static final int LANES = Lanes.COUNT;

    /** How far a sum may be from the exact one, as a share of the sum of its terms' magnitudes. */
    private static final double TOLERANCE = 1e-5;

    /** Maps and kernels; one more than a whole number of tiles, one less, fewer tiles than four. */
    private record Form(int channels, int height, int width, int outputChannels, int kernelSize) {

        int outputHeight() {
            return height - kernelSize + 1;
        }

        int outputWidth() {
            return width - kernelSize + 1;
        }

        int inputs() {
            return channels * height * width;
        }

        int outputs() {
            return outputChannels * outputHeight() * outputWidth();
        }

        int weights() {
            return outputChannels * channels * kernelSize * kernelSize;
        }

        Stream<ConvolutionKernel> kernels() {
            return Stream.of(
                    new DirectConvolutionKernel(channels, height, width, outputChannels, kernelSize, kernelSize, 1, 1),
                    new WinogradConvolutionKernel(channels, height, width, outputChannels, kernelSize));
        }
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form(20, 12, 12, 50, 5),
                new Form(9, 11, 14, 10, 5),
                new Form(8, 6, 6, 8, 5),
                new Form(8, 6, 7, 13, 3),
                new Form(11, 16, 9, 8, 3),
                new Form(16, 13, 30, 9, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void gives_the_outputs_of_the_definition(Form form) {
        Case given = new Case(form);
        form.kernels().forEach(kernel -> {
            float[] y = Lanes.allocate(form.outputs() * LANES);
            kernel.prepare(given.parameters, 1, 0, form.outputChannels());
            kernel.forward(given.x, given.parameters, 1, 1 + form.weights(), y, workspace(kernel));
            assertClose(y, given.exact.outputs, given.exact.outputMagnitudes, kernel);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void gives_the_gradient_by_the_input_of_the_definition(Form form) {
        Case given = new Case(form);
        form.kernels().forEach(kernel -> {
            float[] gx = Lanes.allocate(form.inputs() * LANES);
            Arrays.fill(gx, 7);
            kernel.prepare(given.parameters, 1, 0, form.outputChannels());
            kernel.inputGradient(given.gy, given.parameters, 1, gx, workspace(kernel));
            assertClose(gx, given.exact.inputGradients, given.exact.inputMagnitudes, kernel);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void gives_the_gradients_by_weight_and_bias_of_the_definition(Form form) {
        Case given = new Case(form);
        form.kernels().forEach(kernel -> {
            // two threads: one with the same group twice, which counts once, one with two different groups of the same
            // values
            float[] one = new float[kernel.sumsLength()];
            float[] two = new float[kernel.sumsLength()];
            kernel.parameterGradients(given.x, given.gy, given.x, given.gy, one, workspace(kernel));
            kernel.parameterGradients(given.x, given.gy, given.x.clone(), given.gy.clone(), two, workspace(kernel));
            float[] gradients = new float[1 + form.weights() + form.outputChannels()];
            int half = form.outputChannels() / 2;
            kernel.collect(new float[][] {one, two}, 0, half, gradients, 1, 1 + form.weights());
            kernel.collect(new float[][] {one, two}, half, form.outputChannels(), gradients, 1, 1 + form.weights());
            for (int i = 0; i < form.weights() + form.outputChannels(); i++) {
                assertThat((double) gradients[1 + i])
                        .as("%s, parameter %d", kernel.getClass().getSimpleName(), i)
                        .isCloseTo(
                                3 * given.exact.parameterGradients[i],
                                within(3 * TOLERANCE * given.exact.parameterMagnitudes[i]));
            }
        });
    }

    @Test
    void is_made_with_fewer_multiplications_where_there_are_channels_enough() {
        assertThat(ConvolutionKernel.of(20, 12, 12, 50, 5, 5, 1, 1)).isInstanceOf(WinogradConvolutionKernel.class);
        assertThat(ConvolutionKernel.of(1, 28, 28, 20, 5, 5, 1, 1)).isInstanceOf(DirectConvolutionKernel.class);
        assertThat(ConvolutionKernel.of(20, 12, 12, 50, 5, 5, 2, 1)).isInstanceOf(DirectConvolutionKernel.class);
        assertThat(ConvolutionKernel.of(20, 12, 12, 50, 3, 5, 1, 1)).isInstanceOf(DirectConvolutionKernel.class);
    }

    private static float[] workspace(ConvolutionKernel kernel) {
        float[] workspace = new float[kernel.workspaceLength()];
        Arrays.fill(workspace, Float.NaN); // what it holds is undefined
        return workspace;
    }

    private static void assertClose(float[] found, double[] exact, double[] magnitudes, ConvolutionKernel kernel) {
        for (int i = 0; i < exact.length; i++) {
            assertThat((double) found[Lanes.BASE + i])
                    .as("%s, value %d", kernel.getClass().getSimpleName(), i)
                    .isCloseTo(exact[i], within(TOLERANCE * magnitudes[i]));
        }
    }

    /** Drawn values of a form, and what the definitions make of them. */
    private static final class Case {

        private final float[] x;
        private final float[] gy;
        private final float[] parameters;
        private final Exact exact;

        private Case(Form form) {
            SplittableRandom random = new SplittableRandom(5);
            x = drawn(form.inputs() * LANES, Lanes.BASE, random);
            gy = drawn(form.outputs() * LANES, Lanes.BASE, random);
            parameters = drawn(form.weights() + form.outputChannels(), 1, random);
            exact = new Exact(form, x, gy, parameters);
        }

        private static float[] drawn(int length, int base, SplittableRandom random) {
            float[] values = new float[base + length];
            for (int i = base; i < values.length; i++) values[i] = (float) random.nextDouble(-1, 1);
            return values;
        }
    }

    /** Outputs, gradients, and of each the sum of its terms' magnitudes. */
    private static final class Exact {

        private final double[] outputs;
        private final double[] outputMagnitudes;
        private final double[] inputGradients;
        private final double[] inputMagnitudes;
        private final double[] parameterGradients;
        private final double[] parameterMagnitudes;

        private Exact(Form form, float[] x, float[] gy, float[] parameters) {
            outputs = new double[form.outputs() * LANES];
            outputMagnitudes = new double[outputs.length];
            inputGradients = new double[form.inputs() * LANES];
            inputMagnitudes = new double[inputGradients.length];
            parameterGradients = new double[form.weights() + form.outputChannels()];
            parameterMagnitudes = new double[parameterGradients.length];
            int side = form.kernelSize();
            for (int oc = 0; oc < form.outputChannels(); oc++) {
                for (int p = 0; p < form.outputHeight() * form.outputWidth(); p++) {
                    int top = p / form.outputWidth();
                    int left = p % form.outputWidth();
                    for (int lane = 0; lane < LANES; lane++) {
                        int y = (oc * form.outputHeight() * form.outputWidth() + p) * LANES + lane;
                        double g = gy[Lanes.BASE + y];
                        double bias = parameters[1 + form.weights() + oc];
                        outputs[y] += bias;
                        outputMagnitudes[y] += Math.abs(bias);
                        parameterGradients[form.weights() + oc] += g;
                        parameterMagnitudes[form.weights() + oc] += Math.abs(g);
                        for (int n = 0; n < form.channels() * side * side; n++) {
                            int row = n / side % side + top;
                            int column = n % side + left;
                            int at = ((n / (side * side) * form.height() + row) * form.width() + column) * LANES + lane;
                            int w = oc * form.channels() * side * side + n;
                            double value = x[Lanes.BASE + at];
                            double weight = parameters[1 + w];
                            outputs[y] += weight * value;
                            outputMagnitudes[y] += Math.abs(weight * value);
                            inputGradients[at] += weight * g;
                            inputMagnitudes[at] += Math.abs(weight * g);
                            parameterGradients[w] += value * g;
                            parameterMagnitudes[w] += Math.abs(value * g);
                        }
                    }
                }
            }
        }
    }
}
