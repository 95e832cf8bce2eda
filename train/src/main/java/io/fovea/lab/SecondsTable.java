package io.fovea.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Table 3: seconds until each model was made, beside the talk's hours. */
final class SecondsTable {

    private SecondsTable() {}

    /** Returns the table. */
    static Table of(HybridFigures results, int threads) {
        List<String> heads = new ArrayList<>(List.of("method"));
        for (HybridColumn column : results.columns()) heads.add(column.head());
        String largest = results.largest().pictures().word();
        heads.addAll(List.of(largest + " searching", largest + " generations", largest + " candidates", "talk"));
        List<List<String>> rows = new ArrayList<>();
        for (HybridMethod method : results.methods()) rows.add(row(method, results));
        return new Table(
                "seconds",
                "Seconds",
                heads,
                rows,
                List.of(
                        "On this machine with " + threads + (threads == 1 ? " thread" : " threads")
                                + ". Of a network: training. Of a sliced network: everything from the pictures to the"
                                + " judged engine, the search among it.",
                        "Filter by filter, generations and candidates are those of all 64 filters together. A"
                            + " candidate is one filter, judged on some hundred pictures; a candidate of the talk may"
                            + " be more.",
                        "The talk's network learned on an NVIDIA GTX 1050 Ti, its evolution ran on an Intel i5"
                                + " 9600K."));
    }

    private static List<String> row(HybridMethod method, HybridFigures results) {
        List<String> cells = new ArrayList<>(List.of(method.words()));
        for (HybridColumn column : results.columns()) {
            cells.add(seconds(results.row(method, column).orElseThrow().seconds()));
        }
        if (method.evolves()) {
            HybridRow.Evolved search =
                    results.row(method, results.largest()).orElseThrow().search();
            cells.add(seconds(search.seconds()));
            cells.add(HybridFigures.count(search.generations()));
            cells.add(HybridFigures.count(search.candidates()));
        } else {
            cells.addAll(List.of(Table.NOTHING, Table.NOTHING, Table.NOTHING));
        }
        cells.add(method.talk().time());
        return cells;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
