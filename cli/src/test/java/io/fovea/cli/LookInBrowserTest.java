package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fovea.cli.Chromium.photograph;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture is tried and followed through the layers of a trained model; pictures of the pages go to target/workbench. */
@DisplayName("Looking into a model in a browser")
class LookInBrowserTest {

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Chromium chromium;

    @BeforeAll
    static void starts() {
        Chromium.assumeThatPagesCanBeSeen();
        Workspace workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(60, 6, 1).write(folder.resolve("idx"));
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        jobs.run(Job.Train.of("digits", "lenet").set("epochs", 4).set("seed", 1));
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

    private static byte[] seven() {
        return PngWriter.bytes(GeneratedDigits.generate(1, 0, 77).training().picture(7));
    }

    private static Page tried(ColorScheme scheme, int width) {
        Page page = page(scheme, width);
        page.navigate(workbench.address() + "/models/digits-lenet");
        page.setInputFiles("input[type=file]", new FilePayload("seven.png", "image/png", seven()));
        assertThat(page.getByTestId("answer").first()).isVisible();
        return page;
    }

    @Test
    void leads_from_a_picture_to_the_arithmetic_of_a_value_and_back_to_where_it_came_from() {
        chromium.forget();
        Page page = tried(ColorScheme.LIGHT, 1280);
        assertThat(page.getByTestId("answer").locator("li")).hasCount(10);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Through the layers"))
                .click();
        Locator conv2 = page.getByRole(
                AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("conv2").setExact(true));
        assertThat(conv2).isVisible();
        assertThat(page.getByRole(AriaRole.ARTICLE)).hasCount(8);
        assertThat(page.getByAltText("Places that speak for", new Page.GetByAltTextOptions().setExact(false)))
                .isVisible();

        Locator maps = conv2.locator(".sheet");
        maps.focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        Locator arithmetic = page.getByTestId("arithmetic");
        assertThat(arithmetic).isVisible();
        assertThat(page.getByText("conv2, map 2, column 4, row 4")).isVisible();
        assertThat(arithmetic.locator(".window")).hasCount(9);
        assertThat(arithmetic.getByText("The network gives")).isVisible();
        checkForEveryone(page, "arithmetic");

        arithmetic.getByRole(AriaRole.BUTTON).first().click(); // one of the maps of pool1
        assertThat(page.getByText("The largest of 2 × 2 values of")).isVisible();
        page.locator(".pixelmap").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Escape");
        assertThat(page.getByTestId("arithmetic")).hasCount(0);

        page.getByText("Occlusion", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("probability", new Page.GetByTextOptions().setExact(false))
                        .first())
                .isVisible();
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void says_of_each_broken_picture_what_is_wrong_and_answers_about_the_others() {
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/models/digits-lenet");
        page.setInputFiles("input[type=file]", new FilePayload[] {
            new FilePayload("<b>page</b>.png", "image/png", "<script>".getBytes(StandardCharsets.UTF_8)),
            new FilePayload("seven.png", "image/png", seven())
        });
        assertThat(page.getByTestId("answer")).hasCount(1);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Expected a picture");
        assertThat(page.getByText("<b>page</b>.png")).isVisible();
        page.getByLabel("Try test picture 0", new Page.GetByLabelOptions().setExact(true))
                .click();
        assertThat(page.getByTestId("answer")).hasCount(2);
        page.context().close();
        chromium.forget(); // a browser complains about a refusal
    }

    @Test
    void is_shown_in_light_and_dark_for_everyone() {
        chromium.forget();
        for (Chromium.View view : Chromium.views(360, 1280, 3840)) {
            ColorScheme scheme = view.scheme();
            int width = view.width();
            Page page = tried(scheme, width);
            String name = Chromium.kind(scheme, width);
            checkForEveryone(page, "tried" + name);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Through the layers"))
                    .click();
            assertThat(page.getByRole(AriaRole.ARTICLE)).hasCount(8);
            page.waitForTimeout(800);
            checkForEveryone(page, "layers" + name);
            page.context().close();
        }
        assertThat(chromium.trouble()).isEmpty();
    }

    private static void checkForEveryone(Page page, String name) {
        photograph(page, name, !name.equals("arithmetic"));
        Chromium.assertForEveryone(page, name);
    }
}
