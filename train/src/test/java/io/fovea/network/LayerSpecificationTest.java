package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.module.Engine;
import io.fovea.module.GradientCheck;
import io.fovea.module.Modules;
import io.fovea.module.TorchModule;
import io.fovea.module.TrainableModule;
import io.fovea.module.VectorModule;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of layer promises. A new kind is missing here until it stands in both tables. */
@DisplayName("Every kind of layer")
class LayerSpecificationTest {

    @Nested
    @DisplayName("is specified")
    class Completeness {

        @Test
        void by_a_worked_example() {
            assertThat(kinds(WorkedExample.all(), WorkedExample::network)).isEqualTo(everyKind());
            assertThat(functions(WorkedExample.all(), WorkedExample::network))
                    .containsExactlyInAnyOrder(ActivationFunction.values());
        }

        @Test
        void by_numbers_of_pytorch() {
            assertThat(kinds(GoldenLayer.all(), GoldenLayer::network)).isEqualTo(everyKind());
            assertThat(functions(GoldenLayer.all(), GoldenLayer::network))
                    .containsExactlyInAnyOrder(ActivationFunction.values());
        }

        private Set<String> everyKind() {
            return Stream.of(Layer.class.getPermittedSubclasses())
                    .map(Class::getSimpleName)
                    .collect(Collectors.toSet());
        }

        private <T> Set<String> kinds(List<T> table, Function<T, Network> network) {
            return layers(table, network)
                    .map(layer -> layer.getClass().getSimpleName())
                    .collect(Collectors.toSet());
        }

        private <T> Set<ActivationFunction> functions(List<T> table, Function<T, Network> network) {
            return layers(table, network)
                    .filter(Layer.Activation.class::isInstance)
                    .map(layer -> ((Layer.Activation) layer).function())
                    .collect(Collectors.toSet());
        }

        private <T> Stream<Layer> layers(List<T> table, Function<T, Network> network) {
            return table.stream()
                    .flatMap(row -> network.apply(row).nodes().stream())
                    .map(Node::layer);
        }
    }

    @Nested
    @DisplayName("in a worked example")
    class Worked {

        static List<WorkedExample> examples() {
            return WorkedExample.all();
        }

        @ParameterizedTest
        @MethodSource("examples")
        void has_the_shape_that_inference_says(WorkedExample example) {
            assertThat(Inference.of(example.network()).layer(last(example)).output())
                    .isEqualTo(example.output());
        }

        @ParameterizedTest
        @MethodSource("examples")
        void gives_these_numbers_in_onnx_runtime(WorkedExample example) throws Exception {
            float[] picture = new float[example.picture().length];
            for (int i = 0; i < picture.length; i++) picture[i] = example.picture()[i];

            try (OnnxSession session =
                    new OnnxSession(OnnxWriter.write(example.network(), example.weights(), Map.of()))) {
                float[] logits = session.output("logits", picture, axes(1, example.input()));

                assertThat(logits).containsExactly(example.values(), within(1e-5f));
            }
        }

        @ParameterizedTest
        @MethodSource("examples")
        void gives_these_numbers_in_libtorch(WorkedExample example) {
            try (TrainableModule module = module(example)) {
                float[] logits = module.predict(batch(example));

                assertThat(Arrays.copyOf(logits, module.outputs())).containsExactly(example.values(), within(1e-4f));
            }
        }

        /** The bytes 0 … 255 stand for −100 … 155. */
        private TrainableModule module(WorkedExample example) {
            int channels = example.input().size(0);
            float[] mean = new float[channels];
            float[] std = new float[channels];
            Arrays.fill(mean, 100 / 255f);
            Arrays.fill(std, 1 / 255f);
            return new TorchModule(
                    example.network(), preprocessing(example.input(), mean, std), example.weights(), Precision.FLOAT32);
        }

        private Batch batch(WorkedExample example) {
            int channels = example.input().size(0);
            int area = example.input().size(1) * example.input().size(2);
            byte[] pixels = new byte[channels * area];
            for (int p = 0; p < area; p++) {
                for (int c = 0; c < channels; c++)
                    pixels[p * channels + c] = (byte) (example.picture()[c * area + p] + 100);
            }
            return new Batch(
                    1, example.input().size(1), example.input().size(2), channels, pixels, new int[1], new int[1]);
        }

        private String last(WorkedExample example) {
            List<Node> nodes = example.network().nodes();
            return nodes.get(example.layers().size() - 1).name();
        }
    }

    @Nested
    @DisplayName("on odd sizes")
    class Golden {

        static List<GoldenLayer> golden() {
            return GoldenLayer.all();
        }

        @ParameterizedTest
        @MethodSource("golden")
        void gives_the_numbers_of_pytorch_in_onnx_runtime(GoldenLayer layer) throws Exception {
            float[] pictures = GoldenLayer.pictures();
            long[] axes = axes(GoldenLayer.PICTURES, GoldenLayer.INPUT);

            try (OnnxSession session = new OnnxSession(OnnxWriter.write(layer.network(), layer.weights(), Map.of()))) {
                assertThat(session.output("logits", pictures, axes)).containsExactly(layer.logits(), within(2e-5f));
                float[] probabilities = session.output("probabilities", pictures, axes);
                int classes = probabilities.length / GoldenLayer.PICTURES;
                assertThat(new float[] {probabilities[0], probabilities[classes]})
                        .containsExactly(layer.firstProbabilities(), within(1e-6f));
            }
        }

