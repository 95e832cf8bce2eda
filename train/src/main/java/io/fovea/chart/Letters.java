package io.fovea.chart;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The outlines and widths of letters in Inter, the font of the pages too (SIL Open Font License 1.1, out of a library's jar).
 *
 * <p>Java's own fonts are not asked: they need fontconfig and a font of the system. A letter that Inter lacks is drawn as an empty box; SVG holds it as
 * it is. Threads may share it.
 */
public final class Letters {

    /** What SVG asks of the viewer's machine, the likest first. */
    static final String FAMILY = "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

    /** Height of a capital letter, as a share of the size. */
    static final double CAPITAL = 0.727;

    private static final String FOLDER = "/com/formdev/flatlaf/fonts/inter/";

    /** How thick letters are. */
    public enum Weight {
        /** Of running text. */
        REGULAR("Inter-Regular.otf", 400),
        /** Of titles. */
        SEMIBOLD("Inter-SemiBold.otf", 600);

        private final String file;
        private final int number;

        Weight(String file, int number) {
            this.file = file;
            this.number = number;
        }

        /** Returns the number that CSS has for it. */
        int number() {
            return number;
        }
    }

    /** Each is read once, when it is first drawn with. */
    private static final class Regular {
        static final Letters LETTERS = new Letters(Weight.REGULAR);
    }

    private static final class Semibold {
        static final Letters LETTERS = new Letters(Weight.SEMIBOLD);
    }

    private final OpenTypeFont font;
    private final CmapLookup glyphs;
    private final double unitsPerEm;

    private Letters(Weight weight) {
        try (InputStream in = Letters.class.getResourceAsStream(FOLDER + weight.file)) {
            if (in == null) throw new IllegalStateException("The font is not on the class path: " + weight.file);
            font = new OTFParser().parse(new RandomAccessReadBuffer(in));
            glyphs = font.getUnicodeCmapLookup();
            unitsPerEm = font.getUnitsPerEm();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    static Letters of(Weight weight) {
        return switch (weight) {
            case REGULAR -> Regular.LETTERS;
            case SEMIBOLD -> Semibold.LETTERS;
        };
    }

    /** Returns the width of a text in regular letters of a size, both in pixels. */
    public static double width(String text, double size) {
        return of(Weight.REGULAR).widthOf(text, size);
    }

    /** Returns a text's beginning that is no wider than that, with an ellipsis where it was cut. */
    public static String shortened(String text, double size, double widest) {
        if (width(text, size) <= widest) return text;
        int[] letters = text.codePoints().toArray();
        for (int length = letters.length - 1; length > 0; length--) {
            String cut = new String(letters, 0, length).stripTrailing() + "…";
            if (width(cut, size) <= widest) return cut;
        }
        return "…";
    }

    /** Returns a text's end that is no wider than that, after an ellipsis where it was cut. */
    public static String end(String text, double size, double widest) {
        if (width(text, size) <= widest) return text;
        int[] letters = text.codePoints().toArray();
        for (int first = 1; first < letters.length; first++) {
            String cut = "…" + new String(letters, first, letters.length - first);
            if (width(cut, size) <= widest) return cut;
        }
        return "…";
    }

    /** FontBox reads parts of a font when they are first asked for. */
    synchronized double widthOf(String text, double size) {
        double sum = 0;
        try {
            for (int letter : text.codePoints().toArray()) sum += font.getAdvanceWidth(glyphs.getGlyphId(letter));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return sum * size / unitsPerEm;
    }

    /** Returns the outline of a text whose first letter stands at the origin, on the line y = 0; y grows downward. */
    synchronized Path2D outline(String text, double size) {
        Path2D all = new GeneralPath();
        double at = 0;
        try {
            for (int letter : text.codePoints().toArray()) {
                int glyph = glyphs.getGlyphId(letter);
                AffineTransform place = AffineTransform.getTranslateInstance(at, 0);
                place.scale(size / unitsPerEm, -size / unitsPerEm);
                all.append(
                        place.createTransformedShape(font.getCFF()
                                .getFont()
                                .getType2CharString(glyph)
                                .getPath()),
                        false);
                at += font.getAdvanceWidth(glyph) * size / unitsPerEm;
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return all;
    }
}
