package io.fovea.benchmark;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The pictures of the workbench that the README shows, made anew with the program and the pages as they are, on digits that Fovea draws. */
@Command(
        name = "screens",
        description = "The README's pictures of the workbench, in Chromium, on digits that Fovea draws; written to"
                + " docs/screens.")
final class ScreensCommand implements Callable<Integer> {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    /** A page of a README should load at once. */
    private static final int MOST_BYTES = 60_000;

    private static final double LONG = 180_000;

    @Option(
            names = "--epochs",
            defaultValue = "4",
            description = "Of the model that is looked at (default: ${DEFAULT-VALUE}).")
    private int epochs;

    private final Path folder = Repository.root().resolve("docs").resolve("screens");

    @Override
    public Integer call() throws IOException, InterruptedException {
        FoveaCommand.build();
        Files.createDirectories(folder);
        Path workspace = Files.createTempDirectory("fovea-screens-");
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of("/usr/bin/chromium"))
                            .setArgs(List.of("--no-sandbox")));
            FoveaCommand.run(List.of(
                    "data", "import", "digits", "collection:drawn-digits", "--workspace", workspace.toString()));
            FoveaCommand.run(List.of(
                    "train",
                    "--data",
                    "digits",
                    "--network",
                    "lenet",
                    "--epochs",
                    Integer.toString(epochs),
                    "--seed",
                    "1",
                    "--workspace",
                    workspace.toString()));
            try (ServerProcess workbench = ServerProcess.workbench(workspace)) {
                String address = workbench.address().toString();
                screen(browser, "evaluation", address + "/runs/digits-lenet-1/evaluation", this::evaluation, _ -> {});
                screen(browser, "layers", address + "/models/digits-lenet", this::layers, _ -> {});
                screen(browser, "new-run", address + "/new-run?data=digits", this::settled, _ -> {});
                screen(browser, "run", address + "/new-run?data=digits", this::running, this::stop);
            }
            browser.close();
        } finally {
            Folder.delete(workspace);
        }
        return 0;
    }

    private void screen(Browser browser, String name, String address, Consumer<Page> shown, Consumer<Page> after)
            throws IOException {
        try (Page page = browser.newContext(new Browser.NewContextOptions()
                        .setColorScheme(ColorScheme.LIGHT)
                        .setViewportSize(WIDTH, HEIGHT))
                .newPage()) {
            page.navigate(address);
            page.locator("h1").waitFor();
            shown.accept(page);
            page.mouse().move(0, 0);
            write(name, page);
            after.accept(page);
        }
    }

    /** Chromium itself writes WebP; the best quality that is small enough. */
    private void write(String name, Page page) throws IOException {
        for (int quality = 90; quality >= 40; quality -= 5) {
            JsonObject wanted = new JsonObject();
            wanted.addProperty("format", "webp");
            wanted.addProperty("quality", quality);
            JsonObject taken = page.context().newCDPSession(page).send("Page.captureScreenshot", wanted);
            byte[] picture = Base64.getDecoder().decode(taken.get("data").getAsString());
            if (picture.length > MOST_BYTES) continue;
            Path file = folder.resolve(name + ".webp");
            Files.write(file, picture);
            System.out.println(
                    Repository.root().relativize(file) + ", " + picture.length + " bytes, quality " + quality);
            return;
        }
        throw new Problem(
                "The picture \"" + name + "\" does not fit into " + MOST_BYTES + " bytes.",
                folder.toString(),
                "show less on it, or make it smaller");
    }

    private void settled(Page page) {
        page.getByText("time", new Page.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
    }

    private void evaluation(Page page) {
        Locator matrix = page.getByLabel("Confusion matrix").first();
        matrix.waitFor();
        page.locator("[data-testid=judged]").first().waitFor();
        matrix.scrollIntoViewIfNeeded();
        page.locator("button.name")
                .filter(new Locator.FilterOptions().setHasText("taken for"))
                .first()
                .click();
        page.locator("[data-testid=judged]").first().locator("img").first().waitFor();
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Which class was taken for which"))
                .evaluate("element => element.scrollIntoView({ block: 'start' })");
    }

    private void layers(Page page) {
        page.locator(".testpictures button").first().click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Through the layers"))
                .click(new Locator.ClickOptions().setTimeout(LONG));
        Locator conv2 = page.getByRole(
                AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("conv2").setExact(true));
        conv2.waitFor(new Locator.WaitForOptions().setTimeout(LONG));
        conv2.locator(".sheet").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        page.getByTestId("arithmetic").waitFor(new Locator.WaitForOptions().setTimeout(LONG));
    }

    private void running(Page page) {
        page.getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName("Epochs").setExact(true))
                .fill("60");
        page.getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName("Name of the model").setExact(true))
                .fill("longer");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Train").setExact(true))
                .click();
        page.getByText(Pattern.compile("^epoch ([6-9]|[1-5][0-9]) of 60"))
                .waitFor(new Locator.WaitForOptions().setTimeout(LONG));
    }

    /** Nothing goes on after the workspace is gone. */
    private void stop(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Stop").setExact(true))
                .click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Go on").setExact(true))
                .waitFor(new Locator.WaitForOptions().setTimeout(LONG));
    }
}
