package io.fovea.bundle;

import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** References as CSV: {@code position,label,class,source}, a line each, in their order (RFC 4180; UTF-8). */
final class ReferenceTable {

    private static final List<String> HEADER = List.of("position", "label", "class", "source");

    private ReferenceTable() {}

    static byte[] bytes(List<Reference> references) {
        StringBuilder text = new StringBuilder();
        line(text, HEADER);
        for (Reference each : references)
            line(
                    text,
                    List.of(
                            Integer.toString(each.position()),
                            Integer.toString(each.label()),
                            each.className(),
                            each.source()));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) text.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
        text.append('\n');
    }

    private static String quoted(String field) {
        boolean special = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return special ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }

    /**
     * Reads the table.
     *
     * @param where what problems name
     * @throws Problem if it is not a table of references in their order, each of one of the classes
     */
    static List<Reference> read(byte[] csv, List<String> classNames, String where) {
        List<List<String>> records = records(new String(csv, StandardCharsets.UTF_8));
        if (records.isEmpty() || !records.get(0).equals(HEADER)) {
            throw damaged("Expected a first line \"position,label,class,source\"", where);
        }
        List<Reference> references = new ArrayList<>(records.size());
        for (List<String> fields : records.subList(1, records.size())) {
            int position = references.size();
            String place = where + ", reference " + position;
            if (fields.size() != HEADER.size())
                throw damaged("Expected 4 fields, found " + fields.size() + ": " + fields, place);
            if (number(fields.get(0), place) != position)
                throw damaged("Expected the position " + position + ", found " + fields.get(0), place);
            int label = number(fields.get(1), place);
            if (label >= classNames.size()) {
                throw damaged("The label " + label + " is beyond the model's " + classNames.size() + " classes", place);
            }
            references.add(new Reference(position, label, classNames.get(label), fields.get(3)));
        }
        return references;
    }

    private static int number(String field, String where) {
        if (!field.matches("\\d{1,9}")) throw damaged("Expected a number, found \"" + field + "\"", where);
        return Integer.parseInt(field);
    }

    private static Problem damaged(String what, String where) {
        return new Problem(what + ".", where, "export the model again, or copy the file again from where it came from");
    }

    /** Splits text into records of fields; quotes may enclose commas and line ends. */
    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                fields.add(field.toString());
                field.setLength(0);
                if (c == ',') continue;
                records.add(fields);
                fields = new ArrayList<>();
            } else {
                field.append(c);
            }
        }
        if (field.length() > 0 || !fields.isEmpty()) {
            fields.add(field.toString());
            records.add(fields);
        }
        return records;
    }
}
