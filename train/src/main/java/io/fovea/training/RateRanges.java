package io.fovea.training;

import io.fovea.module.ParameterVector;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.optimize.ParameterRange;
import java.util.ArrayList;
import java.util.List;

/** Which parameters learn at which factor of the learning rate. */
final class RateRanges {

    private RateRanges() {}

    /** Returns the ranges of the trained parameters in the order of {@link ParameterVector}, neighbours of the same factor as one; none if all layers are frozen. */
    static List<ParameterRange> of(Network network, LayerRates rates) {
        ParameterVector vector = new ParameterVector(network, rates);
        List<ParameterRange> ranges = new ArrayList<>();
        for (ParameterVector.Slice slice : vector.slices()) {
            double factor = rates.factor(ParameterVector.layer(slice.specification()));
            if (slice.specification().kind() == Kind.BUFFER || factor == 0) continue;
            int from = slice.offset();
            int to = from + slice.length();
            boolean joins = !ranges.isEmpty()
                    && ranges.getLast().to() == from
                    && ranges.getLast().factor() == factor;
            if (joins) from = ranges.removeLast().from();
            ranges.add(new ParameterRange(from, to, factor));
        }
        return List.copyOf(ranges);
    }
}
