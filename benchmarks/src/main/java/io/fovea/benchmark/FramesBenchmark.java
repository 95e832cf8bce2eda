package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.event.TrainingEvent;
import io.fovea.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How long the workbench's frames take where there is much to draw. */
@Command(
        name = "frames",
        description = "The workbench's pages in Chromium where there is much to draw: a grid of 60,000 pictures, 500"
                + " runs, a run of 100,000 points.")
final class FramesBenchmark implements Callable<Integer> {

    private static final String RUN = "digits-perceptron-1";
    private static final int RUNS = 500;
    private static final String LONG_RUN = "long-1";
    private static final int EPOCHS = 100;
    private static final int STEPS_PER_EPOCH = 1_000;
    private static final int BEST = 54;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Notes the time from frame to frame, from here on. */
    private static final String WATCH = """
        () => {
          const frames = []
          window.frames_ = frames
          let last = 0
          const note = (now) => {
            if (last) frames.push(now - last)
            last = now
            if (window.frames_ === frames) requestAnimationFrame(note)
          }
          requestAnimationFrame(note)
        }\
        """;

    /** Scrolls evenly, then jumps. */
    private static final String SCROLL = """
        async () => {
          const frame = () => new Promise(requestAnimationFrame)
          const most = document.documentElement.scrollHeight - innerHeight
          for (let i = 0; i < 600; i++) {
            if (i < 400) scrollBy(0, 160)
            else scrollTo(0, most * ((i * 0.618034) % 1))
            await frame()
          }
        }\
        """;

    @Mixin
    private RecordOption recordOption;

    private final Map<String, Frames> measured = new LinkedHashMap<>();
    private double secondsUntilDrawn;

    /**
     * The frames of one action, in milliseconds.
     *
     * @param over50 how many took longer than 50
     */
    record Frames(int count, double median, double p99, double longest, int over50) {

