package io.fovea.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows {@code events.jsonl}: each look gives the events that were added since the one before. A last line without its end is left for later.
 *
 * <p>Mutable; for one thread.
 */
public final class EventTail {

    private static final int USUAL_BYTES_AT_ONCE = 1 << 20;

    private final Path file;
    private long position;
    private long seen;
    private int atOnce = USUAL_BYTES_AT_ONCE;
    private boolean hasSkipped;
    private boolean areStepsTold = true;

    /**
     * @param file  which need not be there yet
     * @param after the number of the last event that was seen already; 0 for none
     */
    public EventTail(Path file, long after) {
        this.file = file;
        this.seen = after;
    }

    /**
     * Leaves out the steps that another step follows at once, for who asks where a run stands: of those only the last tells anything. Most lines of a log are
     * steps, and reading one takes a hundred times as long as passing over it.
     */
    public EventTail withoutPassedSteps() {
        areStepsTold = false;
        return this;
    }

    /** Returns about a megabyte of what was added; an empty list if there was nothing that is complete. */
    public List<Event> next() throws IOException {
        byte[] added;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < position) position = 0; // another log in the place of this one; numbers tell what was seen
            if (size == position) return List.of();
            added = read(channel, (int) Math.min(size - position, atOnce));
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
        int end = added.length;
        while (end > 0 && added[end - 1] != '\n') end--;
        if (end == 0 && added.length == atOnce) atOnce = Math.multiplyExact(2, atOnce); // a line longer than that
        position += end;
        return events(new String(added, 0, end, StandardCharsets.UTF_8));
    }

    /** Whether there is more to read at once. */
    public boolean isBehind() {
        try {
            return Files.size(file) > position;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Whether there was a line that tells no event that this version knows. */
    public boolean hasSkipped() {
        return hasSkipped;
    }

    private byte[] read(FileChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // until it is full, or the file was cut
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private List<Event> events(String lines) {
        List<Event> events = new ArrayList<>();
        String[] all = lines.split("\n");
        for (int i = 0; i < all.length; i++) {
            String line = all[i];
            if (line.isBlank()) continue;
            if (!areStepsTold && i + 1 < all.length && EventLog.isStep(line) && EventLog.isStep(all[i + 1])) continue;
            try {
                Event event = EventLog.event(line);
                if (event.number() <= seen) continue;
                seen = event.number();
                events.add(event);
            } catch (JsonProcessingException ofALaterVersion) {
                hasSkipped = true; // what it tells, no page of this version could show; "fovea job show" names the line
            }
        }
        return events;
    }
}
