package io.fovea.codec;

import java.util.Locale;
import java.util.Optional;

/** The picture formats that are read, told by their first bytes, never by the file's name. */
enum PictureFormat {
    JPEG("JPEG"),
    PNG("PNG"),
    BMP("BMP"),
    GIF("GIF"),
    WEBP("WebP"),
    TIFF("TIFF"),
    PORTABLE("PPM/PGM");

    /** What a user may choose from. */
    static final String ALL = "JPEG, PNG, BMP, GIF, WebP, TIFF, PPM/PGM";

    private final String title;

    PictureFormat(String title) {
        this.title = title;
    }

    /** Returns the name a user knows. */
    String title() {
        return title;
    }

    /** Returns the format of the file, or nothing if it is none of these. */
    static Optional<PictureFormat> of(PictureFile file) {
        if (file.holds("\u00ff\u00d8\u00ff", 0)) return Optional.of(JPEG);
        if (file.holds("\u0089PNG\r\n\u001a\n", 0)) return Optional.of(PNG);
        if (file.holds("GIF87a", 0) || file.holds("GIF89a", 0)) return Optional.of(GIF);
        if (file.holds("RIFF", 0) && file.holds("WEBP", 8)) return Optional.of(WEBP);
        if (file.holds("II*\0", 0) || file.holds("MM\0*", 0)) return Optional.of(TIFF);
        if (file.holds("BM", 0) && file.length() > 14 && file.byteAt(15) == 0) return Optional.of(BMP);
        if (PortablePixmap.begins(file)) return Optional.of(PORTABLE);
        return Optional.empty();
    }

    /** Describes a file that is none of these formats, for the reader of the problem. */
    static String guess(PictureFile file) {
        if (file.holds("ftyphei", 4) || file.holds("ftypmif1", 4)) return "it is a HEIC photograph";
        if (file.holds("ftypavif", 4)) return "it is an AVIF picture";
        if (file.holds("\0\0\0\fjP  ", 0)) return "it is a JPEG 2000 picture";
        if (file.holds("%PDF", 0)) return "it is a PDF document";
        if (file.holds("PK\u0003\u0004", 0)) return "it is a zip archive";
        if (file.holds("\u001f\u008b", 0)) return "it is a gzip file";
        if (isText(file)) return "it holds text";
        StringBuilder start = new StringBuilder("it begins with the bytes");
        for (int i = 0; i < Math.min(8, file.length()); i++)
            start.append(String.format(Locale.ROOT, " %02x", file.byteAt(i)));
        return start.toString();
    }

    private static boolean isText(PictureFile file) {
        for (int i = 0; i < Math.min(256, file.length()); i++) {
            int letter = file.byteAt(i);
            if (letter < ' ' && letter != '\n' && letter != '\r' && letter != '\t') return false;
        }
        return true;
    }
}
