package io.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A network's summary as a table for people, and as rows of plain values for JSON. */
public final class SummaryTable {

    private static final List<String> HEADS = List.of("layer", "kind and settings", "output", "parameters", "MACs");

    /** A network of more layers is shown by blocks unless each is asked for. */
    public static final int MANY_LAYERS = 60;

    private SummaryTable() {}

    /**
     * Returns all that is known of a network: where it comes from, its layers or blocks, and what it takes.
     *
     * @param entry       of the catalogue, if it stands there
     * @param everyLayer  whether each layer is shown, however many there are
     */
    public static String page(Network network, Optional<CatalogueEntry> entry, boolean everyLayer) {
        NetworkSummary summary = Inference.of(network);
        StringBuilder page = new StringBuilder();
        entry.ifPresent(known -> {
            page.append(known.description()).append('\n').append(known.source());
            known.publishedTop1()
                    .ifPresent(top1 -> page.append(String.format(Locale.ROOT, "; published top-1 %.2f %%", top1)));
            page.append("\n\n");
        });
        page.append(everyLayer || summary.layers().size() <= MANY_LAYERS ? text(summary) : blocks(summary));
        if (network.auxiliaries().isEmpty()) return page.toString();
        NetworkSummary prediction = Inference.of(network.forPrediction());
        return page.append(String.format(
                        Locale.ROOT,
                        "In prediction, without the auxiliary outputs: %,d parameters, %,d MACs.\n",
                        prediction.parameters(),
                        prediction.macs()))
                .toString();
    }

    /**
     * One layer in plain values.
     *
     * @param layer      its name
     * @param kind       the word for it in a network file
     * @param settings   those that differ from their defaults, as a network file writes them; may be empty
     * @param output     the shape it gives, without N
     * @param parameters trained numbers
     * @param macs       multiply-accumulates for one picture
     */
    public record Row(String layer, String kind, String settings, List<Integer> output, long parameters, long macs) {}

    /** Returns a row per layer. */
    public static List<Row> rows(NetworkSummary summary) {
        return summary.layers().stream().map(SummaryTable::row).toList();
    }

    /** Returns the table: a line per layer and the sums, columns aligned, every line ended. */
    public static String text(NetworkSummary summary) {
        return table(summary, summary.layers().stream().map(List::of).toList());
    }

    /**
     * Returns the same table with a line per block: neighbours whose names begin alike, up to and including the first number after a dot, such
     * as {@code layer1.0.conv1} and {@code layer1.0.bn1}.
     */
    public static String blocks(NetworkSummary summary) {
        List<List<LayerSummary>> blocks = new ArrayList<>();
        for (LayerSummary layer : summary.layers()) {
            boolean goesOn =
                    !blocks.isEmpty() && block(blocks.getLast().getFirst()).equals(block(layer));
            if (!goesOn) blocks.add(new ArrayList<>());
            blocks.getLast().add(layer);
        }
        return table(summary, blocks);
    }

    private static String block(LayerSummary layer) {
        String[] parts = layer.name().split("\\.");
        boolean isNumbered = parts.length > 1 && parts[1].matches("[0-9]+");
        return isNumbered ? parts[0] + "." + parts[1] : parts[0];
    }

    private static String table(NetworkSummary summary, List<List<LayerSummary>> blocks) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADS);
        lines.add(List.of(Network.INPUT, "picture", summary.input().toString(), "", ""));
        for (List<LayerSummary> block : blocks) lines.add(block.size() == 1 ? cells(block.getFirst()) : cells(block));
        lines.add(List.of(
                "total",
                summary.name(),
                summary.output().toString(),
                count(summary.parameters()),
                count(summary.macs())));
        return aligned(lines);
    }

    private static Row row(LayerSummary layer) {
        List<Integer> output = new ArrayList<>();
        for (int size : layer.output().sizes()) output.add(size);
        return new Row(
                layer.name(),
                LayerKind.of(layer.layer()).word(),
                NetworkText.joined(NetworkText.settings(layer.layer())),
                output,
                layer.parameters(),
                layer.macs());
    }

    private static List<String> cells(LayerSummary layer) {
        Row row = row(layer);
        String kind = row.settings().isEmpty() ? row.kind() : row.kind() + " {" + row.settings() + "}";
        return List.of(row.layer(), kind, layer.output().toString(), count(row.parameters()), count(row.macs()));
    }

    private static List<String> cells(List<LayerSummary> block) {
        return List.of(
                block(block.getFirst()),
                block.size() + " layers",
                block.getLast().output().toString(),
                count(block.stream().mapToLong(LayerSummary::parameters).sum()),
                count(block.stream().mapToLong(LayerSummary::macs).sum()));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Words to the left, numbers to the right, two blanks between columns, a rule under the head and above the sums. */
    private static String aligned(List<List<String>> lines) {
        int[] widths = new int[HEADS.size()];
        for (List<String> line : lines)
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], line.get(i).length());
        int total = 2 * (widths.length - 1);
        for (int width : widths) total += width;
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < lines.size(); row++) {
            if (row == 1 || row == lines.size() - 1)
                text.append("-".repeat(total)).append('\n');
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = lines.get(row).get(i);
                String blanks = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? "" : "  ").append(i < 3 ? cell + blanks : blanks + cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
