package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out whether a JPEG file's data are whole, and leaves out what does not belong to them.
 *
 * <p>libjpeg decodes damaged data into some picture, and writes to the standard error of the process that it did. So what it would warn
 * of is found before: data that end early, unknown codes, restart markers out of order, and scans that contradict each other are
 * refused; stray bytes between the parts of a file, which do no harm, are left out.
 *
 * <p>Source: ITU-T T.81 (1992), annexes B, F and G.
 */
final class JpegCheck {

    private static final int APPLICATION_0 = 0xe0;
    private static final int APPLICATION_14 = 0xee;
    private static final int TABLES = 0xc4;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int FIRST_RESTART = 0xd0;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int PROGRESSIVE = 0xc2;
    private static final int BLOCK = 8;

    private final PictureFile file;
    private final byte[] bytes;
    private final JpegBits bits;
    private final JpegEdits edits;
    private final JpegTable[] dc = new JpegTable[4];
    private final JpegTable[] ac = new JpegTable[4];
    private final List<JpegComponent> components = new ArrayList<>();
    private boolean progressive;
    private int height;
    private int width;
    private int restartInterval;

    private JpegCheck(PictureFile file) {
        this.file = file;
        this.bytes = file.bytes();
        this.bits = new JpegBits(bytes);
        this.edits = new JpegEdits(file);
    }

    /**
     * Returns the file, or one without what does not belong.
     *
     * @param file a file whose segments are whole
     */
    static PictureFile whole(PictureFile file) {
        return new JpegCheck(file).walk();
    }

    private PictureFile walk() {
        int at = 2;
        while (true) {
            int end = endOfMarker(at);
            edits.drop(at, firstOfMarker(end, at));
            int marker = file.byteAt(end - 1);
            at = end;
            if (marker == END_OF_IMAGE) return edits.applied();
            if (marker == 0) edits.drop(end - 2, end);
            if (JpegHeader.standsAlone(marker)) continue;
            int length = file.shortAt(at, Endian.BIG);
            file.need(at, length);
            if (JpegHeader.isFrame(marker)) {
                if (marker > PROGRESSIVE) {
                    throw file.unsupported("Expected a JPEG with Huffman codes, baseline or progressive, found frame "
                            + Integer.toHexString(marker));
                }
                frame(at, marker == PROGRESSIVE);
            }
            switch (marker) {
                case TABLES -> tables(at + 2, at + length);
                case RESTART_INTERVAL -> restartInterval = file.shortAt(at + 2, Endian.BIG);
                case APPLICATION_0 -> {
                    if (file.holds("JFIF\0", at + 2) && length >= 16) edits.replace(at + 7, 1);
                }
                case APPLICATION_14 -> {
                    if (file.holds("Adobe", at + 2) && length >= 14) edits.transformAt(at + 13);
                }
                default -> {}
            }
            at += length;
            if (marker != START_OF_SCAN) continue;
            if (!hasTables()) return edits.applied(); // a frame of a film, which has the standard's tables
            at = scan(at - length + 2, at);
        }
    }

    /** Returns the place behind the two bytes of the next marker. */
    private int endOfMarker(int from) {
        int at = from;
        while (file.byteAt(at) != 0xff) at++;
        while (file.byteAt(at) == 0xff) at++;
        return at + 1;
    }

    /** Returns where the filling of a marker begins: its bytes of 255. */
    private int firstOfMarker(int end, int from) {
        int at = end - 2;
        while (at > from && bytes[at - 1] == (byte) 0xff) at--;
        return at;
    }

    private boolean hasTables() {
        for (int i = 0; i < dc.length; i++) if (dc[i] != null || ac[i] != null) return true;
        return false;
    }

