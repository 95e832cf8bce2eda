package io.fovea.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Interpolation;
import io.fovea.network.Layer.Rounding;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Padding;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.task.Classification;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against ONNX Runtime, whose results other tests hold to numbers from elsewhere. */
@DisplayName("In a TensorFlow Lite file a layer")
class TfliteLayersTest {

    private static final int PICTURES = 2;

    private static TfliteSession session;

    /** A network of few layers. */
    record Case(String what, Network network) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void begin() throws IOException {
        session = new TfliteSession();
    }

    @AfterAll
    static void end() throws IOException {
        session.close();
    }

    static Stream<Case> cases() {
        return Stream.of(
                        convolutions(),
                        pooling(),
                        activations(),
                        features(),
                        branches(),
                        Stream.of(
                                single("local response norm", 7, 4, 4, new Layer.LocalResponseNorm(5, 1e-1, 0.75, 2)),
                                single("scale", 2, 3, 3, new Layer.Scale(-0.5)),
                                single("batch norm", 3, 4, 4, new Layer.BatchNorm(1e-5, 0.1)),
                                single("dropout", 2, 3, 3, new Layer.Dropout(0.5)),
                                single("softmax of maps", 3, 2, 2, new Layer.Softmax()),
                                single("shortcut, stride 2, more channels", 3, 5, 4, new Layer.IdentityShortcut(2, 6)),
                                single("shortcut, stride 3", 2, 5, 7, new Layer.IdentityShortcut(3, 2)),
                                single("shortcut, more channels", 2, 2, 2, new Layer.IdentityShortcut(1, 5)),
                                single("shortcut that changes nothing", 2, 2, 2, new Layer.IdentityShortcut(1, 2))))
                .flatMap(each -> each);
    }

    private static Stream<Case> convolutions() {
        return Stream.of(
                single("convolution", 3, 6, 6, convolution(4, 3, 3, 1, Padding.NONE, 1, 1)),
                single("convolution, padded", 3, 6, 6, convolution(4, 3, 3, 1, Padding.all(1), 1, 1)),
                single("convolution, stride 2, even", 3, 8, 6, convolution(4, 3, 3, 2, Padding.all(1), 1, 1)),
                single("convolution, stride 2, odd", 3, 7, 9, convolution(4, 3, 3, 2, Padding.all(1), 1, 1)),
                single("convolution, stride 2, odd and even", 3, 7, 8, convolution(4, 3, 3, 2, Padding.all(1), 1, 1)),
                single("convolution, 5x2", 2, 7, 8, convolution(3, 5, 2, 1, new Padding(2, 2, 0, 1), 1, 1)),
                single("convolution, lopsided", 2, 7, 8, convolution(3, 3, 3, 2, new Padding(0, 1, 2, 0), 1, 1)),
                single("convolution, dilated", 2, 9, 9, convolution(3, 3, 3, 1, Padding.all(2), 2, 1)),
                single("convolution, dilated, stride 2", 2, 9, 9, convolution(3, 3, 3, 2, Padding.all(1), 2, 1)),
                single("convolution, one pixel, stride 2", 4, 5, 5, convolution(3, 1, 1, 2, Padding.NONE, 1, 1)),
                single("convolution, more padding than window", 1, 2, 2, convolution(2, 2, 2, 1, Padding.all(3), 1, 1)),
                single("convolution, 2 groups", 4, 6, 6, convolution(6, 3, 3, 1, Padding.all(1), 1, 2)),
                single("convolution, a group each", 4, 6, 6, convolution(4, 3, 3, 2, Padding.all(1), 1, 4)),
                single("convolution, a group each, twice", 3, 6, 6, convolution(6, 3, 3, 1, Padding.all(1), 1, 3)),
                single("convolution, a group each, dilated", 3, 9, 9, convolution(3, 3, 3, 1, Padding.all(2), 2, 3)),
                new Case(
                        "convolution, batch norm and ReLU6",
                        new NetworkBuilder("net", new Shape(2, 5, 5))
                                .then(Layer.Convolution.square(3, 3, 1, 1, Bias.WITHOUT))
                                .then(new Layer.BatchNorm(1e-3, 0.1))
                                .then(Layer.Activation.RELU6)
                                .network()),
                new Case(
                        "convolution with bias and batch norm",
                        new NetworkBuilder("net", new Shape(2, 5, 5))
                                .then(Layer.Convolution.square(3, 3, 1, 1, Bias.WITH))
                                .then(new Layer.BatchNorm(1e-3, 0.1))
                                .network()));
    }

