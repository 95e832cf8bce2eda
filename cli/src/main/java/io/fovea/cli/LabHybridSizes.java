package io.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Table 1: how large the engines are, without and with what a sliced network compares pictures with. */
final class LabHybridSizes {

    /** Numbers of the last pooling layer's maps, 64 of 5x5: what the talk compares. */
    private static final int MAP_LENGTH = 1_600;

    private static final List<String> HEADS =
            List.of("network", "parameters", "float32 bytes", "talk", "bytes here", "references");

    private LabHybridSizes() {}

    /** Returns the table; {@code references} is how many pictures a sliced network of the talk keeps. */
    static LabTable of(LabHybridResults results, int references) {
        List<List<String>> rows = new ArrayList<>();
        for (LabHybridMethod method : results.methods()) {
            if (method.way() instanceof LabHybridMethod.Way.Backpropagation) rows.add(network(method, results));
        }
        long kernels = 4L * LabHybrid.KERNEL_PARAMETERS;
        long maps = 4L * MAP_LENGTH * references;
        String parameters = LabHybridResults.count(LabHybrid.KERNEL_PARAMETERS);
        String none = LabTable.NOTHING;
        rows.add(List.of("sliced, kernels alone", parameters, LabHybridResults.count(kernels), "74 KB", none, none));
        rows.add(List.of(
                "sliced, with its references",
                parameters,
                LabHybridResults.count(kernels + maps),
                none,
                none,
                LabHybridResults.count(references)));
        engine("this engine, all references", LabHybridMethod.USUAL, results).ifPresent(rows::add);
        engine("this engine within 74 KB", LabHybridMethod.SMALL, results).ifPresent(rows::add);
        return new LabTable(
                "sizes",
                "Sizes",
                HEADS,
                rows,
                List.of(
                        "float32 bytes: four for each parameter, as the talk counts (1 KB is 1,024 bytes). Bytes here:"
                                + " the ONNX file of the model that was made, graph and references included.",
                        String.format(
                                Locale.ROOT,
                                "The talk's 74 KB are the kernels alone. Its nearest neighbours also need the maps of"
                                        + " the references: %,d x %,d x 4 bytes = %,d bytes.",
                                references,
                                MAP_LENGTH,
                                maps),
                        "This engine keeps short codes of whole numbers instead of maps, and its projection; both are"
                                + " counted."));
    }

    private static List<String> network(LabHybridMethod method, LabHybridResults results) {
        LabHybridRow row = results.row(method, results.largest()).orElseThrow();
        return List.of(
                method.words(),
                LabHybridResults.count(row.parameters()),
                LabHybridResults.count(4 * row.parameters()),
                method.talk().size(),
                LabHybridResults.count(row.engineBytes()),
                LabTable.NOTHING);
    }

    private static Optional<List<String>> engine(String words, String method, LabHybridResults results) {
        return results.largest(method)
                .map(row -> List.of(
                        words,
                        LabHybridResults.count(row.parameters()),
                        LabTable.NOTHING,
                        LabTable.NOTHING,
                        LabHybridResults.count(row.engineBytes()),
                        LabHybridResults.count(row.references())));
    }
}
