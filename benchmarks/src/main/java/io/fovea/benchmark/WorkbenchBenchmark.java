package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.file.LockFile;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the workbench's users wait for, and what it takes from the machine, with the program and the pages as they are delivered. */
@Command(
        name = "workbench",
        description = "./fovea workbench in Chromium: start, an event on the chart, first load, memory, and what a"
                + " follower takes from a training.")
final class WorkbenchBenchmark implements Callable<Integer> {

    private static final String RUN = "generated-lenet-1";
    private static final String DATASET = "generated-small-seed1";
    private static final int MANY = 500;
    private static final int WARM_UP_EPOCHS = 3;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Starts, and pairs of trainings (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--events", defaultValue = "60", description = "Events that are timed (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--epochs", defaultValue = "20", description = "Of each training (default: ${DEFAULT-VALUE}).")
    private int epochs;

    /** What is measured. */
    enum Part {
        START,
        EVENTS,
        MEMORY,
        FOLLOWER
    }

    @Option(names = "--only", split = ",", description = "${COMPLETION-CANDIDATES} (default: all).")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Mixin
    private RecordOption recordOption;

    private final List<Double> starts = new ArrayList<>();
    private final List<Double> points = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private long firstLoadBytes;
    private double idleMegabytes;
    private double pageMegabytes;
    private double manyMegabytes;
    private double manyColdMilliseconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path workspace = Files.createTempDirectory("fovea-benchmark-");
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            FoveaCommand.run(List.of(
                    "lab", "mnist", "--data", "generated", "--epochs", "2", "--workspace", workspace.toString()));
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of("/usr/bin/chromium"))
                            .setArgs(List.of("--no-sandbox")));
            if (only.contains(Part.START)) {
                for (int round = 0; round <= rounds; round++) start(browser, workspace, round > 0);
                firstLoad(browser, workspace);
            }
            if (only.contains(Part.EVENTS)) points(browser, workspace);
            if (only.contains(Part.MEMORY)) memory(browser, workspace);
            browser.close();
            if (only.contains(Part.FOLLOWER)) follower(workspace);
        } finally {
            Folder.delete(workspace);
        }
        List<String> row = new ArrayList<>();
        cells(row, Part.START, "**%.2f s**", median(starts));
        cells(row, Part.EVENTS, "**%.0f ms** (at most %.0f)", median(points), largest(points));
        cells(row, Part.START, "**%.0f KB**", firstLoadBytes / 1e3);
        cells(row, Part.MEMORY, "%.0f MB", idleMegabytes);
        cells(row, Part.MEMORY, "%.0f MB", pageMegabytes);
        cells(row, Part.MEMORY, "%.0f MB", manyMegabytes);
        cells(row, Part.MEMORY, "%.0f ms", manyColdMilliseconds);
        cells(row, Part.FOLLOWER, "**%.1f %%**", 100 * median(shares));
        recordOption.finish(
                "workbench", machine, Map.of("rounds", rounds, "events", events, "epochs", epochs), row, this::tell);
        return 0;
    }

    private void cells(List<String> row, Part part, String format, Object... values) {
        row.add(only.contains(part) ? String.format(Locale.ROOT, format, values) : "–");
    }

    private static double median(List<Double> values) {
        return values.isEmpty() ? 0 : Median.of(values);
    }

    private static double largest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private void tell(ObjectNode content) {
        starts.forEach(content.putArray("secondsToUsablePage")::add);
        points.forEach(content.putArray("millisecondsFromEventToPoint")::add);
        content.put("firstLoadBytes", firstLoadBytes);
        content.put("residentMegabytesIdle", idleMegabytes);
        content.put("residentMegabytesAfterPages", pageMegabytes);
        content.put("residentMegabytesWith500Runs", manyMegabytes);
        content.put("millisecondsFirstListOf500Runs", manyColdMilliseconds);
        shares.forEach(content.putArray("imagesPerSecondWithFollowerByWithout")::add);
    }

    /** From the launcher's first line to a page that shows the workspace's runs. */
    private void start(Browser browser, Path workspace, boolean counts) throws IOException {
        try (ServerProcess workbench = ServerProcess.workbench(workspace);
                Page page = browser.newPage()) {
            page.navigate(workbench.address().toString());
            page.getByText(RUN).first().waitFor();
            if (counts) starts.add((System.nanoTime() - workbench.began()) / 1e9);
        }
    }

    /** All that a browser without a cache receives for the first page, as it is transferred. */
    private void firstLoad(Browser browser, Path workspace) throws IOException {
        try (ServerProcess workbench = ServerProcess.workbench(workspace);
                Page page = browser.newContext().newPage()) {
            AtomicLong received = new AtomicLong();
            CDPSession session = page.context().newCDPSession(page);
            session.on(
                    "Network.loadingFinished",
                    loaded -> received.addAndGet(loaded.get("encodedDataLength").getAsLong()));
            session.send("Network.enable");
            page.navigate(workbench.address().toString());
            page.getByText(RUN).first().waitFor();
            page.waitForTimeout(1_000);
            firstLoadBytes = received.get();
        }
    }

    /**
     * Events are added to the log of a run that the page follows; the page's own clock tells when the chart's pixels have changed.
     */
    private void points(Browser browser, Path workspace) throws IOException {
        Path run = copyOfRun(workspace, "timed-1");
        TrainingEvent.EpochFinished last = cutAfterLastEpoch(run);
        try (ServerProcess workbench = ServerProcess.workbench(workspace);
                LockFile _ = LockFile.take(run.resolve("run.lock")).orElseThrow();
                EventLog log = new EventLog(run.resolve("events.jsonl"));
                Page page = browser.newPage()) {
            page.navigate(workbench.address() + "/runs/timed-1");
            page.locator(".uplot canvas").first().waitFor();
            page.waitForTimeout(2_000);
            page.evaluate("""
                () => {
                  const look = () => {
                    const canvas = document.querySelector('.uplot canvas');
                    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                    let sum = 0;
                    for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + data[i + 1] + data[i + 3]) | 0;
                    return sum;
                  };
                  window.changed = () => new Promise((resolve, reject) => {
                    const before = look();
                    const again = () => look() === before ? requestAnimationFrame(again) : resolve(performance.timeOrigin + performance.now());
                    requestAnimationFrame(again);
                    setTimeout(() => reject(new Error('no point was drawn within ten seconds')), 10_000);
                  });
                }\
                """);
            for (int i = 1; i <= events + 5; i++) {
                page.evaluate("() => { window.at = window.changed() }");
                page.waitForTimeout(150 + 37 * (i % 7)); // at no fixed moment of the server's looks
                Instant written = Instant.now();
                log.on(epoch(log.nextNumber(), last, i));
                double drawn = ((Number) page.evaluate("() => window.at")).doubleValue();
                double began = written.toEpochMilli() + written.getNano() % 1_000_000 / 1e6;
                if (i > 5) points.add(drawn - began);
            }
        }
        Folder.delete(run);
    }

    private static TrainingEvent.EpochFinished epoch(long number, TrainingEvent.EpochFinished last, int further) {
        double wave = 0.02 * Math.sin(further);
        List<Measure> measures = last.validation().stream()
                .map(each -> new Measure(
                        each.name(), Math.clamp(0.9 + wave, 0, 1), each.interval(), each.unit(), each.better()))
                .toList();
        return new TrainingEvent.EpochFinished(
                number,
                Instant.now(),
                last.epoch() + further,
                last.step() + 100L * further,
                0.3 + wave,
                measures,
                OptionalDouble.of(0.35 + wave),
                measures,
                last.learningRate(),
                last.imagesPerSecond(),
                false);
    }

    /** Takes back what the run told after its last epoch, and its result, so that it is one that goes on. */
    private static TrainingEvent.EpochFinished cutAfterLastEpoch(Path run) throws IOException {
        Path log = run.resolve("events.jsonl");
        TrainingEvent.EpochFinished last = (TrainingEvent.EpochFinished) EventLog.read(log).stream()
                .filter(TrainingEvent.EpochFinished.class::isInstance)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new Problem("The lab's run has no epoch.", run.toString(), "look at its log"));
        String until = "\"number\":" + last.number() + ",";
        List<String> lines = Files.readAllLines(log);
        int end = 0;
        while (!lines.get(end).contains(until)) end++;
        Files.write(log, lines.subList(0, end + 1));
        Files.deleteIfExists(run.resolve("result.json"));
        return last;
    }

    private void memory(Browser browser, Path workspace) throws IOException, InterruptedException {
        try (ServerProcess workbench = ServerProcess.workbench(workspace)) {
            Thread.sleep(3_000);
            idleMegabytes = workbench.residentMegabytes();
            visit(browser, workbench);
            pageMegabytes = workbench.residentMegabytes();
        }
        List<Path> copies = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) copies.add(copyOfRun(workspace, "copy-" + i));
        try (ServerProcess workbench = ServerProcess.workbench(workspace)) {
            long begin = System.nanoTime();
            get(workbench.address().resolve("/api/jobs"));
            manyColdMilliseconds = (System.nanoTime() - begin) / 1e6;
            visit(browser, workbench);
            manyMegabytes = workbench.residentMegabytes();
        }
        for (Path copy : copies) Folder.delete(copy);
    }

    /** Home, the run, its dataset: each twice, and half a minute of Home, which asks every second. */
    private static void visit(Browser browser, ServerProcess workbench) {
        try (Page page = browser.newPage()) {
            for (String path : List.of("/", "/runs/" + RUN, "/datasets/" + DATASET, "/runs/" + RUN, "/")) {
                page.navigate(workbench.address() + path);
                page.waitForTimeout(2_000);
            }
            page.waitForTimeout(20_000);
        }
    }

    private static void get(URI address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    /** Pairs of trainings of the same seed, one followed by a client of the workbench and one by nobody, in turns. */
    private void follower(Path workspace) throws IOException, InterruptedException {
        try (ServerProcess workbench = ServerProcess.workbench(workspace)) {
            for (int round = 1; round <= rounds; round++) {
                boolean first = round % 2 == 0;
                double one = imagesPerSecond(workbench, workspace, round, first);
                double other = imagesPerSecond(workbench, workspace, round, !first);
                shares.add(first ? one / other : other / one);
            }
        }
    }

    private double imagesPerSecond(ServerProcess workbench, Path workspace, int round, boolean followed)
            throws IOException, InterruptedException {
        String name = (followed ? "followed-" : "alone-") + round;
        Thread follower = Thread.ofPlatform().daemon().unstarted(() -> follow(workbench, workspace, name));
        if (followed) follower.start();
        FoveaCommand.run(List.of(
                "train",
                "--data",
                DATASET,
                "--network",
                "lenet",
                "--name",
                name,
                "--epochs",
                Integer.toString(epochs),
                "--seed",
                "1",
                "--workspace",
                workspace.toString()));
        follower.interrupt();
        return Median.of(EventLog.read(workspace.resolve("runs/" + name + "-1/events.jsonl")).stream()
                .filter(TrainingEvent.EpochFinished.class::isInstance)
                .map(TrainingEvent.EpochFinished.class::cast)
                .filter(epoch -> epoch.epoch() > WARM_UP_EPOCHS)
                .map(TrainingEvent.EpochFinished::imagesPerSecond)
                .toList());
    }

    private static void follow(ServerProcess workbench, Path workspace, String name) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!Files.isDirectory(workspace.resolve("runs/" + name + "-1"))) Thread.sleep(20);
            URI address = workbench.address().resolve("/api/jobs/" + name + "-1/events");
            try (InputStream events = client.send(
                            HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                events.transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (IOException | InterruptedException over) {
            // the training is over
        }
    }

    private static Path copyOfRun(Path workspace, String name) throws IOException {
        Path from = workspace.resolve("runs").resolve(RUN);
        Path to = workspace.resolve("runs").resolve(name);
        try (Stream<Path> all = Files.walk(from, 1)) {
            Files.createDirectories(to);
            for (Path file : all.filter(Files::isRegularFile).toList())
                Files.copy(file, to.resolve(file.getFileName()));
        }
        return to;
    }
}
