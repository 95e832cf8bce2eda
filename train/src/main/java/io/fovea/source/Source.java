package io.fovea.source;

import io.fovea.file.RawName;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One of the things that a dataset is imported from.
 *
 * @param path   a folder or file
 * @param role   what it is given for
 * @param format how it is laid out
 */
public record Source(Path path, SourceRole role, SourceFormat format) {

    /** Checks that nothing is missing. */
    public Source {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(format, "format");
    }

    /** Returns a source whose role and format are found by looking at it. */
    public static Source of(Path path) {
        return new Source(path, SourceRole.DETECTED, SourceFormat.DETECTED);
    }

    /** Returns a source with a role, whose format is found by looking at it. */
    public static Source of(Path path, SourceRole role) {
        return new Source(path, role, SourceFormat.DETECTED);
    }

    /**
     * Reads a source as it is written on a command line: {@code PATH}, or {@code train=PATH}, {@code val=PATH},
     * {@code valid=PATH}, {@code validation=PATH}, {@code test=PATH}, {@code classes=PATH}, {@code pictures=PATH}. Any other word before an equals sign belongs to the path.
     */
    public static Source parse(String text) {
        int equals = text.indexOf('=');
        String word = equals < 0 ? "" : text.substring(0, equals);
        return switch (word) {
            case "train", "training" -> of(path(text.substring(equals + 1)), SourceRole.TRAINING);
            case "val", "valid", "validation" -> of(path(text.substring(equals + 1)), SourceRole.VALIDATION);
            case "test" -> of(path(text.substring(equals + 1)), SourceRole.TEST);
            case "classes" -> of(path(text.substring(equals + 1)), SourceRole.CLASS_NAMES);
            case "pictures" -> of(path(text.substring(equals + 1)), SourceRole.PICTURES_FOLDER);
            default -> of(path(text));
        };
    }

    /** Returns the words that {@link #parse} reads. */
    public String words() {
        return role == SourceRole.DETECTED ? path.toString() : role.word() + "=" + path;
    }

    /** A name that is not UTF-8 has lost its bytes on the way here; where only one file looks so, it is meant. */
    private static Path path(String text) {
        return RawName.meant(text).orElseGet(() -> Path.of(text));
    }
}
