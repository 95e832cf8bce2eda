package io.fovea.evaluation;

import java.util.List;

/** A part of a report for people. */
public sealed interface ReportPart {

    /** A sentence, or an empty line. */
    record Line(String words) implements ReportPart {}

    /**
     * A table.
     *
     * @param columns heads
     * @param rows    a cell for each column
     */
    record Table(List<String> columns, List<List<String>> rows) implements ReportPart {
        /** Copies. */
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }
}