        @ParameterizedTest
        @MethodSource("golden")
        void gives_the_numbers_of_pytorch_in_libtorch(GoldenLayer layer) {
            try (TrainableModule module = module(layer, Engine.LIBTORCH)) {
                float[] logits = module.predict(GoldenLayer.batch());

                assertThat(Arrays.copyOf(logits, GoldenLayer.PICTURES * module.outputs()))
                        .containsExactly(layer.logits(), within(2e-5f));
            }
        }

        /** The vector engine knows the layers of small networks only; whatever it knows must agree. */
        @ParameterizedTest
        @MethodSource("golden")
        void gives_the_numbers_of_pytorch_in_the_vector_engine_if_that_knows_the_layer(GoldenLayer layer) {
            assumeTrue(VectorModule.supports(layer.network()), "the vector engine does not know this layer");

            try (TrainableModule module = module(layer, Engine.VECTOR)) {
                float[] logits = module.predict(GoldenLayer.batch());

                assertThat(Arrays.copyOf(logits, GoldenLayer.PICTURES * module.outputs()))
                        .containsExactly(layer.logits(), within(2e-5f));
            }
        }

        /**
         * The gradient of Σ c·output by every parameter, from the convolution before the layer on, against the slope between two points
         * a little apart. Dropout drops the same each time, batch norm uses the batch.
         */
        @ParameterizedTest
        @MethodSource("golden")
        void sends_the_gradient_back_that_finite_differences_show(GoldenLayer layer) {
            try (TrainableModule module = module(layer, Engine.LIBTORCH)) {
                assertGradients(module);
            }
        }

        @ParameterizedTest
        @MethodSource("golden")
        void sends_that_gradient_back_in_the_vector_engine_too_if_that_knows_the_layer(GoldenLayer layer) {
            assumeTrue(VectorModule.supports(layer.network()), "the vector engine does not know this layer");

            try (TrainableModule module = module(layer, Engine.VECTOR)) {
                assertGradients(module);
            }
        }

        private void assertGradients(TrainableModule module) {
            double[] coefficients = new double[GoldenLayer.PICTURES * module.outputs()];
            float[] outputGradient = new float[coefficients.length];
            for (int i = 0; i < coefficients.length; i++) {
                coefficients[i] = (i * 29 % 17 - 8) / 8.0;
                outputGradient[i] = (float) coefficients[i];
            }
            GradientCheck.outputs(module, GoldenLayer.batch(), 1);
            float[] gradients = GradientCheck.gradients(module, outputGradient);

            float[] slopes = slopes(module, coefficients);

            float largest = 0;
            for (float slope : slopes) largest = Math.max(largest, Math.abs(slope));
            assertThat(largest).isPositive();
            assertThat(gradients).containsExactly(slopes, within(0.01f * largest));
        }

        private float[] slopes(TrainableModule module, double[] coefficients) {
            float step = 1f / 1024;
            float[] slopes = new float[module.trained()];
            for (int p = 0; p < slopes.length; p++) {
                float before = GradientCheck.get(module, p);
                GradientCheck.set(module, p, before + step);
                double above = weightedSum(module, coefficients);
                GradientCheck.set(module, p, before - step);
                double below = weightedSum(module, coefficients);
                GradientCheck.set(module, p, before);
                slopes[p] = (float) ((above - below) / (2 * step));
            }
            return slopes;
        }

        private double weightedSum(TrainableModule module, double[] coefficients) {
            float[] outputs = GradientCheck.outputs(module, GoldenLayer.batch(), 1);
            double sum = 0;
            for (int i = 0; i < coefficients.length; i++) sum += coefficients[i] * outputs[i];
            return sum;
        }

        private TrainableModule module(GoldenLayer layer, Engine engine) {
            float[] mean = new float[3];
            float[] std = new float[3];
            Arrays.fill(mean, GoldenLayer.MEAN);
            Arrays.fill(std, GoldenLayer.STANDARD_DEVIATION);
            Preprocessing preprocessing = preprocessing(GoldenLayer.INPUT, mean, std);
            return Modules.create(
                    layer.network(), preprocessing, layer.weights(), engine, Precision.FLOAT32, new Workers(1));
        }
    }

    private static Preprocessing preprocessing(Shape input, float[] mean, float[] std) {
        ColorMode mode = input.size(0) == 1 ? ColorMode.GREY : ColorMode.COLOR;
        return new Preprocessing(input.size(1), input.size(2), mode, ResizeMode.SQUASH, mean, std);
    }

    private static long[] axes(int pictures, Shape shape) {
        return new long[] {pictures, shape.size(0), shape.size(1), shape.size(2)};
    }
}
