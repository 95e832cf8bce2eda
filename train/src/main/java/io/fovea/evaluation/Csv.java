package io.fovea.evaluation;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table as text that every spreadsheet reads. Mutable; for one thread. */
final class Csv {

    private final StringBuilder text = new StringBuilder();

    /** Adds a line. */
    void line(Stream<String> fields) {
        text.append(fields.map(Csv::quoted).collect(Collectors.joining(","))).append('\n');
    }

    /** Six digits after the point; by hand, as a formatter takes longer than the evaluation. */
    static String number(double value) {
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
