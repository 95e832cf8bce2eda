package io.fovea.explain;

import io.fovea.network.Shape;

/** What a layer gives, drawn: maps side by side, or features as dots. */
final class LayerSheet {

    private LayerSheet() {}

    static Sheet of(float[] values, Shape shape, MapSettings maps) {
        boolean areMaps = shape.rank() == 3;
        SheetDrawing drawing =
                areMaps ? new SheetDrawing(values, 1, shape.size(1), shape.size(2)) : new SheetDrawing(values, 1, 1, 1);
        int most = areMaps && shape.size(1) * shape.size(2) > 1 ? 1 : MapSettings.FEATURES_FOR_A_MAP;
        return drawing.drawn(
                maps.withMost((int) Math.min((long) maps.most() * most, values.length)), SheetDrawing.MAP_SIDE);
    }
}
