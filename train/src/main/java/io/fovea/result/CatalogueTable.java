package io.fovea.result;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.NetworkJson;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The networks of the catalogue, as a table for people and as an object for programs. */
public final class CatalogueTable {

    private CatalogueTable() {}

    /** Returns the lines of the table, with the sizes of the networks for the pictures and classes they were made for. */
    public static List<String> lines() {
        TextTable table = new TextTable("network", "parameters", "MACs", "top-1", "input", "classes", "source");
        for (CatalogueEntry entry : Catalogue.entries()) {
            NetworkSummary summary = Inference.of(entry.network());
            table.row(
                    entry.name(),
                    String.format(Locale.ROOT, "%,d", summary.parameters()),
                    String.format(Locale.ROOT, "%,d", summary.macs()),
                    entry.publishedTop1().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.2f", entry.publishedTop1().getAsDouble())
                            : "–",
                    size(entry.defaultInput()),
                    classes(entry),
                    entry.source());
        }
        return table.lines();
    }

    /** Returns all entries, in their order. */
    public static Map<String, Object> json() {
        return Map.of(
                "networks",
                Catalogue.entries().stream().map(NetworkJson::summary).toList());
    }

    private static String classes(CatalogueEntry entry) {
        int classes = entry.defaultClasses();
        if (!entry.givesMaps()) return Integer.toString(classes);
        return classes + (classes == 1 ? " map" : " maps");
    }

    private static String size(Shape input) {
        return input.size(0) + "x" + input.size(1) + "x" + input.size(2);
    }
}
