package io.fovea.image;

import io.fovea.image.PictureFile.Endian;
import java.util.Arrays;
import java.util.Optional;

/**
 * The blocks of a GIF file: the screen's size, and where the first frame lies on it.
 *
 * <p>Source: CompuServe, Graphics Interchange Format, version 89a (1990).
 */
final class GifHeader {

    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int TRAILER = 0x3b;

    private GifHeader() {}

    static PictureHeader read(PictureFile file) {
        int width = file.shortAt(6, Endian.LITTLE);
        int height = file.shortAt(8, Endian.LITTLE);
        file.needSize(height, width);
        firstFrame(file).orElseThrow(() -> file.damaged("a GIF file without a frame"));
        return new PictureHeader(PictureFormat.GIF, height, width, Orientation.UPRIGHT);
    }

    /** Returns the first frame on its screen, which is clear, hence white, where the frame does not reach. */
    static Pixels onScreen(PictureFile file, Pixels screen) {
        Frame frame = firstFrame(file).orElseThrow();
        int channels = screen.channels();
        byte[] values = screen.values().clone();
        for (int y = 0, at = 0; y < screen.height(); y++) {
            for (int x = 0; x < screen.width(); x++, at += channels) {
                if (!frame.covers(y, x)) Arrays.fill(values, at, at + channels, (byte) 255);
            }
        }
        return new Pixels(screen.height(), screen.width(), channels, values);
    }

    /** Walks over all blocks to the end and returns the first frame's place, or nothing if there is no frame. */
    private static Optional<Frame> firstFrame(PictureFile file) {
        Frame first = null;
        int at = 13 + tableLength(file.byteAt(10));
        for (int block = file.byteAt(at); block != TRAILER; block = file.byteAt(at)) {
            switch (block) {
                case EXTENSION -> at = endOfData(file, at + 2);
                case FRAME -> {
                    Frame frame = Frame.read(file, at + 1);
                    if (first == null) first = frame;
                    at = endOfData(file, at + 11 + tableLength(file.byteAt(at + 9)));
                }
                default -> throw file.damaged("an unknown GIF block " + block + " at byte " + at);
            }
        }
        return Optional.ofNullable(first);
    }

    /** Bytes of the colour table that the flags announce. */
    private static int tableLength(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    /** Data comes in parts of a length byte and so many bytes; length 0 ends it. */
    private static int endOfData(PictureFile file, int from) {
        int at = from;
        while (file.byteAt(at) != 0) at += file.byteAt(at) + 1;
        return at + 1;
    }

    /** A frame's rectangle on the screen. */
    private record Frame(int left, int top, int width, int height) {

        private static Frame read(PictureFile file, int at) {
            return new Frame(
                    file.shortAt(at, Endian.LITTLE),
                    file.shortAt(at + 2, Endian.LITTLE),
                    file.shortAt(at + 4, Endian.LITTLE),
                    file.shortAt(at + 6, Endian.LITTLE));
        }

        private boolean covers(int y, int x) {
            return y >= top && y < top + height && x >= left && x < left + width;
        }
    }
}
