package io.fovea.cli;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.NetworkSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea network list}: the catalogue. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the networks of the catalogue, with their size for 10 classes.",
        footer = {"", "Example:", "  fovea network list"})
final class NetworkListCommand implements Callable<Integer> {

    private static final int CLASSES = 10;

    private final Console console;

    @Mixin
    private OutputOption output;

    NetworkListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TextTable table = new TextTable("network", "parameters", "MACs", "input", "what it is");
        List<Map<String, Object>> entries = new ArrayList<>();
        for (CatalogueEntry entry : Catalogue.entries()) {
            NetworkSummary summary = Inference.of(Catalogue.network(entry.name(), entry.defaultInput(), CLASSES));
            table.row(
                    entry.name(),
                    String.format(Locale.ROOT, "%,d", summary.parameters()),
                    String.format(Locale.ROOT, "%,d", summary.macs()),
                    summary.input().toString(),
                    entry.description());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", entry.name());
            json.put("description", entry.description());
            json.put("source", entry.source());
            json.put("input", entry.defaultInput().sizes());
            json.put("parameters", summary.parameters());
            json.put("macs", summary.macs());
            entries.add(json);
        }
        switch (output.format()) {
            case JSON -> console.json(Map.of("networks", entries));
            case TEXT -> table.lines().forEach(console::result);
        }
        return ExitCode.DONE;
    }
}
