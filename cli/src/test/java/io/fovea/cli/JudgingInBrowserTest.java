package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fovea.cli.Chromium.button;
import static io.fovea.cli.Chromium.field;
import static io.fovea.cli.Chromium.link;
import static io.fovea.cli.Chromium.photograph;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.Pixels;
import io.fovea.job.Job;
import io.fovea.queue.Program;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.serve.PredictionServer;
import io.fovea.server.Workbench;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models are judged and asked about many pictures in a real browser; pictures of the pages go to target/workbench. */
@DisplayName("Judging models in a browser")
class JudgingInBrowserTest {

    private static final String EVIL = "<img src=x onerror=alert(1)>";

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Chromium chromium;

    @BeforeAll
    static void starts() throws IOException {
        Chromium.assumeThatPagesCanBeSeen();
        Workspace workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(60, 20, 1).write(folder.resolve("idx"));
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        for (String name : List.of("one", "two", "three", "four"))
            jobs.run(Job.Train.of("digits", "perceptron")
                    .named(name)
                    .set("epochs", List.of("one", "two", "three", "four").indexOf(name) + 1)
                    .set("seed", 1));
        for (String name : List.of(EVIL.replace("/", ""), "plain"))
            for (int i = 0; i < 20; i++) {
                byte[] noise = new byte[28 * 28];
                new Random(i).nextBytes(noise);
                for (int p = 0; p < noise.length && name.equals("plain"); p++)
                    noise[p] = (byte) ((noise[p] & 0xff) / 8);
                Path file = folder.resolve("named").resolve(name).resolve(i + ".png");
                Files.createDirectories(file.getParent());
                PngWriter.write(new Pixels(28, 28, 1, noise), file);
            }
        jobs.run(Job.Import.of("named", folder.resolve("named").toString()));
        jobs.run(Job.Train.of("named", "perceptron")
                .named("evil")
                .set("epochs", 2)
                .set("learningRate", 0.00005)
                .set("seed", 1));
        workbench = Workbench.start(workspace, 0, Program.ofThisProcess(Main.class), List.of());
        chromium = Chromium.start();
    }

    @AfterAll
    static void ends() {
        if (chromium != null) chromium.close();
        if (workbench != null) workbench.close();
    }

    private static Page page(ColorScheme scheme, int width) {
        return chromium.watched(workbench.address(), scheme, width);
    }

