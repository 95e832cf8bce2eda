package io.fovea.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks for programs. */
public final class NetworkJson {

    private NetworkJson() {}

    /** Returns an entry of the catalogue among others. */
    public static Map<String, Object> summary(CatalogueEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", entry.name());
        json.putAll(of(entry));
        json.put("input", entry.defaultInput().sizes());
        json.put("classes", entry.defaultClasses());
        json.putAll(sizes(entry.network()));
        return json;
    }

    /**
     * Returns all layers.
     *
     * @param entry of the catalogue; empty for a network of a file
     */
    public static Map<String, Object> of(Network network, Optional<CatalogueEntry> entry) {
        NetworkSummary summary = Inference.of(network);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", summary.name());
        entry.map(NetworkJson::of).ifPresent(json::putAll);
        json.put("input", summary.input().sizes());
        json.put("output", summary.output().sizes());
        json.putAll(sizes(network));
        json.put("layers", SummaryTable.rows(summary));
        return json;
    }

    /** Returns every kind of layer that a network file may hold, with what it means and what it takes. */
    public static List<Map<String, Object>> kinds() {
        List<Map<String, Object>> kinds = new ArrayList<>();
        for (LayerForm form : LayerForms.byWord().values()) {
            Map<String, Object> kind = new LinkedHashMap<>();
            kind.put("kind", form.word());
            kind.put("meaning", form.meaning());
            kind.put("settings", form.settings());
            kinds.add(kind);
        }
        return kinds;
    }

    /** Returns what the catalogue knows beside the layers. */
    private static Map<String, Object> of(CatalogueEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("description", entry.description());
        json.put("source", entry.source());
        json.put("gives", entry.givesMaps() ? "maps" : "numbers");
        entry.publishedTop1().ifPresent(top1 -> json.put("publishedTop1", top1));
        return json;
    }

    /** Returns parameters and multiply-accumulates, and beside them those of prediction where auxiliary outputs add to them in training. */
    private static Map<String, Object> sizes(Network network) {
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
