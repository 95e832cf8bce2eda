package io.fovea.explain;

import io.fovea.network.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sums up one value of a dense layer by hand. */
final class DenseSum {

    private DenseSum() {}

    /** Returns the arithmetic of an output that the layer has. */
    static DenseArithmetic of(LayerValues layers, Node node, int output) {
        String reads = node.inputs().getFirst();
        float[] features = layers.values().get(reads);
        float[] weights = layers.weights().values(node.name() + ".weight"); // [outputs, D]
        List<DenseArithmetic.Term> terms = new ArrayList<>();
        double products = 0;
        for (int d = 0; d < features.length; d++) {
            float weight = weights[output * features.length + d];
            double product = (double) features[d] * weight;
            products += product;
            terms.add(new DenseArithmetic.Term(d, features[d], weight, product));
        }
        terms.sort(Comparator.comparingDouble((DenseArithmetic.Term term) -> -Math.abs(term.product())));
        List<DenseArithmetic.Term> told = terms.subList(0, Math.min(DenseArithmetic.MOST_TERMS, terms.size()));
        double rest = terms.subList(told.size(), terms.size()).stream()
                .mapToDouble(DenseArithmetic.Term::product)
                .sum();
        double bias = layers.number(node.name() + ".bias", output, 0);
        double sum = products + bias;
        return new DenseArithmetic(
                node.name(),
                reads,
                output,
                0,
                0,
                features.length,
                told,
                rest,
                bias,
                sum,
                layers.at(node.name(), output, 0, 0),
                FollowingSteps.of(layers, node.name(), output, 0, 0, sum));
    }
}