    @Test
    void leads_from_a_model_to_the_pictures_of_a_cell() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/models/one");
        link(page, "Evaluate").click();
        button(page, "Evaluate").click();
        assertThat(link(page, "Evaluation")).isVisible();
        link(page, "Evaluation").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("How good is one?")))
                .isVisible();
        Locator matrix = page.getByLabel("Confusion matrix");
        Locator cell = matrix.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName(Pattern.compile("pictures of \"3\" were taken for \"3\"")))
                .first();
        int count = Integer.parseInt(cell.innerText());
        cell.click();
        Locator found = page.getByTestId("judged").first();
        assertThat(found.getByText(count + " pictures of \"3\", found")).isVisible();
        assertThat(found.locator("img")).hasCount(count);
        assertThat(page.getByText("expected calibration error").first()).isVisible();
        found.locator("button").first().click();
        assertThat(page.getByRole(AriaRole.DIALOG).getByText("probability")).isVisible();
        page.keyboard().press("Escape");
        assertThat(button(page, "confusion.svg").or(link(page, "confusion.svg")))
                .isVisible();
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void compares_two_models() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/evaluations");
        page.getByLabel("Compare one-1").check();
        page.getByLabel("Compare four-1").check();
        assertThat(page.getByTestId("compared").locator("tbody tr")).hasCount(2);
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void asks_four_models_about_dropped_pictures() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/classify");
        Locator models = page.getByLabel("Models").first();
        for (String name : List.of("two", "three", "four")) {
            models.fill(name);
            page.getByRole(
                            AriaRole.OPTION,
                            new Page.GetByRoleOptions().setName(name).setExact(true))
                    .click();
        }
        page.keyboard().press("Escape");
        GeneratedDigits digits = GeneratedDigits.generate(2, 0, 77);
        List<FilePayload> files = new ArrayList<>();
        for (int i = 0; i < 7; i++)
            files.add(new FilePayload(
                    "digit-" + i + ".png",
                    "image/png",
                    PngWriter.bytes(digits.training().picture(i))));
        files.add(new FilePayload("broken.png", "image/png", new byte[] {1, 2, 3}));
        page.setInputFiles("input[type=file]", files.toArray(FilePayload[]::new));
        assertThat(page.getByText("8 pictures are here; drop more.")).isVisible();
        button(page, "Classify").click();
        assertThat(page.getByText("all models say the same")).isVisible();
        assertThat(page.locator(".manyrow")).hasCount(9);
        assertThat(page.locator(".manyrow").nth(1).locator("[role=cell]")).hasCount(4);
        photograph(page, "judge-many-four-models");
        page.getByText("Gallery", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".judged img")).hasCount(7);
        page.getByLabel("Show digit-3.png large").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.locator(".saidlarge > *")).hasCount(4);
        assertThat(dialog.locator(".saidlarge > *").nth(1).locator("li")).hasCount(5);
        photograph(page, "judge-many-large", false);
        Chromium.assertForEveryone(page, "one picture large");
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void shows_script_in_names_as_text() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/runs/evil-1/evaluation");
        assertThat(page.getByLabel("Class by class, table").getByText(EVIL)).isVisible();
        page.locator(".cell").first().click();
        assertThat(page.getByTestId("judged").first()).isVisible();
        assertThat(page.locator("img[src=x]")).hasCount(0);
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void exports_a_model_and_says_what_does_not_fit() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/models/one");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Hand it on")))
                .click();
        Locator numpy =
                page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(Pattern.compile("^NumPy weights")));
        numpy.click();
        assertThat(page.getByText("weights alone mean nothing without their scales"))
                .isVisible();
        page.getByText("16 bits", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(button(page, "Export")).isEnabled();
        photograph(page, "judge-hand-on");
        Chromium.assertForEveryone(page, "forms of a model");
        button(page, "Export").click();
        Locator file = page.getByRole(
                AriaRole.LINK,
                new Page.GetByRoleOptions().setName("Download one.npz").setExact(true));
        assertThat(file).isVisible();
        assertThat(page.getByLabel("What was checked")
                        .getByText("tensors read back")
                        .first())
                .isVisible();
        photograph(page, "judge-exported");
        Chromium.assertForEveryone(page, "an export");
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void shows_how_a_running_prediction_server_stands() throws Exception {
        chromium.forget();
        Path model =
                Workspace.at(folder.resolve("workspace")).newestModel("one").orElseThrow();
        Path digit = folder.resolve("asked.png");
        PngWriter.write(GeneratedDigits.generate(1, 0, 5).training().picture(0), digit);
        try (ModelRepository models =
                        ModelRepository.open(List.of(model), RepositorySettings.USUAL, Duration.ofSeconds(1));
                PredictionServer server =
                        PredictionServer.start(models, io.fovea.serve.ServerSettings.onThisMachine(0));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ask = HttpRequest.newBuilder(server.address().resolve("/predictions/one"))
                    .POST(HttpRequest.BodyPublishers.ofFile(digit))
                    .build();
            for (int i = 0; i < 3; i++)
                assertThat(client.send(ask, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            Page page = page(ColorScheme.DARK, 360);
            page.navigate(workbench.address() + "/servers");
            field(page, "Address").fill(server.address().toString());
            button(page, "Watch").click();
            Locator row = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Models"))
                    .locator("tbody tr");
            assertThat(row).hasCount(1);
            assertThat(row.locator("td").nth(0)).hasText("one");
            assertThat(row.locator("td").nth(2)).hasText("answers");
            assertThat(row.locator("td").nth(3)).hasText("3");
            assertThat(page.getByTestId("standing")).containsText("requests a second");
            photograph(page, "judge-servers-360-dark");
            Chromium.assertForEveryone(page, "a prediction server");
            page.context().close();
        }
        assertThat(chromium.trouble()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"evaluation, /runs/one-1/evaluation", "evaluations, /evaluations", "classify, /classify"})
    void shows_every_page_in_light_and_dark_for_everyone(String name, String path) {
        chromium.forget();
        for (Chromium.View view : Chromium.views(360, 1280, 3840)) check(name, path, view.scheme(), view.width());
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void shows_answers_in_light_and_dark_for_everyone() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/classify");
        page.getByText("Dataset", new Page.GetByTextOptions().setExact(true)).click();
        button(page, "Classify").click();
        assertThat(page.locator(".manyrow").nth(1)).isVisible();
        String path = page.url().substring(workbench.address().toString().length());
        page.context().close();
        for (Chromium.View view : Chromium.views(360, 1280, 3840)) check("answers", path, view.scheme(), view.width());
        assertThat(chromium.trouble()).isEmpty();
    }

    private static void check(String name, String path, ColorScheme scheme, int width) {
        Page page = page(scheme, width);
        page.navigate(workbench.address() + path);
        assertThat(page.locator("h1")).isVisible();
        page.waitForTimeout(700);
        photograph(page, "judge-" + name + Chromium.kind(scheme, width));
        Chromium.assertForEveryone(page, path + Chromium.kind(scheme, width));
        page.context().close();
    }
}