    private static Stream<Case> pooling() {
        List<Case> cases = new ArrayList<>();
        for (Rounding rounding : Rounding.values()) {
            for (int size : new int[] {5, 6, 7, 8}) {
                for (int padding : new int[] {0, 1}) {
                    String how = " 3/2 of " + size + ", padding " + padding + ", " + rounding;
                    cases.add(single("max" + how, 2, size, 9, new Layer.MaxPooling(3, 2, padding, rounding)));
                    cases.add(single("mean" + how, 2, size, 9, new Layer.AveragePooling(3, 2, padding, rounding)));
                }
            }
        }
        cases.add(single("mean 5/3 beyond the edge", 2, 6, 6, new Layer.AveragePooling(5, 3, 1, Rounding.CEILING)));
        cases.add(single("mean 2/2 of 5", 2, 5, 5, new Layer.AveragePooling(2, 2, 0, Rounding.CEILING)));
        cases.add(new Case(
                "mean 5/3 beyond the edge, and ReLU",
                new NetworkBuilder("net", new Shape(2, 6, 6))
                        .then(new Layer.AveragePooling(5, 3, 0, Rounding.CEILING))
                        .then(Layer.Activation.RELU)
                        .network()));
        cases.add(new Case(
                "max of what is never negative",
                new NetworkBuilder("net", new Shape(2, 6, 6))
                        .then(Layer.Activation.RELU)
                        .then(new Layer.MaxPooling(3, 2, 1, Rounding.FLOOR))
                        .network()));
        cases.add(single("mean of maps", 3, 4, 5, new Layer.GlobalAveragePooling()));
        cases.add(single("largest of maps", 3, 4, 5, new Layer.GlobalMaxPooling()));
        cases.add(single("means, as they are", 3, 4, 5, new Layer.AdaptiveAveragePooling(4, 5)));
        cases.add(single("means, one", 3, 4, 5, new Layer.AdaptiveAveragePooling(1, 1)));
        cases.add(single("means, even", 3, 4, 6, new Layer.AdaptiveAveragePooling(2, 2)));
        cases.add(single("means, uneven", 3, 5, 7, new Layer.AdaptiveAveragePooling(3, 2)));
        cases.add(single("means, more than there are", 3, 2, 3, new Layer.AdaptiveAveragePooling(5, 7)));
        return cases.stream();
    }

    private static Stream<Case> activations() {
        List<Case> cases = new ArrayList<>();
        for (ActivationFunction function : ActivationFunction.values()) {
            cases.add(new Case(
                    function.toString(),
                    new NetworkBuilder("net", new Shape(2, 4, 4))
                            .then(new Layer.Scale(9))
                            .then(new Layer.Activation(function))
                            .network()));
        }
        return cases.stream();
    }

