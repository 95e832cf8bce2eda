package io.fovea.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The weights of a layer.
 *
 * @param layer   its name
 * @param kind    the word for it in a network file
 * @param tensors what it holds: weight, bias, and what it keeps beside them
 * @param filters pictures of its filters; empty where it has a number for each channel and no more
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LayerWeights(String layer, String kind, List<Tensor> tensors, Optional<Filters> filters) {

    /** Checks and copies. */
    public LayerWeights {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(kind, "kind");
        tensors = List.copyOf(tensors);
        Objects.requireNonNull(filters, "filters");
    }

    /**
     * Numbers of a layer.
     *
     * @param name       for example {@code conv1.weight}
     * @param shape      for example [OC, C/groups, KH, KW]
     * @param statistics of all its values
     */
    public record Tensor(String name, List<Integer> shape, Statistics statistics) {

        /** Checks and copies. */
        public Tensor {
            Objects.requireNonNull(name, "name");
            shape = List.copyOf(shape);
            Objects.requireNonNull(statistics, "statistics");
        }
    }

    /**
     * Pictures of filters. One that reads three channels is a tile in colour; others have a row of tiles, one for each channel that they read, in one
     * range. A weight of a dense layer is a dot, or a part of a tile where the layer reads maps that were laid in a row.
     *
     * @param filters       how many there are
     * @param filtersShown  how many are drawn, from the first
     * @param channels      how many tiles each would have
     * @param channelsShown how many of them are drawn, from the first
     * @param sheet         the tiles; where each filter has one, several filters in a row
     */
    public record Filters(int filters, int filtersShown, int channels, int channelsShown, Sheet sheet) {

        /** Checks. */
        public Filters {
            Objects.requireNonNull(sheet, "sheet");
        }
    }
}
