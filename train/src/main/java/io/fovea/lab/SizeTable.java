package io.fovea.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Table 1: how large the engines are, without and with what a sliced network compares pictures with. */
final class SizeTable {

    /** Numbers of the last pooling layer's maps, 64 of 5x5: what the talk compares. */
    private static final int MAP_LENGTH = 1_600;

    private static final List<String> HEADS =
            List.of("network", "parameters", "float32 bytes", "talk", "bytes here", "references");

    private SizeTable() {}

    /** Returns the table; {@code references} is how many pictures a sliced network of the talk keeps. */
    static Table of(HybridFigures results, int references) {
        List<List<String>> rows = new ArrayList<>();
        for (HybridMethod method : results.methods()) {
            if (method.way() instanceof HybridMethod.Way.Backpropagation) rows.add(network(method, results));
        }
        long kernels = 4L * RowMaking.KERNEL_PARAMETERS;
        long maps = 4L * MAP_LENGTH * references;
        String parameters = HybridFigures.count(RowMaking.KERNEL_PARAMETERS);
        String none = Table.NOTHING;
        rows.add(List.of("sliced, kernels alone", parameters, HybridFigures.count(kernels), "74 KB", none, none));
        rows.add(List.of(
                "sliced, with its references",
                parameters,
                HybridFigures.count(kernels + maps),
                none,
                none,
                HybridFigures.count(references)));
        engine("this engine, all references", HybridMethod.USUAL, results).ifPresent(rows::add);
        engine("this engine within 74 KB", HybridMethod.SMALL, results).ifPresent(rows::add);
        return new Table(
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

    private static List<String> network(HybridMethod method, HybridFigures results) {
        HybridRow row = results.row(method, results.largest()).orElseThrow();
        return List.of(
                method.words(),
                HybridFigures.count(row.parameters()),
                HybridFigures.count(4 * row.parameters()),
                method.talk().size(),
                HybridFigures.count(row.engineBytes()),
                Table.NOTHING);
    }

    private static Optional<List<String>> engine(String words, String method, HybridFigures results) {
        return results.largest(method)
                .map(row -> List.of(
                        words,
                        HybridFigures.count(row.parameters()),
                        Table.NOTHING,
                        Table.NOTHING,
                        HybridFigures.count(row.engineBytes()),
                        HybridFigures.count(row.references())));
    }
}
