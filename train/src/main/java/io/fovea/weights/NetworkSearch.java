package io.fovea.weights;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the networks of the catalogue that a file's weights belong to, by names and shapes.
 *
 * <p>Networks of which only the names tell are looked at first; where the file's names are foreign, every network is tried by shapes and
 * order. Several may fit alike: MobileNet v2 with symmetric padding and with TensorFlow's have the same tensors.
 */
public final class NetworkSearch {

    private NetworkSearch() {}

    /**
     * Returns the names of all networks that the weights fit completely and best, the likelier first.
     *
     * @throws Problem if the file cannot be read, or none fits
     */
    public static List<String> fitting(Path file) {
        Weights weights = WeightFile.read(file).weights();
        List<NearestNetwork.Candidate> candidates = new ArrayList<>();
        for (CatalogueEntry entry : Catalogue.entries()) {
            double share = NearestNetwork.share(weights, entry);
            boolean foreign = share == 0;
            if ((share >= 0.5 || foreign) && fits(weights, entry, foreign))
                candidates.add(new NearestNetwork.Candidate(entry.name(), share));
        }
        double best = candidates.stream()
                .mapToDouble(NearestNetwork.Candidate::share)
                .max()
                .orElseThrow(() -> none(weights, file));
        List<String> names = new ArrayList<>(candidates.stream()
                .filter(candidate -> candidate.share() == best)
                .map(NearestNetwork.Candidate::name)
                .toList());
        // weights with TensorFlow's names were trained with its padding
        if (FileNames.areTensorFlow(weights)) names.sort(Comparator.comparing(name -> name.endsWith("_same") ? 0 : 1));
        return names;
    }

    private static boolean fits(Weights weights, CatalogueEntry entry, boolean foreign) {
        try {
            Fit fit = Fitting.of(weights, entry.name(), entry.defaultInput(), ChannelOrder.RGB);
            return fit.isComplete() && (!foreign || fit.leftOver().isEmpty());
        } catch (Problem unsuited) {
            return false;
        }
    }

    private static Problem none(Weights weights, Path file) {
        String remedy = NearestNetwork.of(weights)
                .map(nearest -> "most of them look like \"" + nearest.name() + "\": give --network " + nearest.name()
                        + " to see what is missing")
                .orElse("give the network that they were trained for with --network; \"fovea network list\" shows all");
        return new Problem(
                "No network of the catalogue fits the file's " + weights.names().size() + " tensors.",
                file.toString(),
                remedy);
    }
}
