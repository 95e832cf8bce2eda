package io.fovea.tflite;

import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.onnx.OnnxWriter;
import io.fovea.problem.Problem;
import io.fovea.quantize.WholeNumbers;
import io.fovea.task.Task;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.NetworkWeights;
import io.fovea.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a network and its weights as one TensorFlow Lite file; docs/tflite.md says which interpreter was tried.
 *
 * <p>Input {@code input} [N, H, W, C], normalised floats: channels are the last axis, as usual in this format. Outputs are those of the task, by the
 * names of the ONNX file: {@code logits} and {@code probabilities} [N, K] or [N, H, W, K], {@code values} [N, T], {@code pixels} [N, H, W, C]. N is 1, or
 * whatever the interpreter's input is resized to. The file's one signature {@code serving_default} has the same names.
 * <p>Input and outputs are floats in files of whole numbers too.
 * <p>Dropout and auxiliary outputs are left out, batch norms are folded into convolutions and dense layers. The same network and weights give
 * the same bytes.
 */
public final class TfliteWriter {

    /** A FlatBuffer ends at 2 GiB; a part of it is left for everything that is not weights. */
    private static final long LARGEST_WEIGHTS = Integer.MAX_VALUE - (1 << 24);

    private TfliteWriter() {}

    /**
     * Returns the bytes of a file in floats.
     *
     * @param task     decides what the outputs are
     * @param metadata goes into the file as it is, in its order: each text under its name
     * @throws Problem if layers do not fit each other, the network does not end as the task needs, a tensor is missing or has another shape
     *     than the network needs, a layer is a search of nearest neighbours, or the weights exceed what a file holds (2 GiB)
     */
    public static byte[] write(Network network, Weights weights, Task task, Map<String, String> metadata) {
        check(network, weights, task, Float.BYTES);
        FoldedNetwork folded = FoldedNetwork.of(network, weights);
        return write(folded.network(), folded.weights(), Optional.empty(), task, metadata);
    }

    /**
     * Returns the bytes of a file in whole numbers; as {@link #write(Network, Weights, Task, Map)}.
     *
     * @param network with its batch norms folded
     * @throws IllegalArgumentException if a scale or weights in whole numbers are missing or do not fit
     * @throws Problem likewise
     */
    public static byte[] write(
            Network network, Weights weights, WholeNumbers numbers, Task task, Map<String, String> metadata) {
        check(network, weights, task, Byte.BYTES);
        return write(network.forPrediction(), weights, Optional.of(numbers), task, metadata);
    }

    private static void check(Network trained, Weights weights, Task task, long bytesEach) {
        Network network = trained.forPrediction();
        NetworkSummary summary = Inference.of(network);
        NetworkOutputs.check(summary, task);
        long count = Parameters.of(network).stream()
                .mapToLong(ParameterSpecification::count)
                .sum();
        bounded(network, bytesEach * count);
        NetworkWeights.check(network, weights);
    }

    private static byte[] write(
            Network network, Weights weights, Optional<WholeNumbers> numbers, Task task, Map<String, String> metadata) {
        TfliteGraph graph = new TfliteGraph();
        Results results = new Results(graph, numbers);
        int[] axes = Results.axes(network.input());
        int input = graph.tensor(OnnxWriter.INPUT, ElementType.FLOAT32, axes, Optional.empty());
        results.picture(network.input(), input);
        List<Step> steps = Step.of(network);
        TfliteLayers layers = new TfliteLayers(graph, results, weights, numbers, Step.answer(steps));
        steps.forEach(layers::add);
        Map<String, Integer> outputs = outputs(graph, results, steps.getLast(), input, task);
        bounded(network, graph.sizeInBytes()); // layers in floats amid whole numbers
        return graph.build(network.name(), Map.of(OnnxWriter.INPUT, input), outputs, metadata);
    }

    private static Map<String, Integer> outputs(TfliteGraph graph, Results results, Step last, int input, Task task) {
        int result = results.read(last.result(), ElementType.FLOAT32);
        int[] axes = Results.axes(last.to());
        if (result == input) {
            result = graph.tensor(task.result(), ElementType.FLOAT32, axes, Optional.empty());
            results.reshape(input, axes, result);
        }
        graph.rename(result, task.result());
        Map<String, Integer> outputs = new LinkedHashMap<>();
        outputs.put(task.result(), result);
        if (task.probabilities().isPresent()) {
            String name = task.probabilities().get();
            int probabilities = graph.tensor(name, ElementType.FLOAT32, axes, Optional.empty());
            Options options = Options.of(new Options.Real(0, 1)); // the logits as they are
            graph.operator(Operator.SOFTMAX, 1, options, new int[] {result}, probabilities);
            outputs.put(name, probabilities);
        }
        return outputs;
    }

    private static void bounded(Network network, long bytes) {
        if (bytes > LARGEST_WEIGHTS) {
            throw new Problem(
                    "The weights need " + bytes + " bytes, but a TensorFlow Lite file holds at most " + LARGEST_WEIGHTS
                            + ".",
                    "network \"" + network.name() + "\"",
                    "make the largest dense layer smaller, for example by pooling before it");
        }
    }
}
