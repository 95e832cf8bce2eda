package io.fovea.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.event.TrainingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A log that is followed")
class EventStreamTest {

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("events.jsonl");
    }

    private static Event noted(long number, String words) {
        return new JobEvent.Noted(number, Instant.EPOCH, words);
    }

    private static Event step(long number) {
        return new TrainingEvent.StepFinished(number, Instant.EPOCH, 1, number, 0.5, List.of(), 0.01, 1_000);
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream().map(Event::number).toList();
    }

    @Nested
    @DisplayName("line by line")
    class Tail {

        @Test
        void has_nothing_before_there_is_a_file() throws IOException {
            assertThat(new EventTail(log(), 0).next()).isEmpty();
        }

        @Test
        void gives_what_was_added_since_the_last_look() throws IOException {
            EventTail tail = new EventTail(log(), 0);
            try (EventLog log = new EventLog(log())) {
                log.on(noted(log.nextNumber(), "one"));
                assertThat(numbers(tail.next())).containsExactly(1L);
                assertThat(tail.next()).isEmpty();
                log.on(noted(log.nextNumber(), "two"));
                log.on(noted(log.nextNumber(), "three"));
                assertThat(numbers(tail.next())).containsExactly(2L, 3L);
            }
        }

        @Test
        void begins_after_the_last_that_was_seen() throws IOException {
            try (EventLog log = new EventLog(log())) {
                for (int i = 0; i < 5; i++) log.on(noted(log.nextNumber(), "again"));
            }
            assertThat(numbers(new EventTail(log(), 3).next())).containsExactly(4L, 5L);
            assertThat(new EventTail(log(), 99).next()).isEmpty();
        }

        @Test
        void waits_for_the_end_of_a_line_and_for_the_whole_of_a_letter() throws IOException {
            byte[] line = (EventLog.line(noted(1, "größer")) + "\n").getBytes(StandardCharsets.UTF_8);
            int cut = new String(line, StandardCharsets.UTF_8).indexOf('ö') + 1; // within the letter's two bytes
            Files.write(log(), java.util.Arrays.copyOf(line, cut));
            EventTail tail = new EventTail(log(), 0);
            assertThat(tail.next()).isEmpty();
            Files.write(log(), java.util.Arrays.copyOfRange(line, cut, line.length), StandardOpenOption.APPEND);
            assertThat(tail.next()).containsExactly(noted(1, "größer"));
        }

        @Test
        void reads_a_line_that_is_longer_than_what_is_read_at_once() throws IOException {
            try (EventLog log = new EventLog(log())) {
                log.on(noted(log.nextNumber(), "x".repeat(3_000_000)));
                log.on(noted(log.nextNumber(), "short"));
            }
            EventTail tail = new EventTail(log(), 0);
            List<Event> events = new ArrayList<>();
            for (int look = 0; look < 5; look++) events.addAll(tail.next());
            assertThat(numbers(events)).containsExactly(1L, 2L);
        }

        @Test
        void leaves_out_the_steps_that_others_follow_if_only_the_last_is_asked_for() throws IOException {
            try (EventLog log = new EventLog(log())) {
                log.on(noted(log.nextNumber(), "begins"));
                for (int i = 2; i <= 5; i++) log.on(step(log.nextNumber()));
                log.on(noted(log.nextNumber(), "between"));
                for (int i = 7; i <= 9; i++) log.on(step(log.nextNumber()));
            }
            assertThat(numbers(new EventTail(log(), 0).withoutPassedSteps().next()))
                    .containsExactly(1L, 5L, 6L, 9L);
            assertThat(numbers(new EventTail(log(), 0).next())).hasSize(9);
        }

        @Test
        void notices_a_damaged_step_that_it_would_have_left_out() throws IOException {
            String whole = EventLog.line(step(1));
            Files.writeString(log(), whole.substring(0, whole.length() / 2) + "\n" + EventLog.line(step(2)) + "\n");
            EventTail tail = new EventTail(log(), 0).withoutPassedSteps();
            assertThat(numbers(tail.next())).containsExactly(2L);
            assertThat(tail.hasSkipped()).isTrue();
        }

        @Test
        void passes_over_a_line_that_it_does_not_know() throws IOException {
            Files.writeString(
                    log(), "{\"event\":\"ofTomorrow\",\"number\":1}\n" + EventLog.line(noted(2, "known")) + "\n");
            assertThat(numbers(new EventTail(log(), 0).next())).containsExactly(2L);
        }
    }

    /** Whoever is told breaks off after some bytes, anywhere. */
    private static final class Breaking extends OutputStream {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int left;

        Breaking(int bytes) {
            left = bytes;
        }

        @Override
        public void write(int value) throws IOException {
            if (left-- == 0) throw new IOException("gone");
            received.write(value);
        }
    }

    @Nested
    @DisplayName("by a reader who breaks off")
    class Reconnecting {

        private static final Pattern EVENT = Pattern.compile("id: (\\d+)\ndata: (.*)\n\n");

        @Test
        void tells_each_event_once_over_two_hundred_breaks_at_random_moments_while_the_log_grows() throws Exception {
            java.util.SplittableRandom random = new java.util.SplittableRandom(13);
            int count = 6_000;
            AtomicBoolean written = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                try (EventLog log = new EventLog(log())) {
                    for (int i = 0; i < count; i++) {
                        log.on(noted(log.nextNumber(), "event " + i));
                        if (i % 40 == 0) Thread.sleep(1);
                    }
                } catch (InterruptedException failure) {
                    Thread.currentThread().interrupt();
                }
                written.set(true);
            });
            List<Long> seen = new ArrayList<>();
            int breaks = 0;
            while (seen.size() < count) {
                long last = seen.isEmpty() ? 0 : seen.getLast();
                boolean calm = breaks >= 200;
                Breaking out = new Breaking(calm ? Integer.MAX_VALUE : random.nextInt(1, 2_500));
                long until = System.nanoTime() + (calm ? 60_000_000_000L : random.nextLong(40_000_000));
                try {
                    EventStream.send(
                            new EventTail(log(), last),
                            out,
                            () -> System.nanoTime() > until || complete(out) == count - last && written.get());
                } catch (IOException gone) {
                    // it comes back
                }
                breaks++;
                EVENT.matcher(out.received.toString(StandardCharsets.UTF_8))
                        .results()
                        .forEach(match -> seen.add(Long.parseLong(match.group(1))));
            }
            writer.join();
            assertThat(breaks).isGreaterThan(200);
            assertThat(seen)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, count).boxed().toList());
        }

        private static long complete(Breaking out) {
            return EVENT.matcher(out.received.toString(StandardCharsets.UTF_8))
                    .results()
                    .count();
        }
    }
}
