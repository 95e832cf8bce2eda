package io.fovea.evaluation;

import java.text.Normalizer;

/**
 * A small font of five by seven dots, so that pictures have text also where Java finds no fonts, and look alike everywhere.
 *
 * <p>Accents are left out; a letter it does not have is shown as {@code ?}.
 */
final class Glyphs {

    /** Columns from one letter to the next. */
    static final int ADVANCE = 6;

    /** Rows of a letter, without the two that g, j, p, q and y go below the line. */
    static final int HEIGHT = 7;

    /** Rows with those two. */
    static final int FULL_HEIGHT = 9;

    /** From space to tilde, nine rows each, the upper first: a row is two hexadecimal digits whose lowest bit is the right dot. */
    private static final String ROWS = ""
            + "0000000000000000000404040404000400000a0a0a0000000000000a0a1f0a1f0a0a0000040f140e051e040000" // space!"#$
            + "1819020408130300000c12140815120d0000040408000000000000020408080804020000080402020204080000" // %&'()
            + "0004150e15040000000004041f04040000000000000000040408000000001f0000000000000000000006060000" // *+,-.
            + "0101020408101000000e11131519110e0000040c040404040e00000e11010204081f00001f02040201110e0000" // /0123
            + "02060a121f020200001f101e0101110e00000608101e11110e00001f01020408080800000e11110e11110e0000" // 45678
            + "0e11110f01020c000000060600060600000000040400040408000002040810080402000000001f001f00000000" // 9:;<=
            + "0804020102040800000e11010204000400000e11171517100e00000e1111111f111100001e11111e11111e0000" // >?@AB
            + "0e11101010110e00001c12111111121c00001f10101e10101f00001f10101e10101000000e11101711110f0000" // CDEFG
            + "1111111f11111100000e04040404040e00000702020202120c00001112141814121100001010101010101f0000" // HIJKL
            + "111b151511111100001111191513111100000e11111111110e00001e11111e10101000000e11111115120d0000" // MNOPQ
            + "1e11111e14121100000f10100e01011e00001f04040404040400001111111111110e000011111111110a040000" // RSTUV
            + "1111111515150a000011110a040a111100001111110a04040400001f01020408101f00000e08080808080e0000" // WXYZ[
            + "1010080402010100000e02020202020e0000040a11000000000000000000000000001f00080402000000000000" // \]^_`
            + "00000e010f110f00001010161911111e000000000e1010110e000001010d1311110f000000000e111f100e0000" // abcde
            + "0609081c080808000000000f1111110f010e10101619111111000004000c0404040e000002000602020202120c" // fghij
            + "1010121418141200000c04040404040e000000001a15151515000000001619111111000000000e1111110e0000" // klmno
            + "00001e1111111e101000000f1111110f010100001619101010000000000f100e011e000008081c080809060000" // pqrst
            + "0000111111130d000000001111110a0400000000111115150a00000000110a040a11000000001111110f01010e" // uvwxy
            + "00001f0204081f0000020404080404020000040404040404040000080404020404080000000008150200000000"; // z{|}~

    private static final char FIRST = ' ';

    private static final char LAST = '~';

    private Glyphs() {}

    /** Returns the text as this font can show it: one letter for each letter. */
    static String shown(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        StringBuilder shown = new StringBuilder();
        plain.codePoints().forEach(c -> shown.append(c < FIRST || c > LAST ? '?' : (char) c));
        return shown.toString();
    }

    /** Returns whether the letter has a dot at this row (from above) and column (from the left, 0 to 4). */
    static boolean dot(char letter, int row, int column) {
        int start = (letter - FIRST) * 2 * FULL_HEIGHT + 2 * row;
        return (Integer.parseInt(ROWS, start, start + 2, 16) >> (4 - column) & 1) == 1;
    }
}
