package io.fovea.evaluation;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table as text that every spreadsheet reads. Mutable; for one thread. */
public final class Csv {

    private final StringBuilder text = new StringBuilder();

    /**
     * Reads the next line of a table, as RFC 4180 has it.
     *
     * @return its fields; none at the end of the table
     */
    public static List<String> next(Reader reader) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean quote = false; // the character before ended the quotes, unless another follows
        boolean any = false;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            any = true;
            if (c == '"') {
                if (quote) field.append('"');
                quoted = !quoted;
                quote = !quoted;
                continue;
            }
            quote = false;
            if (quoted) field.append((char) c);
            else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                fields.add(field.toString());
                return fields;
            } else field.append((char) c);
        }
        if (any) fields.add(field.toString());
        return fields;
    }

    /** Returns a line. */
    public static String text(List<String> fields) {
        return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    /** Adds a line. */
    void line(Stream<String> fields) {
        text.append(text(fields.toList()));
    }

    /** Six digits after the point; by hand, as a formatter takes longer than the evaluation. */
    public static String number(double value) {
        long millionths = Math.round(Math.abs(value) * 1e6);
        String fraction = Long.toString(millionths % 1_000_000);
        String sign = value < 0 && millionths > 0 ? "-" : "";
        return sign + millionths / 1_000_000 + "." + "0".repeat(6 - fraction.length()) + fraction;
    }

    /** RFC 4180, section 2: fields with commas, quotes or line breaks stand in quotes, and quotes inside are doubled. */
    private static String quoted(String field) {
        boolean special = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return special ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