    private void tables(int from, int end) {
        int at = from;
        while (at < end) {
            int kind = file.byteAt(at++);
            int[] counts = new int[16];
            int sum = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] = file.byteAt(at++);
                sum += counts[i];
            }
            if ((kind & ~0x13) != 0 || sum > 256 || at + sum > end)
                throw file.damaged("a JPEG table of codes that is not whole");
            JpegTable table = new JpegTable(counts, Arrays.copyOfRange(bytes, at, at + sum));
            (kind < 16 ? dc : ac)[kind & 3] = table;
            at += sum;
        }
    }

    private void frame(int at, boolean isProgressive) {
        progressive = isProgressive;
        height = file.shortAt(at + 3, Endian.BIG);
        width = file.shortAt(at + 5, Endian.BIG);
        components.clear();
        for (int i = 0; i < file.byteAt(at + 7); i++) {
            int factors = file.byteAt(at + 9 + 3L * i);
            if ((factors & 15) < 1 || (factors & 15) > 4 || factors >> 4 < 1 || factors >> 4 > 4) {
                throw file.damaged("a JPEG channel of size " + (factors >> 4) + "x" + (factors & 15));
            }
            components.add(new JpegComponent(file.byteAt(at + 8 + 3L * i), factors >> 4, factors & 15));
        }
        edits.channels(components.size());
        if (progressive)
            for (JpegComponent component : components)
                component.remember(units(width, across()), units(height, down()));
    }

    private int across() {
        return components.stream().mapToInt(JpegComponent::across).max().orElse(1);
    }

    private int down() {
        return components.stream().mapToInt(JpegComponent::down).max().orElse(1);
    }

    private static int units(int pixels, int blocks) {
        return (pixels + BLOCK * blocks - 1) / (BLOCK * blocks);
    }

    /** Walks over a scan whose header and data begin there, and returns where its data end. */
    private int scan(int headerAt, int dataAt) {
        int count = file.byteAt(headerAt);
        if (count < 1 || headerAt + 4 + 2 * count > dataAt) throw file.damaged("a JPEG scan whose header is not whole");
        List<JpegComponent> channels = new ArrayList<>();
        JpegTable[] firsts = new JpegTable[count];
        JpegTable[] others = new JpegTable[count];
        for (int i = 0; i < count; i++) {
            int id = file.byteAt(headerAt + 1 + 2L * i);
            int tables = file.byteAt(headerAt + 2 + 2L * i);
            channels.add(components.stream()
                    .filter(component -> component.id() == id)
                    .findFirst()
                    .orElseThrow(() -> file.damaged("a JPEG scan of an unknown channel " + id)));
            firsts[i] = dc[tables >> 4 & 3];
            others[i] = ac[tables & 3];
        }
        int at = headerAt + 1 + 2 * count;
        int first = file.byteAt(at);
        int last = file.byteAt(at + 1);
        int known = file.byteAt(at + 2) >> 4;
        int lowest = file.byteAt(at + 2) & 15;
        if (progressive) needOrder(channels, first, last, known, lowest);
        else {
            edits.replace(at, 0);
            edits.replace(at + 1, 63);
            edits.replace(at + 2, 0);
        }
        for (int i = 0; i < count; i++) {
            boolean needsFirst = !progressive || first == 0 && known == 0;
            boolean needsOthers = !progressive || first > 0;
            if (needsFirst && firsts[i] == null || needsOthers && others[i] == null)
                throw file.damaged("a JPEG scan without its codes");
        }
        long blocks = (long) height * width / (BLOCK * BLOCK);
        JpegScan scan = new JpegScan(bits, channels, firsts, others, progressive, first, last, known, blocks);
        return channels.size() == 1 ? one(scan, channels.get(0), dataAt) : interleaved(scan, channels, dataAt);
    }

    private void needOrder(List<JpegComponent> channels, int first, int last, int known, int lowest) {
        boolean whole = first == 0 ? last == 0 : channels.size() == 1 && last >= first && last < 64;
        if (known != 0 && known != lowest + 1 || lowest > 13) whole = false;
        for (JpegComponent channel : channels) {
            int[] told = channel.lowestBit();
            if (first > 0 && told[0] < 0) whole = false;
            for (int k = first; whole && k <= last; k++) {
                if (Math.max(0, told[k]) != known) whole = false;
                told[k] = lowest;
            }
        }
        if (!whole) throw file.damaged("JPEG scans that contradict each other");
    }

    private int one(JpegScan scan, JpegComponent channel, int dataAt) {
        int columns = units((width * channel.across() + across() - 1) / across(), 1);
        int rows = units((height * channel.down() + down() - 1) / down(), 1);
        bits.start(dataAt);
        for (int unit = 0; unit < rows * columns; unit++) {
            if (restarts(unit)) restart(scan, unit);
            int block = progressive ? channel.block(unit / columns, unit % columns) : 0;
            if (!scan.walk(0, block)) throw broken(unit / columns, rows);
        }
        return end();
    }

    private int interleaved(JpegScan scan, List<JpegComponent> channels, int dataAt) {
        int columns = units(width, across());
        int rows = units(height, down());
        bits.start(dataAt);
        for (int unit = 0; unit < rows * columns; unit++) {
            if (restarts(unit)) restart(scan, unit);
            for (int i = 0; i < channels.size(); i++) {
                JpegComponent channel = channels.get(i);
                for (int b = 0; b < channel.across() * channel.down(); b++) {
                    int block = progressive
                            ? channel.block(
                                    unit / columns * channel.down() + b / channel.across(),
                                    unit % columns * channel.across() + b % channel.across())
                            : 0;
                    if (!scan.walk(i, block)) throw broken(unit / columns, rows);
                }
            }
        }
        return end();
    }

    private boolean restarts(int unit) {
        return restartInterval > 0 && unit > 0 && unit % restartInterval == 0;
    }

    private void restart(JpegScan scan, int unit) {
        int at = end();
        int expected = FIRST_RESTART + (unit / restartInterval - 1) % 8;
        int end = endOfMarker(at);
        if (file.byteAt(end - 1) != expected) throw file.damaged("a JPEG restart marker is missing");
        bits.start(end);
        scan.restart();
    }

    /** Leaves out what stands between the last code and the next marker, and returns where that begins. */
    private int end() {
        int from = bits.position();
        int at = from;
        while (file.byteAt(at) != 0xff || file.byteAt(at + 1) == 0) at++;
        edits.drop(from, at);
        return at;
    }

    private Problem broken(int row, int rows) {
        return file.damaged(
                "its JPEG data are not whole from about row " + (long) height * row / rows + " of " + height + " on");
    }
}
