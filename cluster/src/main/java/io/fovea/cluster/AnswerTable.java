package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** A table of answers that grows row by row, in one of the forms that a file's ending names. Not for several threads at once. */
interface AnswerTable extends Closeable {

    /** The picture that a row is about, as it was named. */
    String PICTURE = "picture";

    /** Adds a row; {@code values} as {@link AnswerColumns} has them. */
    void add(String picture, Object[] values) throws IOException;

    /** Writes what is left; the stream stays open. */
    @Override
    void close() throws IOException;

    /** The forms. */
    enum Form {
        CSV,
        PARQUET;

        /**
         * Returns the form that a file's name asks for.
         *
         * @throws Problem if it is none of these
         */
        static Form of(String file) {
            String name = file.toLowerCase(Locale.ROOT);
            if (name.endsWith(".csv")) return CSV;
            if (name.endsWith(".parquet")) return PARQUET;
            throw new Problem(
                    "A table is written as .parquet or .csv, not as \"" + file.substring(file.lastIndexOf('/') + 1)
                            + "\".",
                    file + ", option --out",
                    "give the file one of these endings");
        }

        /** Begins a table. */
        AnswerTable begin(AnswerColumns columns, OutputStream out) throws IOException {
            return this == CSV ? new CsvTable(columns, out) : new ParquetTable(columns, out);
        }
    }
}