    private static Stream<Case> features() {
        Shape maps = new Shape(3, 2, 4);
        return Stream.of(
                new Case(
                        "flatten",
                        new NetworkBuilder("net", maps)
                                .then(new Layer.Flatten())
                                .network()),
                new Case(
                        "dense on flattened maps",
                        new NetworkBuilder("net", maps)
                                .then(new Layer.Flatten())
                                .then(new Layer.Dense(5, Bias.WITH))
                                .network()),
                new Case(
                        "dense without bias on activated flattened maps",
                        new NetworkBuilder("net", maps)
                                .then(new Layer.Flatten())
                                .then(new Layer.Activation(ActivationFunction.SILU))
                                .then(new Layer.Dropout(0.5))
                                .then(new Layer.Scale(2))
                                .then(new Layer.Dense(5, Bias.WITHOUT))
                                .then(new Layer.Softmax())
                                .network()),
                new Case(
                        "flatten and ReLU",
                        new NetworkBuilder("net", maps)
                                .then(new Layer.Flatten())
                                .then(Layer.Activation.RELU)
                                .then(new Layer.Dense(2, Bias.WITH))
                                .network()),
                new Case(
                        "flatten twice",
                        new NetworkBuilder("net", maps)
                                .then(new Layer.Flatten())
                                .then(new Layer.Flatten())
                                .then(new Layer.Dense(2, Bias.WITH))
                                .network()),
                new Case(
                        "batch norm of flattened maps",
                        new NetworkBuilder("net", maps)
                                .then(new Layer.Flatten())
                                .then(new Layer.BatchNorm(1e-5, 0.1))
                                .then(new Layer.Dense(2, Bias.WITH))
                                .network()),
                new Case(
                        "dense and batch norm",
                        new NetworkBuilder("net", maps)
                                .then(new Layer.Flatten())
                                .then(new Layer.Dense(4, Bias.WITHOUT))
                                .then(new Layer.BatchNorm(1e-5, 0.1))
                                .then(Layer.Activation.RELU)
                                .then(new Layer.Dense(2, Bias.WITH))
                                .network()),
                new Case(
                        "features of maps and of features, joined",
                        new NetworkBuilder("net", maps)
                                .then("flat", new Layer.Flatten())
                                .then("dense", new Layer.Dense(4, Bias.WITH))
                                .then("joined", new Layer.Concat(), List.of("flat", "dense"))
                                .then("last", new Layer.Dense(3, Bias.WITH))
                                .network()),
                new Case(
                        "flattened maps read in both orders",
                        new NetworkBuilder("net", maps)
                                .then("flat", new Layer.Flatten())
                                .then("left", new Layer.Dense(24, Bias.WITH))
                                .then("sum", new Layer.Add(), List.of("left", "flat"))
                                .then("right", new Layer.Dense(24, Bias.WITH), List.of("flat"))
                                .then("product", new Layer.Multiply(), List.of("sum", "right"))
                                .network()));
    }

