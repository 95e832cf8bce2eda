package io.fovea.profile;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkJson;
import io.fovea.result.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What networks would take on the machine of a profile, as tables for people and objects for programs. */
public final class EstimateTable {

    /** From this share on the table says that an estimate reaches beyond what was measured. */
    private static final double MUCH = 0.1;

    private final DeviceProfile profile;

    /** Of estimates by a profile. */
    public EstimateTable(DeviceProfile profile) {
        this.profile = profile;
    }

    /** Returns a network's estimates, a line for each form and number of threads. */
    public List<String> lines(Network network) {
        TextTable table = new TextTable("numbers", "threads", "ms", "pictures/s", "beyond what was measured");
        for (LatencyEstimate estimate : LatencyEstimate.all(network, profile))
            table.row(
                    estimate.form().word(),
                    Integer.toString(estimate.threads()),
                    millis(estimate.millis()),
                    String.format(Locale.ROOT, "%,.0f", 1000 / estimate.millis()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * estimate.beyond()));
        List<String> lines = new ArrayList<>(List.of("Estimated for a picture on " + profile.words() + ":"));
        lines.addAll(table.lines());
        return lines;
    }

    /** Returns the catalogue with the milliseconds that each network would take. */
    public List<String> catalogue() {
        List<String> heads = new ArrayList<>(List.of("network", "input", "MACs"));
        for (NumberForm form : NumberForm.values())
            if (profile.has(form))
                for (int threads : profile.threads())
                    heads.add("ms, " + form.word() + ", " + threads + (threads == 1 ? " thread" : " threads"));
        heads.add("remark");
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (CatalogueEntry entry : Catalogue.entries()) {
            List<LatencyEstimate> estimates = LatencyEstimate.all(entry.network(), profile);
            List<String> cells = new ArrayList<>(List.of(
                    entry.name(),
                    entry.defaultInput().size(0) + "x" + entry.defaultInput().size(1) + "x"
                            + entry.defaultInput().size(2),
                    String.format(
                            Locale.ROOT,
                            "%,d",
                            Inference.of(entry.network().forPrediction()).macs())));
            estimates.forEach(estimate -> cells.add(millis(estimate.millis())));
            double beyond = estimates.stream()
                    .mapToDouble(LatencyEstimate::beyond)
                    .max()
                    .orElse(0);
            cells.add(
                    beyond < MUCH ? "" : String.format(Locale.ROOT, "%.0f %% beyond what was measured", 100 * beyond));
            table.row(cells.toArray(String[]::new));
        }
        List<String> lines = new ArrayList<>(List.of("Estimated for a picture on " + profile.words() + ":"));
        lines.addAll(table.lines());
        return lines;
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 100 ? "%.2f" : "%,.0f", value);
    }

    /** Returns the estimates of a network for programs. */
    public Map<String, Object> json(Network network) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", profile.machine());
        json.put("measured", profile.measured());
        json.put("load", profile.load());
        List<Map<String, Object>> all = new ArrayList<>();
        for (LatencyEstimate estimate : LatencyEstimate.all(network, profile)) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("numbers", estimate.form().word());
            each.put("threads", estimate.threads());
            each.put("millis", estimate.millis());
            each.put("beyond", estimate.beyond());
            each.put("layers", estimate.layers());
            all.add(each);
        }
        json.put("estimates", all);
        return json;
    }

    /** Returns the catalogue for programs, with estimates. */
    public Map<String, Object> catalogueJson() {
        List<Map<String, Object>> networks = new ArrayList<>();
        for (CatalogueEntry entry : Catalogue.entries()) {
            Map<String, Object> json = new LinkedHashMap<>(NetworkJson.summary(entry));
            json.put("onMachine", json(entry.network()));
            networks.add(json);
        }
        return Map.of("networks", networks);
    }
}
