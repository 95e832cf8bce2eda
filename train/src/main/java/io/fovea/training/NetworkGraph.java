package io.fovea.training;

import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.SummaryTable;
import io.fovea.tensorboard.Graph;
import io.fovea.tensorboard.GraphNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A network as TensorBoard draws it: a box per layer, with its settings, parameters and cost. */
final class NetworkGraph {

    private static final long OPEN = -1;

    private NetworkGraph() {}

    static Graph of(Network network) {
        List<SummaryTable.Row> rows = SummaryTable.rows(Inference.of(network));
        List<GraphNode> nodes = new ArrayList<>();
        List<Integer> picture = IntStream.of(network.input().sizes()).boxed().toList();
        nodes.add(new GraphNode(Network.INPUT, "picture", List.of(), shape(picture), Map.of()));
        for (int i = 0; i < rows.size(); i++) {
            Node node = network.nodes().get(i);
            SummaryTable.Row row = rows.get(i);
            nodes.add(new GraphNode(node.name(), row.kind(), node.inputs(), shape(row.output()), attributes(row)));
        }
        return new Graph(nodes);
    }

    private static List<Long> shape(List<Integer> sizes) {
        List<Long> shape = new ArrayList<>(List.of(OPEN));
        sizes.forEach(size -> shape.add(size.longValue()));
        return shape;
    }

    private static Map<String, String> attributes(SummaryTable.Row row) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!row.settings().isEmpty()) attributes.put("settings", row.settings());
        attributes.put("shape", row.output().toString());
        attributes.put("parameters", Long.toString(row.parameters()));
        attributes.put("macs", Long.toString(row.macs()));
        return attributes;
    }
}
