package io.fovea.serve;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

/**
 * Reads bodies of requests, each of limited size, and all of those that are under way within a limit too. Threads share it.
 *
 * <p>A body holds memory for what has come of it, not for what its head announces, so that senders who are slow leave room for those who are not.
 */
final class Bodies {

    /** Of one request. */
    static final int MOST_BYTES = 64 << 20;

    private static final int PIECE = 1 << 16;

    /** Of a long body so much is held at first; a usual picture is read in one go. */
    private static final int FIRST = 1 << 20;

    /** Whoever holds a connection open byte by byte is not waited for: each so many seconds must bring so many bytes. */
    static final int PATIENCE_IN_SECONDS = 10;

    private static final int BYTES_A_SECOND_AT_LEAST = 16_000;

    private final Semaphore pieces;

    Bodies() {
        long memory = Math.max(MOST_BYTES + PIECE, Runtime.getRuntime().maxMemory() / 8);
        pieces = new Semaphore((int) Math.min(Integer.MAX_VALUE, memory / PIECE));
    }

    /** A body in memory; closing it lets others in. */
    final class Body implements AutoCloseable {

        private byte[] bytes = new byte[0];
        private int held;

        byte[] bytes() {
            return bytes;
        }

        /**
         * Holds memory for so many bytes in all.
         *
         * @throws Refusal if there is none
         */
        void hold(long size) {
            int wanted = (int) ((size + PIECE - 1) / PIECE);
            if (wanted <= held) return;
            if (!pieces.tryAcquire(wanted - held))
                throw new Refusal(
                        503,
                        new Problem(
                                "The memory for requests is full.",
                                "the server",
                                "ask again in a moment, or give the server more: FOVEA_JVM_OPTIONS=-Xmx4g"));
            held = wanted;
        }

        @Override
        public void close() {
            pieces.release(held);
            held = 0;
        }
    }

    /** Returns a body of nothing, which holds memory for what came by another way. */
    Body none() {
        return new Body();
    }

    /**
     * Reads a body whole.
     *
     * @param length as the request says; below 0 if it does not
     * @throws Refusal if it is too long, comes too slowly, or there is no memory for it
     * @throws Problem if it is cut off or empty
     */
    Body read(InputStream in, long length) {
        if (length > MOST_BYTES) throw tooLarge();
        Body body = new Body();
        try {
            body.hold(PIECE);
            body.bytes = length < 0 ? unknown(in, body) : known(in, (int) length, body);
            if (body.bytes.length == 0)
                throw new Problem("The body is empty.", "the body", "send a picture, or what /openapi.json describes");
            return body;
        } catch (IOException cutOff) {
            body.close();
            if (cutOff.getCause() instanceof TimeoutException) throw tooSlow();
            throw new Problem("The body was cut off.", "the body", "send it again", cutOff);
        } catch (RuntimeException | Error failure) {
            body.close();
            throw failure;
        }
    }

    private static byte[] known(InputStream in, int length, Body body) throws IOException {
        Pace pace = new Pace();
        byte[] bytes = new byte[Math.min(length, FIRST)];
        body.hold(bytes.length);
        int at = 0;
        while (at < length) {
            if (at == bytes.length) {
                int larger = Math.min(length, 2 * at);
                body.hold(larger);
                bytes = Arrays.copyOf(bytes, larger);
            }
            int read = in.read(bytes, at, Math.min(PIECE, bytes.length - at));
            if (read < 0) throw new IOException("cut off");
            at += read;
            pace.check(read);
        }
        return bytes;
    }

    private static byte[] unknown(InputStream in, Body body) throws IOException {
        Pace pace = new Pace();
        byte[] bytes = new byte[PIECE];
        int at = 0;
        for (int read = in.read(bytes, at, bytes.length - at);
                read >= 0;
                read = in.read(bytes, at, bytes.length - at)) {
            at += read;
            pace.check(read);
            if (at < bytes.length) continue;
            if (at >= MOST_BYTES) throw tooLarge();
            body.hold(Math.min(2L * at, MOST_BYTES + 1L));
            bytes = Arrays.copyOf(bytes, Math.min(2 * at, MOST_BYTES + 1));
        }
        if (at > MOST_BYTES) throw tooLarge();
        return Arrays.copyOf(bytes, at);
    }

    /** How fast a body comes, in stretches of some seconds: what came fast at first does not excuse what does not come now. For one thread. */
    private static final class Pace {

        private long begin = System.nanoTime();
        private long bytes;

        void check(int read) {
            bytes += read;
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (seconds <= PATIENCE_IN_SECONDS) return;
            if (bytes / seconds < BYTES_A_SECOND_AT_LEAST) throw tooSlow();
            begin = System.nanoTime();
            bytes = 0;
        }
    }

    /** Returns the refusal of a body that does not come. */
    static Refusal tooSlow() {
        return new Refusal(
                408,
                new Problem(
                        "The body comes too slowly.",
                        "the body",
                        "send it by a faster connection: " + BYTES_A_SECOND_AT_LEAST / 1_000
                                + " KB a second at least"));
    }

    private static Refusal tooLarge() {
        return new Refusal(
                413,
                new Problem(
                        String.format(Locale.ROOT, "The body is longer than %d MB.", MOST_BYTES >> 20),
                        "the body",
                        "send a smaller picture, or fewer at once"));
    }
}
