package io.fovea.cli;

import io.fovea.network.AuxiliaryOutput;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code --json} says of a network. */
final class NetworkJson {

    private NetworkJson() {}

    /** Returns what the catalogue knows beside the layers. */
    static Map<String, Object> of(CatalogueEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("description", entry.description());
        json.put("source", entry.source());
        json.put("gives", entry.givesMaps() ? "maps" : "numbers");
        entry.publishedTop1().ifPresent(top1 -> json.put("publishedTop1", top1));
        return json;
    }

    /** Returns parameters and multiply-accumulates, and beside them those of prediction where auxiliary outputs add to them in training. */
    static Map<String, Object> sizes(Network network) {
        Map<String, Object> json = sizes(Inference.of(network));
        if (network.auxiliaries().isEmpty()) return json;
        json.put(
                "auxiliaries",
                network.auxiliaries().stream().map(NetworkJson::auxiliary).toList());
        json.put("prediction", sizes(Inference.of(network.forPrediction())));
        return json;
    }

    private static Map<String, Object> sizes(NetworkSummary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parameters", summary.parameters());
        json.put("macs", summary.macs());
        return json;
    }

    private static Map<String, Object> auxiliary(AuxiliaryOutput auxiliary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("layer", auxiliary.node());
        json.put("weight", auxiliary.lossWeight());
        return json;
    }
}
