package io.fovea.candidate;

import io.fovea.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Bytes from process to process, with a mark and a version before (4 each, highest first) and a CRC-32 of everything behind (4).
 *
 * <p>Floats and doubles are lowest first, as processors have them: they are nearly all of it.
 */
final class CheckedBytes {

    private static final int VERSION = 1;
    private static final int AROUND = 3 * Integer.BYTES;

    private CheckedBytes() {}

    static byte[] sealed(int mark, List<byte[]> parts) {
        int length = AROUND + parts.stream().mapToInt(part -> part.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length).putInt(mark).putInt(VERSION);
        for (byte[] part : parts) bytes.put(part);
        return bytes.putInt(checksum(bytes.array())).array();
    }

    /**
     * Returns what lies between the version and the checksum.
     *
     * @param what the bytes are, for people, such as "question about candidates"
     * @throws Problem if they are something else, of another version, cut off or changed
     */
    static DataInputStream opened(byte[] bytes, int mark, String what) {
        ByteBuffer around = ByteBuffer.wrap(bytes);
        if (bytes.length < AROUND || around.getInt() != mark) throw damaged(what, bytes.length);
        int version = around.getInt();
        if (version != VERSION) {
            throw new Problem(
                    "The " + what + " has version " + version + ", this process knows version " + VERSION + ".",
                    place(what),
                    "start all processes from the same version of Fovea");
        }
        if (around.getInt(bytes.length - Integer.BYTES) != checksum(bytes)) throw damaged(what, bytes.length);
        return new DataInputStream(new ByteArrayInputStream(bytes, 2 * Integer.BYTES, bytes.length - AROUND));
    }

    static Problem damaged(String what, int length) {
        return new Problem(
                "The " + what + " is cut off, changed, or something else: " + length + " bytes.",
                place(what),
                "begin again; an evolution goes on from what it wrote last");
    }

    private static String place(String what) {
        return "a " + what + " that another process sent";
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) checksum.getValue();
    }

    static void write(DataOutputStream out, float[] values) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes);
    }

    static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        byte[] bytes = in.readNBytes(values.length * Float.BYTES);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    static void write(DataOutputStream out, double[] values) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes);
    }

    static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        byte[] bytes = in.readNBytes(values.length * Double.BYTES);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }
}
