package io.fovea.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Framed records: length (8 bytes), its checksum (4), the data, their checksum (4), all little-endian.
 *
 * <p>A checksum is CRC-32C, rotated right by 15 bits and shifted by a constant: a checksum of data that hold checksums
 * would be weak.
 *
 * <p>Source: TensorFlow, "TFRecord and tf.train.Example", section "TFRecords format details".
 */
final class RecordFile implements AutoCloseable {

    private static final int MASK = 0xa282ead8;

    private final FileChannel channel;

    /** Makes a file that must not be there yet. */
    RecordFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Appends a record; if that fails, the file ends with the record before. */
    void write(byte[] data) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(checksum(record.array(), 8));
        record.put(data);
        record.putInt(checksum(data, data.length));
        record.flip();
        long end = channel.position();
        try {
            while (record.hasRemaining()) channel.write(record);
        } catch (IOException e) {
            // readers would wait for the rest of a cut-off record for ever
            channel.truncate(end);
            throw e;
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