        static Frames of(List<?> times) {
            double[] sorted = times.stream()
                    .mapToDouble(each -> ((Number) each).doubleValue())
                    .sorted()
                    .toArray();
            int longer = 0;
            for (double each : sorted) if (each > 50) longer++;
            return new Frames(
                    sorted.length,
                    sorted[sorted.length / 2],
                    sorted[sorted.length * 99 / 100],
                    sorted[sorted.length - 1],
                    longer);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path workspace = Files.createTempDirectory("fovea-benchmark-");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of("--no-sandbox")))) {
            prepare(workspace);
            try (ServerProcess workbench = ServerProcess.workbench(workspace);
                    Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1400, 900))) {
                page.navigate(workbench.address() + "/datasets/mnist");
                page.getByText("60,000 pictures").waitFor();
                scrolledAndHovered(page, "grid");
                page.navigate(workbench.address().toString());
                page.getByText("digits-perceptron-").first().waitFor();
                scrolledAndHovered(page, "home");
                run(page, workbench);
            }
        } finally {
            Folder.delete(workspace);
        }
        List<String> row = Stream.concat(
                        measured.values().stream()
                                .map(frames -> String.format(
                                        Locale.ROOT, "%.0f / **%.0f**", frames.median(), frames.longest())),
                        Stream.of(String.format(Locale.ROOT, "%.1f s", secondsUntilDrawn)))
                .toList();
        recordOption.finish("frames", machine, Map.of("viewport", "1400x900"), row, this::tell);
        return 0;
    }

    private void tell(ObjectNode content) {
        ObjectNode milliseconds = content.putObject("millisecondsPerFrame");
        measured.forEach((what, frames) -> milliseconds.putPOJO(what, frames));
        content.put("secondsUntilRunIsDrawn", secondsUntilDrawn);
    }

    private static void prepare(Path workspace) throws IOException, InterruptedException {
        Path mnist = Repository.data("mnist").resolve("mnist");
        fovea(workspace, "data", "import", "mnist", mnist.toString(), "--validation", "0");
        fovea(workspace, "data", "import", "digits", mnist.toString(), "--max-per-class", "30");
        fovea(workspace, "train", "--data", "digits", "--network", "perceptron", "--epochs", "5", "--seed", "1");
        Path runs = workspace.resolve("runs");
        for (int i = 2; i <= RUNS; i++) {
            Path copy = Files.createDirectories(runs.resolve("digits-perceptron-" + i));
            for (String file : List.of("job.yaml", "events.jsonl", "result.json"))
                Files.copy(runs.resolve(RUN).resolve(file), copy.resolve(file));
        }
        longRun(Files.createDirectories(runs.resolve(LONG_RUN)), runs.resolve(RUN));
    }

    private static void fovea(Path workspace, String... words) throws IOException, InterruptedException {
        FoveaCommand.run(Stream.concat(Stream.of(words), Stream.of("--workspace", workspace.toString()))
                .toList());
    }

    /** A run of 100 epochs of 1,000 steps, whose best epoch is the 54th; it begins and ends as another did. */
    private static void longRun(Path run, Path like) throws IOException {
        for (String file : List.of("job.yaml", "result.json")) Files.copy(like.resolve(file), run.resolve(file));
        List<Event> other = EventLog.read(like.resolve("events.jsonl"));
        int firstStep = 0;
        while (!(other.get(firstStep) instanceof TrainingEvent.StepFinished)) firstStep++;
        TrainingEvent.EpochFinished epoch = EventLog.read(
                        like.resolve("events.jsonl"), TrainingEvent.EpochFinished.class)
                .getLast();
        List<String> lines = new ArrayList<>();
        for (Event each : other.subList(0, firstStep)) lines.add(renumbered(each, lines.size() + 1));
        for (int step = 1; step <= EPOCHS * STEPS_PER_EPOCH; step++) {
            lines.add(EventLog.line(step(lines.size() + 1, step)));
            if (step % STEPS_PER_EPOCH == 0) lines.add(EventLog.line(epoch(lines.size() + 1, step, epoch)));
        }
        for (Event each : other)
            if (each instanceof TrainingEvent.RunFinished || each instanceof JobEvent.JobEnded)
                lines.add(renumbered(each, lines.size() + 1));
        Files.write(run.resolve("events.jsonl"), lines);
    }

    private static String renumbered(Event event, int number) throws IOException {
        ObjectNode line = (ObjectNode) JSON.readTree(EventLog.line(event));
        if (event instanceof TrainingEvent.RunStarted)
            line.put("epochs", EPOCHS).put("stepsPerEpoch", STEPS_PER_EPOCH);
        return JSON.writeValueAsString(line.put("number", number));
    }

    private static TrainingEvent.StepFinished step(int number, int step) {
        double loss = 2.3 * Math.exp(-step / 20_000.0) + 0.1 * Math.abs(Math.sin(step * 12.9898));
        return new TrainingEvent.StepFinished(
                number,
                Instant.now(),
                (step - 1) / STEPS_PER_EPOCH + 1,
                step,
                loss,
                List.of(),
                0.01 * (1 - step / (EPOCHS * STEPS_PER_EPOCH + 1.0)),
                4_000 + step % 17);
    }

    private static TrainingEvent.EpochFinished epoch(int number, int step, TrainingEvent.EpochFinished like) {
        int epoch = step / STEPS_PER_EPOCH;
        return new TrainingEvent.EpochFinished(
                number,
                Instant.now(),
                epoch,
                step,
                2.3 * Math.exp(-step / 20_000.0),
                like.train(),
                OptionalDouble.of(epoch == BEST ? 0.01 : 0.2),
                like.validation(),
                like.learningRate(),
                4_000,
                epoch == 1 || epoch == BEST);
    }

    private void scrolledAndHovered(Page page, String what) {
        page.waitForTimeout(1_500);
        watched(page, what + ", scrolling", () -> page.evaluate(SCROLL));
        page.evaluate("() => scrollTo(0, 2000)");
        page.waitForTimeout(1_000);
        watched(page, what + ", hovering", () -> {
            for (int i = 0; i < 300; i++) page.mouse().move(300 + (i * 37) % 1000, 100 + (i * 53) % 700);
        });
    }

    /** All that a person does to curves. */
    private void run(Page page, ServerProcess workbench) {
        long began = System.nanoTime();
        page.navigate(workbench.address() + "/runs/" + LONG_RUN);
        page.getByText(EPOCHS + " of " + EPOCHS).waitFor();
        secondsUntilDrawn = (System.nanoTime() - began) / 1e9;
        page.waitForTimeout(1_500);
        BoundingBox chart = page.getByRole(
                        AriaRole.IMG,
                        new Page.GetByRoleOptions().setName("Loss").setExact(true))
                .boundingBox();
        watched(page, "run, hovering", () -> {
            for (int i = 0; i < 60; i++) page.mouse().move(chart.x + 80 + i * 5, chart.y + 100);
        });
        watched(page, "run, zooming", () -> {
            page.mouse().move(chart.x + 120, chart.y + 100);
            page.mouse().down();
            for (int i = 0; i < 20; i++) page.mouse().move(chart.x + 120 + i * 8, chart.y + 100);
            page.mouse().up();
            page.waitForTimeout(400);
        });
        watched(page, "run, logarithmic axes", () -> {
            page.getByLabel("log x").check();
            page.waitForTimeout(400);
            page.getByLabel("log y").check();
            page.waitForTimeout(400);
        });
        watched(page, "run, smoothing", () -> {
            page.getByLabel("Smoothing").focus();
            for (int i = 0; i < 8; i++) page.keyboard().press("ArrowRight");
            page.waitForTimeout(400);
        });
        watched(page, "run, scrolling", () -> {
            for (int i = 0; i < 20; i++) page.mouse().wheel(0, i < 10 ? 120 : -120);
            page.waitForTimeout(300);
        });
    }

    private void watched(Page page, String what, Runnable action) {
        page.evaluate(WATCH);
        action.run();
        measured.put(what, Frames.of((List<?>) page.evaluate("() => window.frames_")));
        System.out.println(what + "  " + measured.get(what));
    }
}
