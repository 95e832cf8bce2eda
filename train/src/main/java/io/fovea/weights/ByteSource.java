package io.fovea.weights;

import io.fovea.problem.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes of a file, by position. */
interface ByteSource {

    /**
     * Returns a buffer that holds exactly {@code length} bytes from {@code position}.
     *
     * @throws EOFException if there are fewer
     */
    ByteBuffer bytes(long position, int length) throws IOException;

    /** Returns how many bytes there are. */
    long size() throws IOException;

    /** What is done with an open file. */
    interface Step<T> {
        T with(ByteSource source) throws IOException;
    }

    /** Opens a file for one step; what goes wrong becomes a {@link Problem} that names it. */
    static <T> T opened(Path file, Step<T> step) {
        if (!Files.isRegularFile(file)) {
            throw new Problem(
                    Files.exists(file) ? "Expected a file of weights, found a folder" : "There is no such file",
                    file.toString(),
                    "check the path; weights end in .safetensors, .npz, .pth or .pt");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return step.with(of(channel));
        } catch (EOFException e) {
            throw broken("The file ends too early", file.toString(), e);
        } catch (IOException e) {
            throw new Problem(
                    "The file cannot be read: " + e.getMessage(), file.toString(), "check that it may be read", e);
        }
    }

    /** A problem with a file that cannot be as it was written. */
    static Problem broken(String what, String where, Exception cause) {
        return new Problem(what, where, "get the file again from where it came from", cause);
    }

    private static ByteSource of(FileChannel channel) {
        return new ByteSource() {
            @Override
            public ByteBuffer bytes(long position, int length) throws IOException {
                if (length > channel.size() - position) throw new EOFException();
                ByteBuffer buffer = ByteBuffer.allocate(length);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, position + buffer.position()) < 0) throw new EOFException();
                }
                return buffer.flip();
            }

            @Override
            public long size() throws IOException {
                return channel.size();
            }
        };
    }

    /** Returns the bytes of an array. */
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public ByteBuffer bytes(long position, int length) throws IOException {
                if (length > bytes.length - position) throw new EOFException();
                return ByteBuffer.wrap(bytes, (int) position, length).slice();
            }

            @Override
            public long size() {
                return bytes.length;
            }
        };
    }
}
