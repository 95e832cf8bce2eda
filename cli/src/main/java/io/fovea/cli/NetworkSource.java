package io.fovea.cli;

import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the network that a user names: a file, or a name of the catalogue. */
final class NetworkSource {

    private NetworkSource() {}

    static boolean isFile(String network) {
        String lower = network.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || network.contains("/");
    }

    /** Returns a file's network as it is, one of the catalogue made for these pictures and classes. */
    static Network find(String network, Shape input, int classes) {
        return isFile(network) ? NetworkYaml.read(Path.of(network)) : Catalogue.network(network, input, classes);
    }
}
