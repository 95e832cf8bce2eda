package io.fovea.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gathers what the chunks of a PNG file say about its orientation: eXIf, then EXIF as text, then XMP, before or behind the data.
 *
 * <p>Text may be plain or compressed (tEXt, zTXt, iTXt); ImageMagick and ExifTool write EXIF as hexadecimal text under "Raw profile
 * type …". Packed text is unpacked to a limit, whatever it promises.
 *
 * <p>Source: W3C PNG specification, third edition (2025), section 11.3; Pillow's exif_transpose for the order.
 */
final class PngOrientation {

    private static final String PROFILE = "Raw profile type ";
    private static final String XMP = "XML:com.adobe.xmp";
    private static final String XMP_OF_JPEG = "http://ns.adobe.com/xap/1.0/\0";
    private static final int LONGEST_KEYWORD = 79;
    private static final int MOST_TEXT = 1 << 20;

    private final PictureFile file;
    private Optional<Orientation> exif = Optional.empty();
    private Optional<Orientation> profile = Optional.empty();
    private Optional<Orientation> xmp = Optional.empty();
    private int textLeft = 4 * MOST_TEXT;

    PngOrientation(PictureFile file) {
        this.file = file;
    }

    Orientation found() {
        return exif.or(() -> profile).or(() -> xmp).orElse(Orientation.UPRIGHT);
    }

    /** Looks into the chunk whose data are these {@code length} bytes; its kind stands before them. */
    void take(int data, int length) {
        switch (file.text(data - 4, 4)) {
            case "eXIf" -> exif = TiffDirectory.orientation(file, data, data + length);
            case "tEXt" -> text(data, length, 0);
            case "zTXt" -> text(data, length, 1);
            case "iTXt" -> text(data, length, 2);
            default -> {}
        }
    }

    private void text(int data, int length, int kind) {
        int end = data + length;
        int keywordEnd = next0(data, Math.min(end, data + LONGEST_KEYWORD + 1));
        String keyword = file.text(data, keywordEnd - data);
        boolean isProfile = keyword.startsWith(PROFILE);
        if (!isProfile && !keyword.equals(XMP) || keywordEnd + 3 > end) return;
        int textAt = keywordEnd + 1;
        boolean packed = kind == 1;
        if (kind == 1) textAt++; // the method, of which there is one
        if (kind == 2) {
            packed = file.byteAt(textAt) == 1;
            // flag, method, language, the keyword's translation
            textAt = Math.min(end, next0(Math.min(end, next0(textAt + 2, end) + 1), end) + 1);
        }
        byte[] text = packed ? unpacked(textAt, end) : Arrays.copyOfRange(file.bytes(), textAt, end);
        if (isProfile) profile(keyword.substring(PROFILE.length()), hexadecimal(text));
        else if (xmp.isEmpty()) xmp = XmpOrientation.in(part(text), 0, text.length);
    }

    private void profile(String kind, byte[] content) {
        PictureFile part = part(content);
        switch (kind) {
            case "exif", "APP1" -> {
                if (profile.isEmpty()) profile = TiffDirectory.orientation(part, 0, content.length);
                if (xmp.isEmpty() && part.holds(XMP_OF_JPEG, 0)) xmp = XmpOrientation.in(part, 0, content.length);
            }
            case "xmp" -> {
                if (xmp.isEmpty()) xmp = XmpOrientation.in(part, 0, content.length);
            }
            default -> {}
        }
    }

    private PictureFile part(byte[] content) {
        return new PictureFile(content, file.name(), file.limits());
    }

    /** Returns where the next byte of 0 is, or {@code end}. */
    private int next0(int from, int end) {
        int at = from;
        while (at < end && file.bytes()[at] != 0) at++;
        return at;
    }

    private byte[] unpacked(int at, int end) {
        Inflater inflater = new Inflater();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            inflater.setInput(file.bytes(), at, end - at);
            while (!inflater.finished() && out.size() < MOST_TEXT && textLeft > 0) {
                int count = inflater.inflate(buffer);
                if (count == 0) break;
                out.write(buffer, 0, count);
                textLeft -= count;
            }
        } catch (DataFormatException damaged) {
            return new byte[0]; // a picture is not lost because the remarks about it are
        } finally {
            inflater.end();
        }
        return out.toByteArray();
    }

    /** Returns the bytes whose digits stand behind an empty line, a name and a length. */
    private static byte[] hexadecimal(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int lines = 0;
        int high = -1;
        for (byte letter : text) {
            if (letter == '\n') lines++;
            int digit = Character.digit(letter, 16);
            if (lines < 3 || digit < 0) continue;
            if (high >= 0) out.write(high << 4 | digit);
            high = high >= 0 ? -1 : digit;
        }
        return out.toByteArray();
    }
}
