package io.fovea.cluster;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Comma-separated values (RFC 4180) in UTF-8, heads first. Numbers as Java writes them, so that reading them gives the same bits; pictures are left out. */
final class CsvTable implements AnswerTable {

    private final List<AnswerColumns.Column> columns;
    private final Writer writer;

    CsvTable(AnswerColumns columns, OutputStream out) throws IOException {
        this.columns = columns.columns();
        writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        Object[] heads = this.columns.stream().map(AnswerColumns.Column::name).toArray();
        add(PICTURE, heads);
    }

    @Override
    public void add(String picture, Object[] values) throws IOException {
        writer.write(field(picture));
        for (int i = 0; i < values.length; i++) {
            if (columns.get(i).type() == AnswerColumns.Type.PICTURE) continue;
            writer.write(',');
            if (values[i] != null) writer.write(field(values[i].toString()));
        }
        writer.write("\r\n");
    }

    /** A field with a comma, a quote or a line break stands in quotes. */
    private static String field(String value) {
        boolean plain =
                value.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws IOException {
        writer.flush();
    }
}
