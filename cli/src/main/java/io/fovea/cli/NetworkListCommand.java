package io.fovea.cli;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.NetworkJson;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Shape;
import io.fovea.result.TextTable;
import java.util.ArrayList;
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
        header = "List the networks of the catalogue, with their size for the pictures and classes they were made for.",
        description = {
            "Published top-1 is in percent: on ImageNet's validation pictures for networks of 1000 classes, on"
                    + " CIFAR-10's test pictures for those of 3x32x32.",
            "A network gives one row of numbers for a picture, as classification and regression need it, or maps in the"
                    + " picture's size, for segmentation and for pictures."
        },
        footer = {
            "",
            "Examples:",
            "  fovea network list",
            "  fovea network list --json   # with a sentence about each",
            "  fovea network show resnet18"
        })
final class NetworkListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private OutputOption output;

    NetworkListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TextTable table = new TextTable("network", "parameters", "MACs", "top-1", "input", "classes", "source");
        List<Map<String, Object>> entries = new ArrayList<>();
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
            entries.add(NetworkJson.summary(entry));
        }
        switch (output.format()) {
            case JSON -> console.json(Map.of("networks", entries));
            case TEXT -> table.lines().forEach(console::result);
        }
        return ExitCode.DONE;
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
