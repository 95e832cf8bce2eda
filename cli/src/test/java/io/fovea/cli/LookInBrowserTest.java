package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.job.Jobs;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import io.fovea.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture is tried and followed through the layers of a trained model; pictures of the pages go to target/workbench. */
@DisplayName("Looking into a model in a browser")
class LookInBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "workbench");
    private static final double LONG = 120_000;
    private static final List<String> TROUBLE = new ArrayList<>();

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void starts() {
        assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not there: apt install chromium");
        assumeTrue(
                Workbench.class.getResource("web/files.txt") != null,
                "The pages are not built: install Node.js and build again");
        Workspace workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(60, 6, 1).write(folder.resolve("idx"));
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        jobs.run(Job.Train.of("digits", "lenet").set("epochs", 4).set("seed", 1));
        workbench = Workbench.start(workspace, 0, Program.ofThisProcess(Main.class), List.of());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void ends() {
        if (playwright != null) playwright.close();
        if (workbench != null) workbench.close();
    }

    private static Page page(ColorScheme scheme, int width) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 860));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) TROUBLE.add(message.text());
        });
        page.onPageError(TROUBLE::add);
        page.onRequest(request -> {
            boolean inside = request.url().startsWith(workbench.address().toString())
                    || request.url().startsWith("data:")
                    || request.url().startsWith("blob:");
            if (!inside) TROUBLE.add("asks outside: " + request.url());
        });
        return page;
    }

    private static LocatorAssertions.IsVisibleOptions soon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(LONG);
    }

    private static byte[] seven() {
        return PngWriter.bytes(GeneratedDigits.generate(1, 0, 77).training().picture(7));
    }

    private static Page tried(ColorScheme scheme, int width) {
        Page page = page(scheme, width);
        page.navigate(workbench.address() + "/models/digits-lenet");
        page.setInputFiles("input[type=file]", new FilePayload("seven.png", "image/png", seven()));
        assertThat(page.getByTestId("answer").first()).isVisible(soon());
        return page;
    }

    @Test
    void leads_from_a_picture_to_the_arithmetic_of_a_value_and_back_to_where_it_came_from() {
        TROUBLE.clear();
        Page page = tried(ColorScheme.LIGHT, 1280);
        assertThat(page.getByTestId("answer").locator("li")).hasCount(10);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Through the layers"))
                .click();
        Locator conv2 = page.getByRole(
                AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("conv2").setExact(true));
        assertThat(conv2).isVisible(soon());
        assertThat(page.getByRole(AriaRole.ARTICLE)).hasCount(8);
        assertThat(page.getByAltText("Places that speak for", new Page.GetByAltTextOptions().setExact(false)))
                .isVisible(soon());

        Locator maps = conv2.locator(".sheet");
        maps.focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        Locator arithmetic = page.getByTestId("arithmetic");
        assertThat(arithmetic).isVisible(soon());
        assertThat(page.getByText("conv2, map 2, column 4, row 4")).isVisible();
        assertThat(arithmetic.locator(".window")).hasCount(9);
        assertThat(arithmetic.getByText("The network gives")).isVisible();
        checkForEveryone(page, "arithmetic");

        arithmetic.getByRole(AriaRole.BUTTON).first().click(); // one of the maps of pool1
        assertThat(page.getByText("The largest of 2 × 2 values of")).isVisible(soon());
        page.locator(".pixelmap").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Escape");
        assertThat(page.getByTestId("arithmetic")).hasCount(0);

        page.getByText("Occlusion", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("probability", new Page.GetByTextOptions().setExact(false))
                        .first())
                .isVisible(soon());
        page.context().close();
        assertThat(TROUBLE).isEmpty();
    }

    @Test
    void says_of_each_broken_picture_what_is_wrong_and_answers_about_the_others() {
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/models/digits-lenet");
        page.setInputFiles("input[type=file]", new FilePayload[] {
            new FilePayload("<b>page</b>.png", "image/png", "<script>".getBytes(StandardCharsets.UTF_8)),
            new FilePayload("seven.png", "image/png", seven())
        });
        assertThat(page.getByTestId("answer")).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(LONG));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Expected a picture");
        assertThat(page.getByText("<b>page</b>.png")).isVisible();
        page.getByLabel("Try test picture 0", new Page.GetByLabelOptions().setExact(true))
                .click();
        assertThat(page.getByTestId("answer")).hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(LONG));
        page.context().close();
        TROUBLE.clear(); // a browser complains about a refusal
    }

    @Test
    void is_shown_in_light_and_dark_for_everyone() {
        TROUBLE.clear();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(390, 1280)) {
                Page page = tried(scheme, width);
                String name = "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                checkForEveryone(page, "tried" + name);
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Through the layers"))
                        .click();
                assertThat(page.getByRole(AriaRole.ARTICLE))
                        .hasCount(8, new LocatorAssertions.HasCountOptions().setTimeout(LONG));
                page.waitForTimeout(800);
                checkForEveryone(page, "layers" + name);
                page.context().close();
            }
        }
        assertThat(TROUBLE).isEmpty();
    }

    private static void checkForEveryone(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(!name.equals("arithmetic")));
        List<String> serious = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .limit(3)
                                        .map(node -> node.getHtml())
                                        .toList())
                        .toList();
        assertThat(serious).as(name).isEmpty();
        Object wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) wide).intValue()).as("%s scrolls sideways", name).isLessThanOrEqualTo(0);
    }
}
