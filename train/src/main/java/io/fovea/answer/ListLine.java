package io.fovea.answer;

import io.fovea.file.SeparatedLine;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a list: the path of a picture, and after tab, comma, semicolon or the last space its class.
 *
 * @param path   as it is written
 * @param truth  what follows it
 * @param beside the folder that paths begin at
 */
record ListLine(String path, Optional<String> truth, Path beside) {

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*)\"\\s*(?:[\\t,;\\s]\\s*(.*))?");
    private static final Pattern SEPARATED = Pattern.compile("([^\\t,;]+)[\\t,;]\\s*(.*)");
    private static final Pattern SPACED = Pattern.compile("(.+)\\s+(\\S+)");

    /** Reads a line; empty lines and remarks after # are none. */
    static Optional<ListLine> of(String text, Path beside) {
        String line = text.startsWith("\ufeff") ? text.substring(1).strip() : text.strip();
        if (line.isEmpty() || line.startsWith("#")) return Optional.empty();
        Matcher quoted = QUOTED.matcher(line);
        if (quoted.matches()) return read(quoted.group(1).replace("\"\"", "\""), quoted.group(2), beside);
        // a name may hold spaces, commas and more: what is there as a whole is meant as a whole
        if (exists(line, beside)) return read(line, null, beside);
        Matcher separated = SEPARATED.matcher(line);
        if (separated.matches()) return read(separated.group(1), separated.group(2), beside);
        Matcher spaced = SPACED.matcher(line);
        if (spaced.matches() && !isPictureName(line)) return read(spaced.group(1), spaced.group(2), beside);
        return read(line, null, beside);
    }

    private static Optional<ListLine> read(String path, String after, Path beside) {
        Optional<String> truth = Optional.ofNullable(after)
                .map(words -> words.strip().replaceAll("^\"(.*)\"$", "$1"))
                .filter(words -> !words.isEmpty());
        return Optional.of(new ListLine(path.strip(), truth, beside));
    }

    private static boolean isPictureName(String line) {
        return line.toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|bmp|gif|webp|tiff?|p[bgpn]m)");
    }

    private static boolean exists(String path, Path beside) {
        try {
            return Files.isRegularFile(beside.resolve(path.replace('\\', '/')));
        } catch (InvalidPathException otherwise) {
            return false;
        }
    }

    /** Whether it names columns rather than a picture. */
    boolean isHead() {
        return SeparatedLine.PATH_COLUMNS.contains(path.toLowerCase(Locale.ROOT)) && !exists(path, beside);
    }

    ManyPictures.Told told(String place) {
        if (!exists(path, beside))
            return new ManyPictures.Told(
                    path, truth, new ManyPictures.Content.Missing("there is no such file (" + place + ")"));
        return new ManyPictures.Told(
                path,
                truth,
                new ManyPictures.Content.OnDisk(
                        beside.resolve(path.replace('\\', '/')).normalize()));
    }
}