    private static Stream<Case> branches() {
        Shape input = new Shape(2, 3, 4);
        Layer wide = Layer.Convolution.square(2, 3, 1, 1, Bias.WITH);
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(
                "sum of three, and ReLU",
                new NetworkBuilder("net", input)
                        .then("a", wide)
                        .then("b", wide, List.of("a"))
                        .then("sum", new Layer.Add(), List.of("a", "b", "input"))
                        .then(Layer.Activation.RELU)
                        .network()));
        cases.add(new Case(
                "sum with itself",
                new NetworkBuilder("net", input)
                        .then("sum", new Layer.Add(), List.of("input", "input"))
                        .network()));
        cases.add(new Case(
                "ReLU whose input is read elsewhere",
                new NetworkBuilder("net", input)
                        .then("a", wide)
                        .then("relu", Layer.Activation.RELU, List.of("a"))
                        .then("sum", new Layer.Add(), List.of("a", "relu"))
                        .network()));
        cases.add(new Case(
                "batch norm whose input is read elsewhere",
                new NetworkBuilder("net", input)
                        .then("a", wide)
                        .then("norm", new Layer.BatchNorm(1e-5, 0.1), List.of("a"))
                        .then("sum", new Layer.Add(), List.of("a", "norm"))
                        .network()));
        cases.add(new Case(
                "joined maps, and ReLU",
                new NetworkBuilder("net", input)
                        .then("a", wide)
                        .then("joined", new Layer.Concat(), List.of("a", "input"))
                        .then(Layer.Activation.RELU)
                        .then(new Layer.MaxPooling(3, 2, 1, Rounding.FLOOR))
                        .network()));
        for (List<String> order : List.of(List.of("maps", "gate"), List.of("gate", "maps"))) {
            cases.add(new Case(
                    "product of " + order,
                    new NetworkBuilder("net", input)
                            .then("maps", wide)
                            .then("gate", new Layer.GlobalAveragePooling(), List.of("maps"))
                            .then("product", new Layer.Multiply(), order)
                            .network()));
        }
        for (int factor : new int[] {1, 2, 3, 7}) {
            for (Interpolation interpolation : Interpolation.values()) {
                cases.add(single(
                        factor + " times, " + interpolation, 2, 3, 4, new Layer.Upsample(factor, interpolation)));
            }
        }
        return cases.stream();
    }

    private static Layer convolution(
            int outputs, int height, int width, int stride, Padding padding, int dilation, int groups) {
        return new Layer.Convolution(outputs, height, width, stride, padding, dilation, groups, Bias.WITH);
    }

    private static Case single(String what, int channels, int height, int width, Layer layer) {
        return new Case(
                what,
                new NetworkBuilder("net", new Shape(channels, height, width))
                        .then(layer)
                        .network());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void means_what_it_means_in_an_onnx_file(Case each) throws Exception {
        Network network = each.network();
        Weights weights = PatternWeights.of(network);
        Shape output = Inference.of(network).output();
        Task task = task(output);
        int[] sizes = network.input().sizes();
        float[] pictures = PatternWeights.pattern(
                "picture", PICTURES * (int) network.input().count());
        byte[] file = TfliteWriter.write(network, weights, task, Map.of());
        float[] turned = TfliteSession.channelsLast(pictures, sizes[0], sizes[1] * sizes[2]);

        float[] expected;
        try (OnnxSession onnx = new OnnxSession(OnnxWriter.write(network, weights, task, Map.of()))) {
            expected = TfliteSession.channelsLast(
                    onnx.output("logits", pictures, PICTURES, sizes[0], sizes[1], sizes[2]),
                    output.size(0),
                    (int) output.count() / output.size(0));
        }
        float largest = 1;
        for (float value : expected) largest = Math.max(largest, Math.abs(value));
        for (TfliteSession.Kernels kernels : TfliteSession.Kernels.values()) {
            float[] found = session.run(file, turned, kernels, PICTURES, sizes[1], sizes[2], sizes[0])
                    .values("logits");
            assertThat(found).as(kernels.toString()).containsExactly(expected, within(2e-6f * largest));
        }
    }

    /** Eight bits of a range are 0.2 % of it each way; what is computed from several such numbers is a few times as far off. */
    @ParameterizedTest
    @MethodSource("cases")
    void means_nearly_the_same_in_whole_numbers(Case each) throws Exception {
        FoldedNetwork folded = FoldedNetwork.of(each.network(), PatternWeights.of(each.network()));
        Shape output = Inference.of(folded.network()).output();
        Task task = task(output);
        int[] sizes = folded.network().input().sizes();
        float[] pictures = PatternWeights.pattern(
                "picture", PICTURES * (int) folded.network().input().count());
        float[] turned = TfliteSession.channelsLast(pictures, sizes[0], sizes[1] * sizes[2]);
        MinMax ranges = MinMax.of(folded, task, pictures, PICTURES);

        byte[] file = TfliteWriter.write(folded.network(), folded.weights(), ranges.numbers(), task, Map.of());

        float[] expected =
                TfliteSession.channelsLast(ranges.result(), output.size(0), (int) output.count() / output.size(0));
        float largest = 0;
        for (float value : expected) largest = Math.max(largest, Math.abs(value));
        for (TfliteSession.Kernels kernels : TfliteSession.Kernels.values()) {
            float[] found = session.run(file, turned, kernels, PICTURES, sizes[1], sizes[2], sizes[0])
                    .values("logits");
            assertThat(found).as(kernels.toString()).containsExactly(expected, within(0.03f * largest));
        }
    }

    private static Task task(Shape output) {
        int size = output.size(0);
        if (output.rank() == 1) return Classification.numbered(size);
        return new Segmentation(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }
}
