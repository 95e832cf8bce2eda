package io.fovea.tflite;

import ai.onnxruntime.OrtException;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.onnx.FurtherOutput;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.quantize.ActivationScale;
import io.fovea.quantize.WholeNumbers;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.QuantizedTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whole numbers by the plainest rule, for tests: a result's range is from its smallest to its largest value and holds zero.
 *
 * @param result the network's, in floats, [N, C, H, W] or [N, D]
 */
record MinMax(WholeNumbers numbers, float[] result) {

    private static final int LARGEST = 255;

    static MinMax of(FoldedNetwork folded, Task task, float[] pictures, int count) throws OrtException {
        Network network = folded.network();
        NetworkSummary summary = Inference.of(network);
        FurtherOutput all = (graph, values) -> {
            for (LayerSummary layer : summary.layers()) {
                if (layer.layer() instanceof Layer.Softmax) continue;
                String name = "all/" + layer.name();
                graph.node("Identity", "", List.of(values.apply(layer.name())), name);
                graph.output(ModelOutput.floats(name, NetworkOutputs.sizes(layer.output()), "a layer's result"));
            }
        };
        byte[] onnx = OnnxWriter.write(network, folded.weights(), List.of(), task, Optional.of(all), Map.of());
        Map<String, ActivationScale> results = new HashMap<>(Map.of(Network.INPUT, scale(pictures)));
        Map<String, QuantizedTensor> weights = new HashMap<>();
        int[] sizes = network.input().sizes();
        try (OnnxSession session = new OnnxSession(onnx)) {
            Map<String, float[]> values = session.all(pictures, count, sizes[0], sizes[1], sizes[2]);
            for (LayerSummary layer : summary.layers()) {
                if (layer.layer() instanceof Layer.Softmax) continue;
                results.put(layer.name(), scale(values.get("all/" + layer.name())));
                folded.weights()
                        .tensor(layer.name() + ".weight")
                        .filter(tensor -> tensor.shape().length > 1)
                        .ifPresent(tensor -> weights.put(layer.name(), QuantizedTensor.quantize(tensor, 8, 0)));
            }
            return new MinMax(new WholeNumbers(results, weights, Map.of(), Set.of()), values.get(task.result()));
        }
    }

    private static ActivationScale scale(float[] values) {
        float low = 0;
        float high = 0;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (high == low) return new ActivationScale(1, 0);
        float scale = (high - low) / LARGEST;
        return new ActivationScale(scale, (int) Math.clamp(Math.rint(-low / scale), 0, LARGEST));
    }
}
