package io.fovea.weights;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Says to which network of the catalogue a file's weights most likely belong. */
public final class NearestNetwork {

    /** The share of names and shapes that must agree before a network is worth naming. */
    private static final double SIMILAR = 0.5;

    private static final int ANY_OUTPUTS = 10;

    private NearestNetwork() {}

    /**
     * A network and how much of it and the file belongs together.
     *
     * @param name  in the catalogue
     * @param share of the weights of either, by name and shape; 1 if all agree
     */
    public record Candidate(String name, double share) {}

    /** Returns the best network of the catalogue, if any deserves to be named. */
    public static Optional<Candidate> of(Weights file) {
        Optional<Candidate> best = Optional.empty();
        for (CatalogueEntry entry : Catalogue.entries()) {
            double share = share(file, entry);
            if (share >= SIMILAR && (best.isEmpty() || share > best.get().share())) {
                best = Optional.of(new Candidate(entry.name(), share));
            }
        }
        return best;
    }

    /** Returns the share of weights, without the last layer, that network and file both have. */
    public static double share(Weights file, CatalogueEntry entry) {
        Network network;
        try {
            network = Catalogue.network(entry.name(), entry.defaultInput(), ANY_OUTPUTS);
        } catch (Problem unusual) {
            return 0;
        }
        Collection<ParameterSpecification> specifications = Parameters.of(network);
        Set<String> wanted = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (ParameterSpecification specification : specifications) {
            names.add(specification.name());
            // Biases and batch norms may be folded; the axis K of the last layer may be any.
            if (specification.shape().length >= 2) wanted.add(described(specification.name(), specification.shape()));
        }
        Set<String> found = new HashSet<>();
        FileNames.normalised(file, names, Optional.empty()).inside().forEach((old, now) -> {
            int[] shape = file.tensor(old).orElseThrow().shape();
            if (shape.length >= 2) found.add(described(now, shape));
        });
        Set<String> common = new HashSet<>(wanted);
        common.retainAll(found);
        int all = wanted.size() + found.size() - common.size();
        return all == 0 ? 0 : (double) common.size() / all;
    }

    private static String described(String name, int[] shape) {
        return name + Arrays.toString(shape);
    }
}
