package io.fovea.quantize;

import io.fovea.weights.FoldedNetwork;
import java.util.List;
import java.util.Map;

/**
 * A network in whole numbers.
 *
 * @param onnx        the file
 * @param folded      the network in floats, its layers in the order in which whole numbers are computed
 * @param numbers     what files in other forms are written from; the layer that gives the answer is in floats there too
 * @param weightRange how far its weights reach
 * @param rules       by which rule the range of each result was found, in the network's order
 * @param floatLayers layers with weights that stayed in floats, since they cost most; besides the one that gives the answer
 * @param layers      how many layers have weights
 * @param difference  from the network in floats, on pictures that no range was found from; as {@link OutputDifference} has it
 * @param first       the same before any layer was given back to floats
 */
public record Quantization(
        byte[] onnx,
        FoldedNetwork folded,
        WholeNumbers numbers,
        WeightRange weightRange,
        Map<String, String> rules,
        List<String> floatLayers,
        int layers,
        double difference,
        double first) {}
