package io.fovea.cli;

import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the network that a user names: a file, or a name of the catalogue. */
final class NetworkSource {

    private NetworkSource() {}

    static boolean isFile(String network) {
        String lower = network.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || network.contains("/");
    }

    /**
     * Returns a file's network as it is, one of the catalogue made for these pictures and classes.
     *
     * @throws Problem if the catalogue's answers with maps
     */
    static Network find(String network, Shape input, int classes) {
        if (isFile(network)) return NetworkYaml.read(Path.of(network));
        if (Catalogue.entry(network).givesMaps()) {
            throw new Problem(
                    "\"" + network
                            + "\" answers with maps in the picture's size, but the dataset has one answer for each"
                            + " picture.",
                    "network \"" + network + "\"",
                    "choose a network for classes or numbers, such as photo-cnn; \"fovea network list\" shows what"
                            + " each gives");
        }
        return Catalogue.network(network, input, classes);
    }
}
