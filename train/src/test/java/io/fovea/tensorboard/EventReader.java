package io.fovea.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads event files as TensorBoard does, written from its description and not from this project's writer.
 *
 * <p>Source: "TFRecord and tf.train.Example" (framing), RFC 3720 appendix B.4 (CRC-32C), event.proto and summary.proto.
 */
public final class EventReader {

    private EventReader() {}

    /** Returns the data of all whole records; checks both checksums of each. */
    public static List<byte[]> records(byte[] file) {
        List<byte[]> records = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= 12) {
            byte[] header = new byte[8];
            in.get(header);
            check(header, in.getInt());
            long length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (in.remaining() < length + 4) break;
            byte[] data = new byte[(int) length];
            in.get(data);
            check(data, in.getInt());
            records.add(data);
        }
        return records;
    }

    /** Returns the events of one file. */
    public static List<WireMessage> events(Path file) {
        try {
            return records(Files.readAllBytes(file)).stream()
                    .map(WireMessage::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the event files of a folder in the order in which TensorBoard reads them. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("tfevents"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns step → value of a tag over all files, after what a restart makes void is gone. */
    public static Map<Long, Float> scalars(Path folder, String tag) {
        Map<Long, Float> points = new TreeMap<>();
        values(folder, tag).forEach((step, value) -> points.put(step, value.real32(2)));
        return points;
    }

    /** Returns step → summary value of a tag over all files, likewise. */
    public static Map<Long, WireMessage> values(Path folder, String tag) {
        TreeMap<Long, WireMessage> points = new TreeMap<>();
        for (Path file : files(folder)) {
            for (WireMessage event : events(file)) {
                long step = event.whole(2);
                boolean restarted = event.has(7) && event.message(7).whole(1) == 1;
                if (restarted) points.tailMap(step, true).clear();
                if (!event.has(5)) continue;
                for (WireMessage value : event.message(5).messages(1)) {
                    if (!value.text(1).equals(tag)) continue;
                    if (points.put(step, value) != null) {
                        throw new IllegalStateException("Two points of \"" + tag + "\" at step " + step);
                    }
                }
            }
        }
        return points;
    }

    /** Returns all tags of a folder, sorted. */
    public static List<String> tags(Path folder) {
        return files(folder).stream()
                .flatMap(file -> events(file).stream())
                .filter(event -> event.has(5))
                .flatMap(event -> event.message(5).messages(1).stream())
                .map(value -> value.text(1))
                .distinct()
                .sorted()
                .toList();
    }

    /** CRC-32C bit by bit: polynomial 0x1EDC6F41, here reversed. */
    static int checksum(byte[] data) {
        int register = ~0;
        for (byte next : data) {
            register ^= next & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                boolean odd = (register & 1) == 1;
                register >>>= 1;
                if (odd) register ^= 0x82f63b78;
            }
        }
        return ~register;
    }

    private static void check(byte[] data, int masked) {
        int rotated = masked - 0xa282ead8;
        int found = rotated << 15 | rotated >>> 17;
        if (found != checksum(data)) {
            throw new IllegalStateException("wrong checksum of " + Arrays.toString(data));
        }
    }
}
