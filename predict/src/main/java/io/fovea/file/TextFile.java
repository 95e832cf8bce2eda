package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Text as people's programs write it: UTF-8 with or without a mark, UTF-16 with one, or an encoding that somebody names.
 *
 * <p>Bytes that are no text in the encoding are a problem. They never become other characters, for then two names could become one.
 */
public final class TextFile {

    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] UTF_16_MARK = {(byte) 0xfe, (byte) 0xff};
    private static final byte[] UTF_16_MARK_REVERSED = {(byte) 0xff, (byte) 0xfe};

    private TextFile() {}

    /**
     * Returns the lines of a file.
     *
     * @param encoding of text without a mark that is not UTF-8; if empty, such text is refused
     * @param remedy   what to do about text that is refused
     * @throws Problem naming the first line that is no text, or if the file is out of {@link FolderBounds}
     */
    public static List<String> lines(Path file, Optional<Charset> encoding, String remedy) throws IOException {
        byte[] bytes = Files.readAllBytes(FolderBounds.ofThisProcess().checked(file));
        for (byte[] mark : List.of(UTF_8_MARK, UTF_16_MARK, UTF_16_MARK_REVERSED)) {
            if (startsWith(bytes, mark))
                return decoded(bytes, mark.length, marked(mark), file, remedy)
                        .lines()
                        .toList();
        }
        Optional<String> utf8 = decoded(bytes, StandardCharsets.UTF_8);
        if (utf8.isPresent()) return utf8.get().lines().toList();
        return decoded(bytes, 0, encoding.orElse(StandardCharsets.UTF_8), file, remedy)
                .lines()
                .toList();
    }

    /** Returns whether a file begins with the mark of UTF-16, in which plain text has bytes that are 0. */
    public static boolean isMarkedUtf16(byte[] beginning) {
        return startsWith(beginning, UTF_16_MARK) || startsWith(beginning, UTF_16_MARK_REVERSED);
    }

    /** Returns the text of bytes, or nothing if they are none in this encoding. */
    public static Optional<String> decoded(byte[] bytes, Charset encoding) {
        try {
            return Optional.of(
                    encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String decoded(byte[] bytes, int from, Charset encoding, Path file, String remedy) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(
                (int) Math.ceil(in.remaining() * encoding.newDecoder().maxCharsPerByte()) + 1);
        CoderResult result = encoding.newDecoder().decode(in, out, true);
        if (!result.isError()) return out.flip().toString();
        long line = out.flip().chars().filter(c -> c == '\n').count() + 1;
        throw new Problem(
                String.format(
                        Locale.ROOT,
                        "Expected text in %s, found the byte 0x%02X.",
                        encoding.name(),
                        bytes[in.position()] & 0xff),
                file + ", line " + line,
                remedy);
    }

    private static Charset marked(byte[] mark) {
        if (mark == UTF_8_MARK) return StandardCharsets.UTF_8;
        return mark == UTF_16_MARK ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }
}
