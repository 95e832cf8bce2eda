package io.fovea.explain;

import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.network.SummaryTable;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Map;

/**
 * What all layers gave for a picture, with the network and weights that gave it.
 *
 * @param network of prediction
 * @param summary its shapes
 * @param weights its parameters
 * @param values  of each layer by name, [C, H, W] or [D]; {@link Network#INPUT} is the prepared picture
 * @param where   what problems name
 */
record LayerValues(
        Network network, NetworkSummary summary, Weights weights, Map<String, float[]> values, String where) {

    /** Returns the shape of a layer's values, or of the picture's. */
    Shape shape(String layer) {
        return layer.equals(Network.INPUT)
                ? network.input()
                : summary.layer(layer).output();
    }

    /** Returns a value; of features x and y are 0. */
    float at(String layer, int channel, int x, int y) {
        Shape shape = shape(layer);
        int index = shape.rank() == 3 ? (channel * shape.size(1) + y) * shape.size(2) + x : channel;
        return values.get(layer)[index];
    }

    /** Returns a value with its place. */
    FormulaArithmetic.Term term(String layer, int channel, int x, int y) {
        return new FormulaArithmetic.Term(layer, channel, x, y, at(layer, channel, x, y));
    }

    /** Returns a channel's number of a tensor [C], or what stands in for it where the layer has none. */
    double number(String tensor, int channel, double otherwise) {
        return weights.tensor(tensor)
                .map(NamedTensor::values)
                .map(numbers -> (double) numbers[channel])
                .orElse(otherwise);
    }

    /** Returns the word for a layer in a network file. */
    String kind(String layer) {
        return SummaryTable.rows(summary).stream()
                .filter(each -> each.layer().equals(layer))
                .findFirst()
                .orElseThrow()
                .kind();
    }

    /** Returns the layers that read a layer. */
    List<Node> readers(String layer) {
        return network.nodes().stream()
                .filter(each -> each.inputs().contains(layer))
                .toList();
    }

    /**
     * Checks that a layer has a value at a place.
     *
     * @throws Problem if it has no such channel, column or row
     */
    void check(String layer, int channel, int x, int y) {
        Shape shape = shape(layer);
        boolean areMaps = shape.rank() == 3;
        within(layer, areMaps ? "channel" : "feature", channel, shape.size(0));
        within(layer, "column", x, areMaps ? shape.size(2) : 1);
        within(layer, "row", y, areMaps ? shape.size(1) : 1);
    }

    private void within(String layer, String what, int value, int count) {
        if (value >= 0 && value < count) return;
        throw new Problem(
                "Layer \"" + layer + "\" has no " + what + " " + value + ".",
                where,
                (count == 1 ? "choose 0" : "choose 0 to " + (count - 1)) + "; the layer gives " + shape(layer));
    }
}
