package io.fovea.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rows that are made, and where they stand in the tables.
 *
 * @param methods in the order of the tables
 * @param columns likewise
 * @param rows    in any order
 */
record LabHybridResults(List<LabHybridMethod> methods, List<LabHybridColumn> columns, List<LabHybridRow> rows) {

    /** Copies. */
    LabHybridResults {
        methods = List.copyOf(methods);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Returns what came of a method in a column; where epochs mean nothing, the column with the same pictures stands for it. */
    Optional<LabHybridRow> row(LabHybridMethod method, LabHybridColumn column) {
        LabHybridColumn made =
                switch (method.way()) {
                    case LabHybridMethod.Way.Backpropagation _ -> column;
                    case LabHybridMethod.Way.Slicing _ -> column.withoutEpochs();
                };
        return rows.stream()
                .filter(row -> row.method().equals(method.key()) && row.column() == made)
                .findFirst();
    }

    /** Returns the column with the most pictures. */
    LabHybridColumn largest() {
        return columns.contains(LabHybridColumn.ALL_5) ? LabHybridColumn.ALL_5 : LabHybridColumn.FEW_5;
    }

    /** Returns the row in the column with the most pictures. */
    Optional<LabHybridRow> largest(String method) {
        return methods.stream()
                .filter(each -> each.key().equals(method))
                .findFirst()
                .flatMap(each -> row(each, largest()));
    }

    /** Returns 0.9757 as {@code 97.57}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", share * 100);
    }

    /** Returns 1234567 as {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
