package io.fovea.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/**
 * One message between server and worker: a head that is JSON, and bytes.
 *
 * <p>On the stream: {@code 0x466F7665} ("Fove"), the length of the head, the length of the bytes, each four bytes with the highest first; the head in
 * UTF-8; the bytes.
 *
 * @param head  fields
 * @param bytes such as a picture
 */
record Frame(JsonNode head, byte[] bytes) {

    private static final int MAGIC = 0x466F7665;
    private static final int LONGEST_HEAD = 1 << 20;
    private static final int MOST_BYTES = 256 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(DataOutputStream out) throws IOException {
        byte[] text = JSON.writeValueAsBytes(head);
        out.writeInt(MAGIC);
        out.writeInt(text.length);
        out.writeInt(bytes.length);
        out.write(text);
        out.write(bytes);
        out.flush();
    }

    /**
     * Reads the next message; empty where the stream ends.
     *
     * @throws IOException if the stream breaks off within one, or holds something else
     */
    static Optional<Frame> read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) return Optional.empty();
        int magic = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int headLength = in.readInt();
        int length = in.readInt();
        boolean isFrame =
                magic == MAGIC && headLength >= 0 && headLength <= LONGEST_HEAD && length >= 0 && length <= MOST_BYTES;
        if (!isFrame) throw new IOException("What came is no message");
        byte[] head = in.readNBytes(headLength);
        byte[] bytes = in.readNBytes(length);
        if (head.length < headLength || bytes.length < length) throw new EOFException("The message breaks off");
        return Optional.of(new Frame(JSON.readTree(head), bytes));
    }
}
