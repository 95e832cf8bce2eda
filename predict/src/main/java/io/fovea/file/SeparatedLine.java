package io.fovea.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lines of a text file whose values are separated by tab, comma, semicolon, bar or space. */
public final class SeparatedLine {

    /** How the column of the pictures' files is called, in lower case. */
    public static final Set<String> PATH_COLUMNS = Set.of(
            "path",
            "paths",
            "file",
            "files",
            "filename",
            "filenames",
            "file_name",
            "file name",
            "filepath",
            "filepaths",
            "file_path",
            "id",
            "image",
            "images",
            "image_id",
            "imageid",
            "image_name",
            "image_path",
            "img",
            "img_path",
            "picture",
            "photo",
            "photo_id");

    /** What separates the values of a line. */
    public enum Separator {
        TAB,
        COMMA,
        SEMICOLON,
        BAR,
        /** Two values; the first may hold spaces. */
        LAST_SPACE,
        /** Two values; the second may hold spaces. */
        FIRST_SPACE,
        /** Any number of values without spaces. */
        SPACES;

        private char character() {
            return switch (this) {
                case TAB -> '\t';
                case COMMA -> ',';
                case SEMICOLON -> ';';
                case BAR -> '|';
                case LAST_SPACE, FIRST_SPACE, SPACES -> ' ';
            };
        }
    }

    private SeparatedLine() {}

    /** Returns what may separate the values of a file with this first line, the likeliest first; at least one. */
    public static List<Separator> separators(String first) {
        List<Separator> possible = new ArrayList<>();
        for (Separator separator : Separator.values())
            if (first.strip().indexOf(separator.character()) >= 0) possible.add(separator);
        return possible.isEmpty() ? List.of(Separator.LAST_SPACE) : possible;
    }

    /** Cuts a line; quotes protect separators, and a doubled quote within them is one. */
    public static List<String> cells(String line, Separator separator) {
        String text = line.strip();
        return switch (separator) {
            case TAB, COMMA, SEMICOLON, BAR -> quotedCells(line, separator.character());
            case LAST_SPACE -> cutAt(text, Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t')));
            case FIRST_SPACE -> cutAt(text, text.indexOf(' '));
            case SPACES -> List.of(text.split("\\s+"));
        };
    }

    private static List<String> cutAt(String text, int space) {
        if (space < 0) return List.of(text);
        return List.of(
                text.substring(0, space).strip(), text.substring(space + 1).strip());
    }

    private static List<String> quotedCells(String line, char separator) {
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
