package io.fovea.lab;

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
record HybridFigures(List<HybridMethod> methods, List<HybridColumn> columns, List<HybridRow> rows) {

    /** Copies. */
    HybridFigures {
        methods = List.copyOf(methods);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Returns what came of a method in a column; where epochs mean nothing, the column with the same pictures stands for it. */
    Optional<HybridRow> row(HybridMethod method, HybridColumn column) {
        HybridColumn made =
                switch (method.way()) {
                    case HybridMethod.Way.Backpropagation _ -> column;
                    case HybridMethod.Way.Slicing _ -> column.withoutEpochs();
                };
        return rows.stream()
                .filter(row -> row.method().equals(method.key()) && row.column() == made)
                .findFirst();
    }

    /** Returns the column with the most pictures. */
    HybridColumn largest() {
        return columns.contains(HybridColumn.ALL_5) ? HybridColumn.ALL_5 : HybridColumn.FEW_5;
    }

    /** Returns the row in the column with the most pictures. */
    Optional<HybridRow> largest(String method) {
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
