package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.job.Jobs;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long frames take where there is much to draw: a grid of 60,000 pictures and a home page with 500 runs, scrolled and hovered over. Only measured
 * where {@code -Dfovea.measure=true} says that the machine does nothing else; the figures go to target/frames.json.
 */
@DisplayName("Frames in a browser")
class FramesInBrowserTest {

    private static final int RUNS = 500;

    /** Scrolls evenly, then jumps, and notes the time from frame to frame. */
    private static final String SCROLL = """
        async () => {
          const times = []
          const frame = () => new Promise(requestAnimationFrame)
          let last = await frame()
          const most = document.documentElement.scrollHeight - innerHeight
          for (let i = 0; i < 600; i++) {
            if (i < 400) scrollBy(0, 160)
            else scrollTo(0, most * ((i * 0.618034) % 1))
            const now = await frame()
            times.push(now - last)
            last = now
          }
          return times
        }\
        """;

    private static final String WATCH = """
        () => {
          window.frames_ = []
          let last = performance.now()
          const note = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(note) }
          requestAnimationFrame(note)
        }\
        """;

    @TempDir
    Path folder;

    @Test
    void none_takes_longer_than_100_milliseconds() throws IOException {
        assumeTrue(Boolean.getBoolean("fovea.measure"), "Not asked for: -Dfovea.measure=true");
        Path mnist = Path.of(System.getenv().getOrDefault("FOVEA_DATA", "../../shared/data"))
                .resolve("mnist");
        assumeTrue(Files.isDirectory(mnist), "MNIST is not there");
        Map<String, Object> figures = measured(mnist);
        Files.createDirectories(Path.of("target"));
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(Path.of("target/frames.json").toFile(), figures);
        figures.forEach(
                (what, each) -> assertThat(((Figure) each).longest()).as(what).isLessThan(100));
    }

    /** Of frames, in milliseconds. */
    record Figure(int frames, double median, double p99, double longest, int over16, int over50) {

        static Figure of(List<?> times) {
            double[] sorted = times.stream()
                    .mapToDouble(each -> ((Number) each).doubleValue())
                    .sorted()
                    .toArray();
            return new Figure(
                    sorted.length,
                    round(sorted[sorted.length / 2]),
                    round(sorted[sorted.length * 99 / 100]),
                    round(sorted[sorted.length - 1]),
                    (int) times.stream()
                            .filter(each -> ((Number) each).doubleValue() > 17.5)
                            .count(),
                    (int) times.stream()
                            .filter(each -> ((Number) each).doubleValue() > 50)
                            .count());
        }

        private static double round(double value) {
            return Math.round(value * 10) / 10.0;
        }
    }

    private Map<String, Object> measured(Path mnist) throws IOException {
        Workspace workspace = Workspace.at(folder.resolve("workspace"));
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("mnist", mnist.toString()).set("splits", Map.of("validationPercent", 0)));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        jobs.run(Job.Train.of("digits", "perceptron").set("epochs", 5).set("seed", 1));
        manyRuns(workspace);
        Map<String, Object> figures = new LinkedHashMap<>();
        try (Workbench workbench = Workbench.start(workspace, 0, Program.ofThisProcess(Main.class), List.of());
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of("/usr/bin/chromium"))
                            .setArgs(List.of("--no-sandbox")));
            Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 900))
                    .newPage();
            page.navigate(workbench.address() + "/datasets/mnist");
            assertThat(page.getByText("60,000 pictures")).isVisible();
            page.waitForTimeout(1500);
            figures.put("grid of 60,000 pictures, scrolling", Figure.of((List<?>) page.evaluate(SCROLL)));
            figures.put("grid of 60,000 pictures, hovering", hovered(page));
            page.navigate(workbench.address().toString());
            assertThat(page.getByText("digits-perceptron-500")).isVisible();
            page.waitForTimeout(1500);
            figures.put("home with 500 runs, scrolling", Figure.of((List<?>) page.evaluate(SCROLL)));
            figures.put("home with 500 runs, hovering", hovered(page));
        }
        return figures;
    }

    private static Figure hovered(Page page) {
        page.evaluate("() => scrollTo(0, 2000)");
        page.waitForTimeout(1000);
        page.evaluate(WATCH);
        for (int i = 0; i < 300; i++) page.mouse().move(300 + (i * 37) % 1000, 100 + (i * 53) % 700);
        return Figure.of((List<?>) page.evaluate("() => window.frames_"));
    }

    /** The first run, under many names. */
    private static void manyRuns(Workspace workspace) throws IOException {
        Path first = workspace.run("digits-perceptron-1");
        for (int i = 2; i <= RUNS; i++) {
            Path copy = Files.createDirectories(workspace.run("digits-perceptron-" + i));
            for (String file : List.of("job.yaml", "events.jsonl", "result.json"))
                Files.copy(first.resolve(file), copy.resolve(file));
        }
    }
}
