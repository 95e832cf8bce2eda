package io.fovea.weights;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the networks of the catalogue that a file's weights belong to, by names and shapes.
 *
 * <p>Networks that share names with the file are tried first; where none of them fits, every network is, as shapes and order may tell.
 * Several may fit alike: MobileNet v2 with symmetric padding and with TensorFlow's have the same tensors.
 */
public final class NetworkSearch {

    /** The share of names and shapes in common from which a network is tried before all others. */
    private static final double LIKELY = 0.2;

    private record Candidate(String name, int leftOver, double share) {}

    private NetworkSearch() {}

    /**
     * Returns the names of all networks that the weights fit completely and best, the likelier first.
     *
     * @param prefix of the tensors to take; empty to find it by what fits
     * @throws Problem if the file cannot be read, or none fits
     */
    public static List<String> fitting(Path file, Optional<String> prefix) {
        Weights weights = WeightFile.read(file).weights();
        List<CatalogueEntry> likely = Catalogue.entries().stream()
                .filter(entry -> NearestNetwork.share(weights, entry) > LIKELY)
                .toList();
        List<Candidate> candidates = complete(weights, likely, prefix);
        if (candidates.isEmpty()) candidates = complete(weights, Catalogue.entries(), prefix);
        Candidate best = candidates.stream()
                .min(Comparator.comparingInt(Candidate::leftOver)
                        .thenComparing(Candidate::share, Comparator.reverseOrder()))
                .orElseThrow(() -> none(weights, file));
        List<String> names = new ArrayList<>(candidates.stream()
                .filter(each -> each.leftOver() == best.leftOver() && each.share() == best.share())
                .map(Candidate::name)
                .toList());
        // weights with TensorFlow's names were trained with its padding
        if (FileNames.areTensorFlow(weights)) names.sort(Comparator.comparing(name -> name.endsWith("_same") ? 0 : 1));
        return names;
    }

    private static List<Candidate> complete(
            Weights weights, Iterable<CatalogueEntry> entries, Optional<String> prefix) {
        List<Candidate> candidates = new ArrayList<>();
        for (CatalogueEntry entry : entries) {
            try {
                Fit fit = Fitting.of(weights, entry.name(), entry.defaultInput(), ChannelOrder.RGB, prefix);
                if (!fit.isComplete()) continue;
                candidates.add(
                        new Candidate(entry.name(), fit.leftOver().size(), NearestNetwork.share(weights, entry)));
            } catch (Problem unsuited) {
                // a network for which the prefix or the pictures make no sense is no candidate
            }
        }
        return candidates;
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
