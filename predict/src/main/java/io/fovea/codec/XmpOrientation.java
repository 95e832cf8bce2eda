package io.fovea.codec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The orientation in an XMP packet: {@code tiff:Orientation}, as attribute or element. EXIF, where it tells one, goes first.
 *
 * <p>Source: Adobe, XMP Specification Part 2 (2016), TIFF namespace.
 */
final class XmpOrientation {

    private static final String NAME = "tiff:Orientation";
    private static final Pattern VALUE = Pattern.compile("tiff:Orientation\\s*(?:=\\s*[\"']|>)\\s*([0-9])");

    /** How far behind its name the value may stand. */
    private static final int WINDOW = 64;

    private XmpOrientation() {}

    /** Returns the orientation that the packet within [start, end) tells, if it tells one. */
    static Optional<Orientation> in(PictureFile file, long start, long end) {
        if (end > file.length()) return Optional.empty();
        for (long at = start; at < end; at++) {
            if (file.bytes()[(int) at] != 't' || !file.holds(NAME, at)) continue;
            Matcher value = VALUE.matcher(file.text((int) at, (int) Math.min(WINDOW, end - at)));
            if (value.lookingAt()) return Optional.of(Orientation.of(Integer.parseInt(value.group(1))));
        }
        return Optional.empty();
    }

    /** Returns the orientation that an entry of bytes tells. */
    static Optional<Orientation> in(TiffDirectory.Entry packet) {
        return in(packet.directory().file(), packet.valueAt(), packet.valueAt() + packet.count() * packet.size());
    }
}
