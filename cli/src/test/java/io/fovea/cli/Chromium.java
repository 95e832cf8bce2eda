package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.fovea.server.Workbench;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Debian's Chromium, in which tests open the workbench's pages as a person would; it notes whatever goes wrong there. */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "workbench");
    /** How long pages are waited for: some show what a process of its own must do first, on a machine that does other things too. */
    private static final double MILLISECONDS = 180_000;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> trouble = Collections.synchronizedList(new ArrayList<>());

    private Chromium(List<String> arguments) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(Stream.concat(Stream.of("--no-sandbox"), arguments.stream())
                                .toList()));
        PlaywrightAssertions.setDefaultAssertionTimeout(MILLISECONDS);
    }

    /** Skips a test, with what is missing, where there is no browser or there are no pages. */
    static void assumeThatPagesCanBeSeen() {
        assumeTrue(Files.isExecutable(PROGRAM), "Chromium is not there: apt install chromium");
        assumeTrue(
                Workbench.class.getResource("web/files.txt") != null,
                "The pages are not built: install Node.js and build again");
    }

    static Chromium start() {
        return new Chromium(List.of());
    }

    /**
     * Starts it with a camera that shows a film over and over.
     *
     * @param film of the form y4m
     */
    static Chromium withCamera(Path film) {
        return new Chromium(List.of(
                "--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + film.toAbsolutePath()));
    }

    /** Returns an empty page of a person of its own. */
    Page page(ColorScheme scheme, int width) {
        BrowserContext person = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900));
        person.setDefaultTimeout(MILLISECONDS);
        return person.newPage();
    }

    /** Returns the same, and notes errors, scripts that ran, and whatever is asked of another server than this. */
    Page watched(URI server, ColorScheme scheme, int width) {
        Page page = page(scheme, width);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) trouble.add(message.text());
        });
        page.onPageError(trouble::add);
        page.onDialog(dialog -> {
            trouble.add("a script ran: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            boolean inside =
                    List.of(server.toString(), "data:", "blob:").stream().anyMatch(request.url()::startsWith);
            if (!inside) trouble.add("asks outside: " + request.url());
        });
        return page;
    }

    /** Returns what was noted since {@link #forget}. */
    List<String> trouble() {
        return List.copyOf(trouble);
    }

    void forget() {
        trouble.clear();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator field(Page page, String name) {
        return page.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** How a page is looked at. */
    record View(ColorScheme scheme, int width) {}

    /** Returns the widths, light and dark in turns: what a scheme spoils is seen at any width, and what a width spoils in any scheme. */
    static List<View> views(int... widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> new View(i % 2 == 0 ? ColorScheme.LIGHT : ColorScheme.DARK, widths[i]))
                .toList();
    }

    /** Returns the end of a picture's name. */
    static String kind(ColorScheme scheme, int width) {
        return "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
    }

    /** Writes a picture of the whole page to target/workbench. */
    static void photograph(Page page, String name) {
        photograph(page, name, true);
    }

    static void photograph(Page page, String name, boolean isWhole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(isWhole));
    }

    /** Holds a page to axe, and to its width. */
    static void assertForEveryone(Page page, String what) {
        List<String> serious = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(Chromium::words)
                        .toList();
        assertThat(serious).as(what).isEmpty();
        Object wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) wide).intValue())
                .as("%s does not scroll sideways", what)
                .isLessThanOrEqualTo(0);
    }

    private static String words(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream().limit(3).map(CheckedNode::getHtml).toList();
    }

    /** Stops what a failed test left behind, which would go on otherwise. */
    static void stopJobs(Workspace workspace) throws InterruptedException {
        Jobs jobs = new Jobs(workspace);
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
