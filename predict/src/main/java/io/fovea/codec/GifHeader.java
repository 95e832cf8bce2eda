package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
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
    private static final int CONTROL = 0xf9;
    private static final int NONE = -1;

    private GifHeader() {}

    static PictureHeader read(PictureFile file) {
        int width = file.shortAt(6, Endian.LITTLE);
        int height = file.shortAt(8, Endian.LITTLE);
        file.needSize(height, width);
        firstFrame(file).orElseThrow(() -> file.damaged("a GIF file without a frame"));
        return new PictureHeader(PictureFormat.GIF, height, width, Orientation.UPRIGHT);
    }

    /** Walks over all blocks to the end and returns the first frame's place, or nothing if there is no frame. */
    static Optional<Frame> firstFrame(PictureFile file) {
        Frame first = null;
        int clear = NONE;
        int at = 13 + tableLength(file.byteAt(10));
        for (int block = file.byteAt(at); block != TRAILER; block = file.byteAt(at)) {
            switch (block) {
                case EXTENSION -> {
                    if (file.byteAt(at + 1) == CONTROL) {
                        clear = (file.byteAt(at + 3) & 1) == 1 ? file.byteAt(at + 6) : NONE;
                    }
                    at = endOfData(file, at + 2);
                }
                case FRAME -> {
                    Frame frame = Frame.read(file, at + 1, clear);
                    if (first == null) first = frame;
                    at = endOfData(file, at + 11 + tableLength(file.byteAt(at + 9)));
                }
                default -> throw file.damaged("an unknown GIF block " + block + " at byte " + at);
            }
        }
        return Optional.ofNullable(first);
    }

    /** Bytes of the colour table that the flags announce. */
    static int tableLength(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    /** Data comes in parts of a length byte and so many bytes; length 0 ends it. */
    static int endOfData(PictureFile file, int from) {
        int at = from;
        while (file.byteAt(at) != 0) at += file.byteAt(at) + 1;
        return at + 1;
    }

    /**
     * A frame: its rectangle on the screen, and how its pixels are stored.
     *
     * @param clear the index that is transparent, −1 if none is
     * @param flags whether it is interlaced and has a palette of its own
     * @param tableAt where that palette would begin
     */
    record Frame(int left, int top, int width, int height, int clear, int flags, int tableAt) {

        private static Frame read(PictureFile file, int at, int clear) {
            return new Frame(
                    file.shortAt(at, Endian.LITTLE),
                    file.shortAt(at + 2, Endian.LITTLE),
                    file.shortAt(at + 4, Endian.LITTLE),
                    file.shortAt(at + 6, Endian.LITTLE),
                    clear,
                    file.byteAt(at + 8),
                    at + 9);
        }

        boolean isInterlaced() {
            return (flags & 0x40) != 0;
        }

        /** Where the code size stands; the data follow. */
        int dataAt() {
            return tableAt + tableLength(flags);
        }
    }
}
