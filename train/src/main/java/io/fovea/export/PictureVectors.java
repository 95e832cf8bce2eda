package io.fovea.export;

import ai.onnx.proto.OnnxMl;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Parameters;
import io.fovea.onnx.OnnxGraph;
import io.fovea.onnx.OnnxInitializers;
import io.fovea.onnx.OnnxLayers;
import io.fovea.onnx.OnnxRun;
import io.fovea.onnx.OnnxWriter;
import io.fovea.onnx.OperatorSet;
import io.fovea.task.ModelOutput;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs a network as far as some of its places, and keeps the vectors that pictures have there. For one thread at a time; close it. */
final class PictureVectors implements AutoCloseable {

    private static final int BATCH = 16;

    private final List<FamiliarityPart> parts;
    private final int pictureBytes;
    private final long multiplyAccumulates;
    private final OnnxRun run;

    /** Loads the layers that the parts need. */
    PictureVectors(
            Network network, Weights weights, Preprocessing preprocessing, List<FamiliarityPart> parts, int threads) {
        this.parts = parts;
        this.pictureBytes = preprocessing.height() * preprocessing.width() * preprocessing.channels();
        List<Node> needed = needed(network, parts);
        Optional<NetworkSummary> summary = needed.isEmpty()
                ? Optional.empty()
                : Optional.of(Inference.of(new Network(network.name(), network.input(), needed)));
        this.multiplyAccumulates = summary.map(NetworkSummary::macs).orElse(1L);
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++)
            widths.put(output(i), parts.get(i).width());
        byte[] onnx = onnx(network, needed, summary, weights, parts);
        run = new OnnxRun(onnx, preprocessing, widths, BATCH, threads);
    }

    /** Returns the multiply-accumulates that a picture costs. */
    long multiplyAccumulates() {
        return multiplyAccumulates;
    }

    /** Returns the vectors [positions, D] of each part. */
    List<FeatureVectors> of(Dataset dataset, Split split, int[] positions) {
        List<FeatureVectors> vectors = new ArrayList<>();
        for (FamiliarityPart part : parts)
            vectors.add(new FeatureVectors(new float[positions.length * part.width()], part.width()));
        byte[] pixels = new byte[BATCH * pictureBytes];
        for (int first = 0; first < positions.length; first += BATCH) {
            int count = Math.min(BATCH, positions.length - first);
            for (int i = 0; i < count; i++) {
                byte[] picture = dataset.picture(split, positions[first + i]).values();
                System.arraycopy(picture, 0, pixels, i * pictureBytes, pictureBytes);
            }
            run.run(pixels, count);
            for (int i = 0; i < parts.size(); i++) {
                FeatureVectors all = vectors.get(i);
                run.copy(output(i), count, all.values(), first * all.width());
            }
        }
        return vectors;
    }

    /** Returns the nodes before the places; none where only the picture is compared. */
    private static List<Node> needed(Network network, List<FamiliarityPart> parts) {
        Set<String> needed = new HashSet<>();
        for (FamiliarityPart part : parts) needed.add(part.node());
        for (Node node : network.nodes().reversed()) if (needed.contains(node.name())) needed.addAll(node.inputs());
        return network.nodes().stream()
                .filter(node -> needed.contains(node.name()))
                .toList();
    }

    private static byte[] onnx(
            Network network,
            List<Node> needed,
            Optional<NetworkSummary> summary,
            Weights weights,
            List<FamiliarityPart> parts) {
        OnnxGraph graph = new OnnxGraph(network.name(), OperatorSet.USUAL, OnnxGraph.Notes.NONE);
        graph.input(OnnxWriter.INPUT, network.input());
        if (!needed.isEmpty()) {
            Network part = new Network(network.name(), network.input(), needed);
            OnnxInitializers initializers = new OnnxInitializers(graph, part, weights, List.of());
            Parameters.of(part).forEach(initializers::add);
        }
        OnnxLayers layers = new OnnxLayers(graph);
        Map<String, String> values = new HashMap<>(Map.of(Network.INPUT, OnnxWriter.INPUT));
        for (int index = 0; index < needed.size(); index++) {
            Node node = needed.get(index);
            LayerSummary layer = summary.orElseThrow().layers().get(index);
            List<String> inputs = node.inputs().stream().map(values::get).toList();
            if (node.layer() instanceof Layer.Dropout) {
                values.put(node.name(), inputs.getFirst());
                continue;
            }
            values.put(node.name(), OnnxGraph.value(node.name()));
            layers.add(layer, inputs, OnnxGraph.value(node.name()));
        }
        OnnxFamiliarity familiarity = new OnnxFamiliarity(graph);
        for (int i = 0; i < parts.size(); i++) {
            FamiliarityPart part = parts.get(i);
            familiarity.vector(part, i, values.get(part.node()), output(i));
            graph.output(ModelOutput.floats(output(i), part.width(), "vector"));
        }
        OnnxMl.ModelProto.Builder model = OnnxWriter.model(graph, OperatorSet.USUAL);
        return model.build().toByteArray();
    }

    private static String output(int part) {
        return "x" + part;
    }

    @Override
    public void close() {
        run.close();
    }
}
