package io.fovea.server;

import io.fovea.problem.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The body of a request, of limited size. */
final class Body {

    /** Of a picture, the largest that is read. */
    static final int MOST_BYTES = 32 << 20;

    private static final int MOST_BYTES_OF_TEXT = 1 << 20;

    private Body() {}

    static byte[] picture(Context request) {
        return read(request, MOST_BYTES);
    }

    static byte[] text(Context request) {
        return read(request, MOST_BYTES_OF_TEXT);
    }

    private static byte[] read(Context request, int most) {
        if (request.req().getContentLengthLong() > most) throw tooLarge(most);
        try (InputStream body = request.req().getInputStream()) {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) throw tooLarge(most);
            if (bytes.length == 0)
                throw new Problem("The body is empty.", "the body", "send what /api/openapi.json describes");
            return bytes;
        } catch (IOException cutOff) {
            throw new Problem("The body was cut off.", "the body", "send it again", cutOff);
        }
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
