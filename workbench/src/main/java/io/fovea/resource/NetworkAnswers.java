package io.fovea.resource;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Network;
import io.fovea.network.NetworkJson;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of networks. Threads may share it. */
public final class NetworkAnswers {

    private final List<Map<String, Object>> all;

    /** All networks that Fovea knows by name. */
    public NetworkAnswers() {
        all = Catalogue.entries().stream().map(NetworkJson::summary).toList();
    }

    /** Returns the networks, for the pictures and classes they were made for. */
    public List<Map<String, Object>> list() {
        return all;
    }

    /**
     * Returns a network's layers with what each reads, gives and costs.
     *
     * @throws io.fovea.problem.Problem if there is none of this name
     */
    public Map<String, Object> show(String name) {
        CatalogueEntry entry = Catalogue.entry(name);
        Network network = entry.network();
        Map<String, Object> json = NetworkJson.of(network, Optional.of(entry));
        json.put("name", entry.name());
        json.put("classes", entry.defaultClasses());
        json.put("inputs", network.nodes().stream().map(Node::inputs).toList());
        json.put("yaml", NetworkYaml.write(network));
        return json;
    }
}
