package io.fovea.weights;

import io.fovea.problem.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of one or several pickles in a row, read once from front to back; no claimed length goes unchecked. */
final class PickleInput {

    private static final int PIECE = 1 << 14;
    private static final int LONGEST_LINE = 4096;

    private final ByteSource source;
    private final long end;
    private final String file;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long pieceEnd;

    PickleInput(ByteSource source, long start, long end, String file) {
        this.source = source;
        this.pieceEnd = start;
        this.end = end;
        this.file = file;
    }

    /** Returns the position of the next byte in the source. */
    long position() {
        return pieceEnd - piece.remaining();
    }

    /** Goes on at another place. */
    void moveTo(long position) {
        piece = ByteBuffer.allocate(0);
        pieceEnd = position;
    }

    int unsignedByte() throws IOException {
        return have(1).get() & 0xff;
    }

    int unsignedShort() throws IOException {
        return have(2).getShort() & 0xffff;
    }

    int integer() throws IOException {
        return have(4).getInt();
    }

    long longInteger() throws IOException {
        return have(8).getLong();
    }

    /** Returns so many bytes; fails before it makes room for more than there are. */
    byte[] bytes(long length) throws IOException {
        if (length < 0 || length > end - position() || length > Integer.MAX_VALUE - 8) throw new EOFException();
        byte[] bytes = new byte[(int) length];
        int there = Math.min(bytes.length, piece.remaining());
        piece.get(bytes, 0, there);
        if (there < bytes.length) {
            source.bytes(pieceEnd, bytes.length - there).get(bytes, there, bytes.length - there);
            pieceEnd += bytes.length - there;
        }
        return bytes;
    }

    String text(long length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** Returns the bytes to the end of the line, which is passed over. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = unsignedByte(); letter != '\n'; letter = unsignedByte()) {
            if (line.length() == LONGEST_LINE) throw broken("The pickle has an endless line");
            line.append((char) letter);
        }
        return line.toString();
    }

    /** Returns the file and the place in it, for problems. */
    String where() {
        return file + ", byte " + position();
    }

    Problem broken(String what) {
        return ByteSource.broken(what, where(), null);
    }

    private ByteBuffer have(int count) throws IOException {
        if (piece.remaining() < count) {
            long start = position();
            long there = Math.min(PIECE, end - start);
            if (there < count) throw new EOFException();
            piece = source.bytes(start, (int) there).order(ByteOrder.LITTLE_ENDIAN);
            pieceEnd = start + there;
        }
        return piece;
    }
}
