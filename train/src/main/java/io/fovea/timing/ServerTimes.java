package io.fovea.timing;

import io.fovea.machine.Machine;
import io.fovea.result.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long a server's answers take.
 *
 * @param settings how it was asked
 * @param asked    what was sent, in words
 * @param server   how it calls itself; may be empty
 * @param machine  that of the clients, looked at before anything was measured
 * @param rows     for batches and clients
 */
public record ServerTimes(LoadSettings settings, String asked, String server, Machine machine, List<Row> rows) {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    /**
     * Requests of so many clients.
     *
     * @param clients           at once
     * @param batch             pictures of a request
     * @param warmUp            what came before and does not count
     * @param latency           of requests that were answered; with a rate, from the moment at which each was due
     * @param requestsPerSecond that were answered
     * @param errors            how many requests ended otherwise, by what was wrong
     * @param unsent            that were due, and not sent any more since the server was too far behind
     */
    public record Row(
            int clients,
            int batch,
            ModelTimes.WarmUp warmUp,
            Latency latency,
            double requestsPerSecond,
            Map<String, Integer> errors,
            int unsent) {

        /** Copies. */
        public Row {
            errors = new TreeMap<>(errors);
        }

        /** Returns how many requests ended without an answer. */
        public int failed() {
            return errors.values().stream().mapToInt(Integer::intValue).sum() + unsent;
        }
    }

    /** Copies. */
    public ServerTimes {
        rows = List.copyOf(rows);
    }

    private boolean isOnThisMachine() {
        return THIS_MACHINE.contains(settings.server().getHost());
    }

    /** Returns them for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(settings.server() + (server.isEmpty() ? "" : " (" + server + ")") + ": " + asked);
        lines.addAll(MachineWords.of(machine));
        if (isOnThisMachine()) lines.add("Server and clients share this machine's processors.");
        lines.add("");
        lines.add(
                settings.rate().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "Open loop, %s requests a second; in ms from the moment at which a request was due:",
                                MachineWords.rate(settings.rate().getAsDouble()))
                        : "Closed loop, each client asks again once it has its answer; in ms:");
        TextTable table = new TextTable(
                "clients",
                "batch",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max",
                "requests",
                "requests/s",
                "pictures/s",
                "errors",
                "warm-up");
        for (Row row : rows) {
            String[] times = row.latency().cells();
            table.row(
                    Integer.toString(row.clients()),
                    Integer.toString(row.batch()),
                    times[0],
                    times[1],
                    times[2],
                    times[3],
                    times[4],
                    String.format(Locale.ROOT, "%,d", row.latency().count()),
                    MachineWords.rate(row.requestsPerSecond()),
                    MachineWords.rate(row.batch() * row.requestsPerSecond()),
                    String.format(Locale.ROOT, "%,d", row.failed()),
                    String.format(
                            Locale.ROOT,
                            "%.1f s%s",
                            row.warmUp().seconds(),
                            row.warmUp().settled() ? "" : ", not settled"));
        }
        lines.addAll(table.lines());
        for (Row row : rows) {
            String of = row.clients() + (row.clients() == 1 ? " client" : " clients") + ", batch " + row.batch() + ": ";
            row.errors()
                    .forEach((words, count) -> lines.add(of + String.format(Locale.ROOT, "%,d × %s", count, words)));
            if (row.unsent() > 0)
                lines.add(of
                        + String.format(
                                Locale.ROOT,
                                "%,d requests were due and not sent: the server fell too far behind",
                                row.unsent()));
        }
        return lines;
    }

    /** Returns them for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", settings.server().toString());
        json.put("model", settings.model());
        json.put("server", server);
        json.put("asked", asked);
        json.put("loop", settings.rate().isPresent() ? "open" : "closed");
        settings.rate().ifPresent(rate -> json.put("rate", rate));
        json.put("machine", MachineWords.json(machine));
        json.put("sharesMachine", isOnThisMachine());
        json.put("loads", rows.stream().map(ServerTimes::json).toList());
        return json;
    }

    private static Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clients", row.clients());
        json.put("batch", row.batch());
        json.put("latency", row.latency().json());
        json.put("requestsPerSecond", row.requestsPerSecond());
        json.put("errors", row.errors());
        json.put("unsent", row.unsent());
        json.put("warmUp", row.warmUp().json());
        return json;
    }
}
