package io.fovea.explain;

import io.fovea.image.Pixels;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A picture's way through a network with all values that the layers gave, to be asked about one after the other. Immutable; threads may share it. It
 * takes memory of the heap only: four bytes for each value.
 */
public final class Passage {

    private final PreparedPicture picture;
    private final LayerValues layers;
    private final List<LayerActivation> activations;
    private final LayerChoice choice;

    Passage(PreparedPicture picture, LayerValues layers, List<LayerActivation> activations, LayerChoice choice) {
        this.picture = picture;
        this.layers = layers;
        this.activations = List.copyOf(activations);
        this.choice = choice;
    }

    /** Returns the picture and its answer. */
    public PreparedPicture picture() {
        return picture;
    }

    /** Returns what every layer gave, with its first maps. */
    public List<LayerActivation> layers() {
        return activations;
    }

    /**
     * Returns maps of a layer.
     *
     * @throws io.fovea.problem.Problem if there is no such layer
     */
    public Sheet sheet(String layer, MapSettings maps) {
        Node node = choice.named(layer);
        return LayerSheet.of(layers.values().get(node.name()), layers.shape(node.name()), maps);
    }

    /**
     * Returns one map of a layer, or all of its features.
     *
     * @param channel of maps, from 0; 0 of features
     * @throws io.fovea.problem.Problem if there is no such layer or channel
     */
    public LayerMap map(String layer, int channel) {
        Node node = choice.named(layer);
        layers.check(node.name(), channel, 0, 0);
        float[] values = layers.values().get(node.name());
        Shape shape = layers.shape(node.name());
        if (shape.rank() == 1) return drawn(layer, 0, 1, values.length, values.clone());
        int area = shape.size(1) * shape.size(2);
        return drawn(
                layer,
                channel,
                shape.size(1),
                shape.size(2),
                Arrays.copyOfRange(values, channel * area, (channel + 1) * area));
    }

    private static LayerMap drawn(String layer, int channel, int height, int width, float[] values) {
        SheetDrawing.Limits limits = SheetDrawing.limits(values, 0, values.length);
        byte[] levels = SheetDrawing.levels(values, limits);
        Pixels picture = HeatColors.of(new Pixels(height, width, 1, levels));
        return new LayerMap(layer, channel, height, width, limits.minimum(), limits.maximum(), values, picture);
    }

    /**
     * Returns how one value of any layer comes about.
     *
     * @param channel of its maps, or which of its features, from 0
     * @param x       column in the map, from 0; 0 of a feature
     * @param y       row in the map, from 0; 0 of a feature
     * @throws io.fovea.problem.Problem if there is no such layer, channel or place, or the layer decides by neighbours
     */
    public ValueArithmetic arithmetic(String layer, int channel, int x, int y) {
        return new ValueFormula(layers, choice.named(layer), channel, x, y).arithmetic();
    }
}
