package io.fovea.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * What a client still sends while it is refused already. A connection that is closed with such bytes on their way is reset, and the answer is lost with
 * it; so the answer goes first, and they are passed over for a while.
 */
final class UnreadBody {

    private static final long LONGEST_IN_SECONDS = 10;
    private static final long LONGEST_SILENCE_IN_MILLISECONDS = 1_000;

    private UnreadBody() {}

    /** Whether a request has a body, read or not. */
    static boolean mayBeOf(Context request) {
        return request.req().getContentLengthLong() > 0 || request.header("Transfer-Encoding") != null;
    }

    /** Sends an answer as a whole, then reads what still comes and forgets it: until its end, a second of silence, or ten seconds are over. */
    static void answerFirst(Context ctx, int status, String mediaType, byte[] answer) {
        try {
            ctx.res().setStatus(status);
            ctx.res().setContentType(mediaType);
            ctx.res().setContentLength(answer.length);
            ctx.res().getOutputStream().write(answer);
            ctx.res().flushBuffer();
            pass(ctx);
        } catch (IOException gone) {
            // nobody waits for the answer
        }
    }

    private static void pass(Context ctx) throws IOException {
        EndPoint connection = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        long usual = connection.getIdleTimeout();
        connection.setIdleTimeout(LONGEST_SILENCE_IN_MILLISECONDS);
        long latest = System.nanoTime() + LONGEST_IN_SECONDS * 1_000_000_000;
        byte[] piece = new byte[1 << 16];
        InputStream body = ctx.req().getInputStream();
        while (System.nanoTime() < latest && body.read(piece) >= 0) {
            // nobody needs it
        }
        connection.setIdleTimeout(usual);
    }
}
