package io.fovea.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of files as bytes, which need not be text.
 *
 * <p>Linux keeps whatever bytes a program gives; those of an archive packed elsewhere or of an old disk are often in another encoding than
 * UTF-8. Java's {@link Path} keeps them too and opens the file, but its text has U+FFFD in their place, the same for different names.
 */
public final class RawName {

    private static final char REPLACEMENT = '\uFFFD';
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9A-F]{2})");

    private RawName() {}

    /** Returns whether the text of a path is all of it. */
    public static boolean isText(Path path) {
        return isText(path.toString());
    }

    /** Returns whether a text has no place of bytes that are none; so may an argument of a command, which Java decodes before. */
    public static boolean isText(String path) {
        return path.indexOf(REPLACEMENT) < 0;
    }

    /** Returns the last name of a path as bytes. */
    public static byte[] of(Path path) {
        Path name = path.getFileName();
        if (isText(name)) return name.toString().getBytes(StandardCharsets.UTF_8);
        // A file's address has every byte that is no plain character as % and two digits.
        String address = name.toUri().getRawPath();
        if (address.endsWith("/")) address = address.substring(0, address.length() - 1);
        String last = address.substring(address.lastIndexOf('/') + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < last.length(); i++) {
            if (last.charAt(i) != '%') {
                bytes.write(last.charAt(i));
                continue;
            }
            bytes.write(Integer.parseInt(last.substring(i + 1, i + 3), 16));
            i += 2;
        }
        return bytes.toByteArray();
    }

    /** Returns the text of a name: in UTF-8, or else in {@code encoding}; nothing if it is text in neither. */
    public static Optional<String> text(byte[] name, Optional<Charset> encoding) {
        return TextFile.decoded(name, StandardCharsets.UTF_8)
                .or(() -> encoding.flatMap(each -> TextFile.decoded(name, each)));
    }

    /** Returns a name with every byte that is not ASCII written as {@code \xE4}: different names look different. */
    public static String shown(byte[] name) {
        StringBuilder shown = new StringBuilder();
        for (byte each : name) {
            if (each >= ' ') shown.append((char) each);
            else shown.append(String.format(Locale.ROOT, "\\x%02X", each & 0xff));
        }
        return shown.toString();
    }

    /** Returns how a name is shown: as its text in UTF-8, or else with escapes as {@link #shown(byte[])} writes them. */
    public static String shown(Path path) {
        String text = path.getFileName().toString();
        if (isText(text)) return text;
        byte[] name = of(path);
        return TextFile.decoded(name, StandardCharsets.UTF_8).orElseGet(() -> shown(name));
    }

    /** Returns the path that {@code shown} names below a folder, with {@code /} between names as {@link #shown(Path)} writes them. */
    public static Path below(Path folder, String shown) {
        try {
            Path plain = folder.resolve(shown);
            if (!ESCAPE.matcher(shown).find() || Files.exists(plain)) return plain;
        } catch (InvalidPathException notInTheSystemsEncoding) {
            // Its bytes are named below.
        }
        Path place = folder;
        for (String name : shown.split("/")) {
            Path start = place;
            place = resolved(start, bytes(name)).orElseGet(() -> start.resolve(name));
        }
        return place;
    }

    private static byte[] bytes(String shown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escape = ESCAPE.matcher(shown);
        int at = 0;
        while (escape.find()) {
            bytes.writeBytes(shown.substring(at, escape.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(escape.group(1), 16));
            at = escape.end();
        }
        bytes.writeBytes(shown.substring(at).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Returns the path of a name in a folder, whatever its bytes are; nothing where the system has no such names. */
    public static Optional<Path> resolved(Path folder, byte[] name) {
        String start = folder.toAbsolutePath().toUri().toString();
        StringBuilder address = new StringBuilder(start.endsWith("/") ? start : start + "/");
        for (byte each : name) address.append(String.format(Locale.ROOT, "%%%02X", each & 0xff));
        try {
            return Optional.of(Path.of(URI.create(address.toString())));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /**
     * Returns the file that an argument of a command means, whose bytes Java has replaced before the command sees them: the only one in its
     * folder that looks so. Nothing if there is none or several; the argument itself if it is text.
     */
    public static Optional<Path> meant(String argument) {
        if (isText(argument)) return Optional.of(Path.of(argument));
        boolean absolute = argument.startsWith("/");
        Path place = Path.of(absolute ? "/" : "");
        for (String name : argument.split("/")) {
            if (name.isEmpty()) continue;
            Optional<Path> next = isText(name) ? Optional.of(place.resolve(name)) : lookingLike(name, place);
            if (next.isEmpty()) return Optional.empty();
            place = next.get();
        }
        return Optional.of(place);
    }

    private static Optional<Path> lookingLike(String name, Path folder) {
        Path listed = folder.toString().isEmpty() ? FileSystems.getDefault().getPath(".") : folder;
        try (Stream<Path> entries = Files.list(listed)) {
            List<Path> alike = entries.map(Path::getFileName)
                    .filter(entry -> entry.toString().equals(name))
                    .limit(2)
                    .toList();
            return alike.size() == 1 ? Optional.of(folder.resolve(alike.get(0))) : Optional.empty();
        } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }
}
