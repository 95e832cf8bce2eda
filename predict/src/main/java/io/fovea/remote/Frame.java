package io.fovea.remote;

import io.fovea.problem.Problem;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One message on the pipe between a process and the one that started it.
 *
 * <p>On the stream: {@code 0x466F7672} ("Fovr"), a byte for the kind, the length, four bytes with the highest first, the bytes.
 */
record Frame(Kind kind, byte[] bytes) {

    private static final int MAGIC = 0x466F7672;

    /** What a message is. */
    enum Kind {
        /** To the process: what it is asked. */
        QUESTION,
        /** To the process: the words of all that were asked together. */
        SHARED,
        /** To the process: where what it looks for lies here. */
        FOUND,
        /** To the process: what was told has arrived. */
        FLUSHED,
        /** To the process: an answer is wanted soon. */
        STOP,
        /** From the process: something on the way. */
        TOLD,
        /** From the process: is to be told when all that it told has arrived. */
        FLUSH,
        /** From the process: looks for a file or folder of whoever asked. */
        FIND,
        /** From the process: a word for all that were asked together. */
        SHARE,
        /** From the process: the answer. */
        ANSWER,
        /** From the process: what is in the way of any answer. */
        PROBLEM,
        /** From the process: what is in the way of an answer here. */
        TROUBLE
    }

    private static final byte[] NONE = {};

    static Frame of(Kind kind) {
        return new Frame(kind, NONE);
    }

    static Frame of(Problem problem) {
        return new Frame(
                Kind.PROBLEM,
                ByteParts.joined(List.of(utf8(problem.what()), utf8(problem.where()), utf8(problem.remedy()))));
    }

    /** Returns the problem that {@link #of(Problem)} was given. */
    Problem problem() {
        List<byte[]> parts = ByteParts.of(bytes);
        return new Problem(text(parts.get(0)), text(parts.get(1)), text(parts.get(2)));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeByte(kind.ordinal());
        out.writeInt(bytes.length);
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
        int kind = in.readUnsignedByte();
        int length = in.readInt();
        if (magic != MAGIC || kind >= Kind.values().length || length < 0)
            throw new IOException("What came is no message");
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("The message breaks off");
        return Optional.of(new Frame(Kind.values()[kind], bytes));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Returns the bytes as text. */
    String text() {
        return text(bytes);
    }
}
