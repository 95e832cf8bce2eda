package io.fovea.stream;

import io.fovea.event.Event;
import io.fovea.event.EventLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Sends a log as server-sent events (HTML living standard, section 9.2): {@code id} is the event's number, {@code data} its line of JSON.
 *
 * <p>The browser names the last id that it saw when it comes back, so a broken connection costs nothing.
 */
public final class EventStream {

    private static final long MILLISECONDS_BETWEEN_LOOKS = 50;
    private static final long MILLISECONDS_BETWEEN_HEARTBEATS = 10_000;
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    /** A browser that lost the server tries again after half a second. */
    private static final byte[] BEGINNING = "retry: 500\n\n".getBytes(StandardCharsets.US_ASCII);

    private EventStream() {}

    /**
     * Sends what is there and what comes, until the reader is gone or {@code over} says so.
     *
     * @throws IOException once the reader is gone
     */
    public static void send(EventTail tail, OutputStream out, BooleanSupplier over) throws IOException {
        out.write(BEGINNING);
        out.flush();
        long lastWord = System.nanoTime();
        while (!over.getAsBoolean()) {
            List<Event> events = tail.next();
            if (!events.isEmpty()) {
                out.write(text(events));
                out.flush();
                lastWord = System.nanoTime();
                if (tail.isBehind()) continue;
            }
            if (System.nanoTime() - lastWord > MILLISECONDS_BETWEEN_HEARTBEATS * 1_000_000) {
                out.write(HEARTBEAT);
                out.flush();
                lastWord = System.nanoTime();
            }
            try {
                Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private static byte[] text(List<Event> events) {
        StringBuilder text = new StringBuilder();
        for (Event event : events)
            text.append("id: ")
                    .append(event.number())
                    .append("\ndata: ")
                    .append(EventLog.line(event))
                    .append("\n\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
