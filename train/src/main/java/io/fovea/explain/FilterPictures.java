package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.network.SummaryTable;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up and draws the weights of a network's layers. */
final class FilterPictures {

    private static final int MOST_FILTERS = 64;
    private static final int MOST_TILES_IN_A_ROW = 32;
    private static final int MOST_DOTS_IN_A_ROW = 128;
    private static final int COLOURS = 3;
    /** Of a filter that is one tile, and of one that is a row of them. */
    private static final int FILTER_SIDE = 48;

    private static final int CHANNEL_SIDE = 24;

    private final Network network;
    private final NetworkSummary summary;
    private final Weights weights;

    FilterPictures(Network network, NetworkSummary summary, Weights weights) {
        this.network = network;
        this.summary = summary;
        this.weights = weights;
    }

    /** Returns every layer that has weights, in the order of the network. */
    List<LayerWeights> all() {
        Map<String, List<NamedTensor>> byLayer = new LinkedHashMap<>();
        for (ParameterSpecification specification : Parameters.of(network)) {
            String name = specification.name();
            byLayer.computeIfAbsent(name.substring(0, name.lastIndexOf('.')), _ -> new ArrayList<>())
                    .add(weights.tensor(name).orElseThrow());
        }
        List<LayerWeights> all = new ArrayList<>();
        for (SummaryTable.Row row : SummaryTable.rows(summary)) {
            List<NamedTensor> tensors = byLayer.get(row.layer());
            if (tensors == null) continue;
            all.add(new LayerWeights(
                    row.layer(),
                    row.kind(),
                    tensors.stream().map(FilterPictures::summedUp).toList(),
                    drawn(row.layer(), tensors.getFirst())));
        }
        return List.copyOf(all);
    }

    private static LayerWeights.Tensor summedUp(NamedTensor tensor) {
        return new LayerWeights.Tensor(
                tensor.name(), Arrays.stream(tensor.shape()).boxed().toList(), Statistics.of(tensor.values()));
    }

    private Optional<LayerWeights.Filters> drawn(String layer, NamedTensor tensor) {
        int[] shape = tensor.shape();
        return switch (shape.length) {
            case 4 -> Optional.of(filters(tensor.values(), shape[0], shape[1], shape[2], shape[3]));
            case 2 -> {
                Shape maps = mapsInARow(layer).orElse(new Shape(shape[1], 1, 1));
                yield Optional.of(filters(tensor.values(), shape[0], maps.size(0), maps.size(1), maps.size(2)));
            }
            default -> Optional.empty();
        };
    }

    /** Returns the maps that a layer reads as one row of features, if it does. */
    private Optional<Shape> mapsInARow(String layer) {
        Node node = node(layer);
        Optional<Node> before = network.nodes().stream()
                .filter(each -> each.name().equals(node.inputs().getFirst()))
                .findFirst();
        if (before.isEmpty()) return Optional.empty();
        return switch (before.get().layer()) {
            case Layer.Flatten _ -> {
                LayerSummary flatten = summary.layer(before.get().name());
                yield Optional.of(flatten.inputs().getFirst());
            }
            case Layer.Dropout _ -> mapsInARow(before.get().name());
            default -> Optional.empty();
        };
    }

    private Node node(String name) {
        return network.nodes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static LayerWeights.Filters filters(float[] values, int count, int channels, int height, int width) {
        if (channels == COLOURS && height * width > 1) {
            Sheet sheet = new SheetDrawing(values, COLOURS, height, width)
                    .drawn(MapSettings.DEFAULT.withMost(MOST_FILTERS), FILTER_SIDE);
            return new LayerWeights.Filters(count, sheet.shown(), 1, 1, sheet);
        }
        SheetDrawing drawing = new SheetDrawing(values, 1, height, width);
        if (channels == 1) {
            Sheet sheet = drawing.drawn(MapSettings.DEFAULT.withMost(MOST_FILTERS), FILTER_SIDE);
            return new LayerWeights.Filters(count, sheet.shown(), 1, 1, sheet);
        }
        int rows = Math.min(count, MOST_FILTERS);
        int columns = Math.min(channels, height * width == 1 ? MOST_DOTS_IN_A_ROW : MOST_TILES_IN_A_ROW);
        int[] tiles = new int[rows * columns];
        for (int row = 0, i = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) tiles[i++] = row * channels + column;
        Sheet sheet = drawing.drawn(tiles, columns, channels, 0, CHANNEL_SIDE);
        return new LayerWeights.Filters(count, rows, channels, columns, sheet);
    }
}
