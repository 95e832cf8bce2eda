package io.fovea.codec;

import io.fovea.codec.GifHeader.Frame;
import io.fovea.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Decodes the first frame of a GIF file on its screen, which is clear, hence white, where the frame does not reach.
 *
 * <p>Own code, because OpenCV writes what it thinks of a damaged file to the standard error of the process.
 *
 * <p>Source: CompuServe, Graphics Interchange Format, version 89a (1990), sections 20 to 22, appendices E and F.
 */
final class GifPicture {

    private static final int MOST_CODES = 4096;
    private static final int LONGEST_CODE = 12;

    /** First row and step of the four passes of an interlaced frame. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] NO_PASSES = {{0, 1}};

    private GifPicture() {}

    /** Returns the picture, [H, W, 3]. */
    static Pixels read(PictureFile file, PictureHeader header) {
        Frame frame = GifHeader.firstFrame(file).orElseThrow();
        if (frame.left() + frame.width() > header.width() || frame.top() + frame.height() > header.height()) {
            throw file.damaged("its first frame reaches over its screen");
        }
        byte[] indices = indices(file, frame);
        byte[] values = new byte[header.height() * header.width() * 3];
        Arrays.fill(values, (byte) 255);
        boolean own = (frame.flags() & 0x80) != 0;
        int tableAt = own ? frame.tableAt() : 13;
        int tableLength = GifHeader.tableLength(own ? frame.flags() : file.byteAt(10));
        int from = 0;
        for (int[] pass : frame.isInterlaced() ? PASSES : NO_PASSES) {
            for (int y = pass[0]; y < frame.height(); y += pass[1]) {
                int to = ((frame.top() + y) * header.width() + frame.left()) * 3;
                for (int x = 0; x < frame.width(); x++, to += 3) {
                    int index = indices[from++] & 0xff;
                    if (index == frame.clear()) continue;
                    if (index * 3 >= tableLength) {
                        throw file.damaged(
                                "expected colours below " + tableLength / 3 + " of its palette, found " + index);
                    }
                    System.arraycopy(file.bytes(), tableAt + index * 3, values, to, 3);
                }
            }
        }
        return new Pixels(header.height(), header.width(), 3, values);
    }

    /** Returns the frame's colours in the order of the file, unpacked by LZW with codes of lowest bit first. */
    private static byte[] indices(PictureFile file, Frame frame) {
        byte[] out = new byte[frame.width() * frame.height()];
        int shortest = file.byteAt(frame.dataAt());
        if (shortest < 1 || shortest > 8) throw file.damaged("GIF codes of " + shortest + " bits");
        byte[] data = joined(file, frame.dataAt() + 1);
        int clear = 1 << shortest;
        // The string of a code is a stretch of the output: where it was first written, and its length.
        int[] start = new int[MOST_CODES];
        int[] size = new int[MOST_CODES];
        int next = clear + 2;
        int codeLength = shortest + 1;
        int previous = clear;
        int lastStart = 0;
        int to = 0;
        for (long bit = 0; to < out.length; ) {
            if (bit + codeLength > 8L * data.length)
                throw file.damaged("GIF data for " + to + " of " + out.length + " pixels");
            int code = code(data, bit, codeLength);
            bit += codeLength;
            if (code == clear) {
                next = clear + 2;
                codeLength = shortest + 1;
                previous = clear;
                continue;
            }
            if (code == clear + 1 || code > next || code == next && previous == clear) {
                throw file.damaged("GIF data for " + to + " of " + out.length + " pixels");
            }
            int from = to;
            if (previous != clear && next < MOST_CODES) {
                // The string before, and the first colour of this one, which is written right behind it.
                start[next] = lastStart;
                size[next] = from - lastStart + 1;
                next++;
            }
            if (code < clear) out[to++] = (byte) code;
            else for (int i = 0; i < size[code] && to < out.length; i++) out[to++] = out[start[code] + i];
            lastStart = from;
            previous = code;
            if (next == 1 << codeLength && codeLength < LONGEST_CODE) codeLength++;
        }
        return out;
    }

    private static int code(byte[] data, long bit, int length) {
        int at = (int) (bit >> 3);
        int window = data[at] & 0xff;
        if (at + 1 < data.length) window |= (data[at + 1] & 0xff) << 8;
        if (at + 2 < data.length) window |= (data[at + 2] & 0xff) << 16;
        return window >> (int) (bit & 7) & (1 << length) - 1;
    }

    /** Data come in parts of a length byte and so many bytes; length 0 ends them. */
    private static byte[] joined(PictureFile file, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(GifHeader.endOfData(file, from) - from);
        for (int at = from; file.byteAt(at) != 0; at += file.byteAt(at) + 1) {
            out.write(file.bytes(), at + 1, file.byteAt(at));
        }
        return out.toByteArray();
    }
}
