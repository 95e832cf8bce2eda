package io.fovea.timing;

import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import io.fovea.speed.Pace;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Times a prediction server under load, from the outside. For one thread at a time.
 *
 * <p>In the closed loop each client asks again once it has its answer: so many requests are under way, whatever the server can do. In the open loop requests have
 * moments at which they are due, 1 / rate apart, and a latency counts from that moment: where all clients wait for answers, what is due waits too, and that is part of
 * what a user would see. To count from the sending only would leave out the worst of a server that stands still ("coordinated omission").
 *
 * <p>Source: Tene, "How NOT to Measure Latency", 2013; Schroeder, Wierman and Harchol-Balter, "Open Versus Closed", NSDI 2006.
 */
public final class ServerTiming {

    private static final double LONGEST_WINDOW = 0.5;
    private static final int MOST_WINDOWS = 12;
    /** A client that got no connection does not try again at once: errors would be counted by the thousand. */
    private static final long REST_NANOS = 20_000_000;

    private final LoadSettings settings;
    private final Consumer<String> telling;

    /** @param telling hears what is timed next */
    public ServerTiming(LoadSettings settings, Consumer<String> telling) {
        this.settings = settings;
        this.telling = telling;
    }

    /**
     * Measures.
     *
     * @throws Problem if the server is not there, lets us not ask, does not know the model or answers its first request with an error; or a picture cannot be read
     */
    public ServerTimes run() {
        Machine machine = Machine.current();
        try (ServerDoor door = new ServerDoor(settings)) {
            Questions questions = Questions.of(door, settings);
            List<ServerTimes.Row> rows = new ArrayList<>();
            for (int batch : settings.batches()) {
                List<HttpRequest> requests = questions.requests(batch);
                HttpRequest first = requests.getFirst();
                long start = System.nanoTime();
                door.checked(door.send(first), first.uri().getPath());
                double firstMillis = (System.nanoTime() - start) / 1e6;
                for (int clients : settings.clients()) rows.add(row(door, requests, clients, batch, firstMillis));
            }
            return new ServerTimes(settings, questions.words(), server(door), machine, rows);
        }
    }

    /** Returns how the server calls itself, where it speaks KServe v2. */
    private static String server(ServerDoor door) {
        ServerDoor.Reply reply = door.get("/v2");
        if (!reply.isGood()) return "";
        return (reply.json().path("name").asText() + " "
                        + reply.json().path("version").asText())
                .strip();
    }

    private ServerTimes.Row row(
            ServerDoor door, List<HttpRequest> requests, int clients, int batch, double firstMillis) {
        telling.accept("clients " + clients + ", batch " + batch);
        double seconds = Math.min(LONGEST_WINDOW, settings.seconds());
        Pace pace = new Pace(seconds, seconds, 1);
        double warmUp = 0;
        int asked = 1;
        for (int i = 0; i < MOST_WINDOWS && !pace.isWarm(); i++) {
            Round window = round(door, requests, clients, seconds);
            warmUp += window.seconds;
            asked += window.durations.count();
            pace.took(window.durations.count(), window.seconds);
        }
        Round round = round(door, requests, clients, settings.seconds());
        if (round.durations.count() == 0)
            throw new Problem(
                    "The server answered none of the requests: " + mostFrequent(round.errors) + ".",
                    settings.server().toString(),
                    "ask it with fewer clients, or at a lower rate");
        return new ServerTimes.Row(
                clients,
                batch,
                new ModelTimes.WarmUp(firstMillis, asked, warmUp, pace.isWarm()),
                round.durations.latency(),
                round.durations.count() / round.seconds,
                round.errors,
                round.unsent);
    }

    private static String mostFrequent(Map<String, Integer> errors) {
        return errors.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("none was sent");
    }

    /** What one round of all clients came to. */
    private static final class Round {
        private final Durations durations = new Durations();
        private final Map<String, Integer> errors = new TreeMap<>();
        private int unsent;
        private double seconds;

        private synchronized void add(Durations own, Map<String, Integer> failed, int left) {
            durations.addAll(own);
            failed.forEach((words, count) -> errors.merge(words, count, Integer::sum));
            unsent += left;
        }
    }

    private Round round(ServerDoor door, List<HttpRequest> requests, int clients, double seconds) {
        Round round = new Round();
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            threads.add(Thread.ofVirtual().start(() -> {
                if (settings.rate().isPresent()) askWhenDue(door, requests, next, start, seconds, round);
                else askAgain(door, requests, next, start, seconds, round);
            }));
        }
        try {
            for (Thread thread : threads) thread.join();
        } catch (InterruptedException interrupted) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
        round.seconds = (System.nanoTime() - start) / 1e9;
        return round;
    }

    private static void askAgain(
            ServerDoor door, List<HttpRequest> requests, AtomicLong next, long start, double seconds, Round round) {
        Durations own = new Durations();
        Map<String, Integer> errors = new TreeMap<>();
        long end = start + (long) (seconds * 1e9);
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted())
            ask(door, requests, next.getAndIncrement(), System.nanoTime(), own, errors);
        round.add(own, errors, 0);
    }

    /** Clients that come late ask at once, until all that was due is asked; a server that falls behind for longer than the round again is asked no more. */
    private void askWhenDue(
            ServerDoor door, List<HttpRequest> requests, AtomicLong next, long start, double seconds, Round round) {
        Durations own = new Durations();
        Map<String, Integer> errors = new TreeMap<>();
        double gap = 1e9 / settings.rate().getAsDouble();
        long end = start + (long) (seconds * 1e9);
        long patience = end + (long) (seconds * 1e9);
        int unsent = 0;
        while (!Thread.currentThread().isInterrupted()) {
            long number = next.getAndIncrement();
            long due = start + (long) (number * gap);
            if (due >= end) break;
            if (System.nanoTime() > patience) {
                unsent++;
                continue;
            }
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
            ask(door, requests, number, due, own, errors);
        }
        round.add(own, errors, unsent);
    }

    private static void ask(
            ServerDoor door,
            List<HttpRequest> requests,
            long number,
            long begin,
            Durations durations,
            Map<String, Integer> errors) {
        ServerDoor.Reply reply = door.send(requests.get((int) (number % requests.size())));
        if (reply.isGood()) {
            durations.add(System.nanoTime() - begin);
            return;
        }
        errors.merge(reply.error(), 1, Integer::sum);
        if (reply.status() == 0) LockSupport.parkNanos(REST_NANOS);
    }
}
