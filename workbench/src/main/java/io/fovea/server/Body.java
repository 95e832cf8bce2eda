package io.fovea.server;

import io.fovea.problem.Problem;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The body of a request, of limited size. */
final class Body {

    /** Of a picture, the largest that is read. */
    static final int MOST_BYTES = 32 << 20;

    private static final int MOST_BYTES_OF_TEXT = 1 << 20;

    private static final int MOST_BYTES_OF_FORM = 10_000;

    /** Whoever holds a connection open byte by byte is not waited for. */
    private static final int PATIENCE_IN_SECONDS = 10;

    private static final int BYTES_A_SECOND_AT_LEAST = 1_000;

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
        if (request.req().getContentLengthLong() > most) throw tooLarge(most);
        try (InputStream body = request.req().getInputStream()) {
            return read(body, most);
        } catch (IOException cutOff) {
            throw new Problem("The body was cut off.", "the body", "send it again", cutOff);
        }
    }

    private static byte[] read(InputStream body, int most) throws IOException {
        long begin = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
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

    private static Refusal tooLarge(int most) {
        return new Refusal(
                413,
                new Problem(
                        String.format(Locale.ROOT, "The body is longer than %d MB.", most >> 20),
                        "the body",
                        "send less at once; large sets of pictures are imported with \"fovea data import\""));
    }
}
