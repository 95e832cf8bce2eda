package io.fovea.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lines of a text file whose values are separated by tab, comma, semicolon or space. */
final class SeparatedLine {

    /** How the column of the pictures' files is called, in lower case. */
    static final Set<String> PATH_COLUMNS = Set.of(
            "path",
            "file",
            "filename",
            "file_name",
            "filepath",
            "image",
            "image_name",
            "image_path",
            "picture",
            "photo");

    private SeparatedLine() {}

    /** Returns the lines of a file in UTF-8, without the mark that some programs put before the first. */
    static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }

    /** Returns what separates the values of a file with this first line. */
    static char separator(String first) {
        if (first.indexOf('\t') >= 0) return '\t';
        if (first.indexOf(',') >= 0) return ',';
        return first.indexOf(';') >= 0 ? ';' : ' ';
    }

    /** Cuts a line; quotes protect separators, and a doubled quote within them is one. Spaces cut only before the last word. */
    static List<String> cells(String line, char separator) {
        if (separator == ' ') {
            String text = line.strip();
            int last = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
            return last < 0 ? List.of(text) : List.of(text.substring(0, last).strip(), text.substring(last + 1));
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
