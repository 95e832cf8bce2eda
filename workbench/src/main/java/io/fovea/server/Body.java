package io.fovea.server;

import io.fovea.problem.Problem;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The body of a request, of limited size. */
final class Body {

    /** Of a picture, the largest that is read. */
    static final int MOST_BYTES = 32 << 20;

    private static final int MOST_BYTES_OF_TEXT = 1 << 20;

    private static final int MOST_BYTES_OF_FORM = 10_000;

    /** Whoever holds a connection open byte by byte is not waited for. */
    private static final int PATIENCE_IN_SECONDS = 10;

    private static final int BYTES_A_SECOND_AT_LEAST = 1_000;

    /** So much of all bodies is read at once: whoever comes with more waits a while, and is sent away then. */
    private static final int MOST_MEGABYTES_AT_ONCE = 128;

    private static final Semaphore MEGABYTES = new Semaphore(MOST_MEGABYTES_AT_ONCE, true);

    private Body() {}

    /** Returns the file of a picture, which may be empty: whoever decodes it says so, with its name. */
    static byte[] picture(Context request) {
        return read(request, MOST_BYTES);
    }

    static byte[] text(Context request) {
        byte[] bytes = read(request, MOST_BYTES_OF_TEXT);
        if (bytes.length == 0)
            throw new Problem("The body is empty.", "the body", "send what /api/openapi.json describes");
        return bytes;
    }

    /**
     * Checks that a form is short before its fields are asked for.
     *
     * @throws Refusal if it is not, or does not say so
     */
    static void form(Context request) {
        long length = request.req().getContentLengthLong();
        if (length < 0 || length > MOST_BYTES_OF_FORM) throw tooLarge(MOST_BYTES_OF_TEXT);
    }

    private static byte[] read(Context request, int most) {
        long length = request.req().getContentLengthLong();
        if (length > most) throw tooLarge(most);
        int megabytes = (int) ((length < 0 ? most : length) >> 20);
        if (megabytes > 0 && !isAdmitted(megabytes)) throw busy(); // what is small waits behind nobody
        try (InputStream body = request.req().getInputStream()) {
            return read(body, (int) length, most);
        } catch (IOException cutOff) {
            throw new Problem("The body was cut off.", "the body", "send it again", cutOff);
        } finally {
            MEGABYTES.release(megabytes);
        }
    }

    private static boolean isAdmitted(int megabytes) {
        try {
            return MEGABYTES.tryAcquire(megabytes, PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param length that the request states, or -1: an array that grows would take three times as much for a moment */
    private static byte[] read(InputStream body, int length, int most) throws IOException {
        long begin = System.nanoTime();
        ExactBytes bytes = new ExactBytes(Math.max(length, 0));
        byte[] piece = new byte[1 << 16];
        for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
            bytes.write(piece, 0, read);
            if (bytes.size() > most) throw tooLarge(most);
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (seconds > PATIENCE_IN_SECONDS && bytes.size() / seconds < BYTES_A_SECOND_AT_LEAST)
                throw new Refusal(
                        408, new Problem("The body comes too slowly.", "the body", "send it by a faster connection"));
        }
        return bytes.toByteArray();
    }

    /** Hands its array on as it is if it is full. */
    private static final class ExactBytes extends ByteArrayOutputStream {

        ExactBytes(int length) {
            super(length);
        }

        @Override
        public synchronized byte[] toByteArray() {
            return count == buf.length ? buf : super.toByteArray();
        }
    }

    private static Refusal busy() {
        return new Refusal(
                503,
                new Problem(
                        "Many large pictures come at once.",
                        "the body",
                        "send it again in a moment, and fewer of them at a time"));
    }

    private static Refusal tooLarge(int most) {
        return new Refusal(
                413,
                new Problem(
                        String.format(Locale.ROOT, "The body is longer than %d MB.", most >> 20),
                        "the body",
                        "send less at once; large sets of pictures are imported with \"fovea data import\""));
    }
}
