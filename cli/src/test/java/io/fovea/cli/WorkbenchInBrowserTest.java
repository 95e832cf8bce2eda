package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fovea.cli.Chromium.button;
import static io.fovea.cli.Chromium.field;
import static io.fovea.cli.Chromium.link;
import static io.fovea.cli.Chromium.photograph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of the course in a real browser, from no pictures to a model that is tried; pictures of all pages go to target/workbench. */
@DisplayName("The workbench in a browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkbenchInBrowserTest {

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Chromium chromium;
    private static boolean hasLearned;

    @BeforeAll
    static void starts() {
        Chromium.assumeThatPagesCanBeSeen();
        workbench = Workbench.start(Workspace.at(folder), 0, Program.ofThisProcess(Main.class), List.of());
        chromium = Chromium.start();
    }

    @AfterAll
    static void ends() throws InterruptedException {
        if (chromium != null) chromium.close();
        if (workbench == null) return;
        workbench.close();
        Chromium.stopJobs(Workspace.at(folder));
    }

    private static Page page(ColorScheme scheme, int width) {
        return chromium.watched(workbench.address(), scheme, width);
    }

    @Test
    @Order(1)
    void leads_from_no_pictures_to_a_model_that_is_tried() {
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address().toString());
        assertThat(page.getByText("Begin with pictures")).isVisible();
        photograph(page, "first-light");
        button(page, "Draw 6,000 digits").click();

        Locator dataset = page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^digits 7,000 pictures")));
        assertThat(dataset).isVisible();
        dataset.click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("digits")))
                .isVisible();
        assertThat(page.getByLabel("Picture 0", new Page.GetByLabelOptions().setExact(true)))
                .isVisible();
        link(page, "Train on it").click();

        field(page, "Epochs").fill("2");
        field(page, "Seed").fill("1");
        button(page, "Train").click();
        assertThat(page.getByRole(
                                AriaRole.IMG,
                                new Page.GetByRoleOptions().setName("Loss").setExact(true))
                        .locator("canvas"))
                .isVisible();
        photograph(page, "running-light");
        assertThat(link(page, "Try the model")).isVisible();
        assertThat(page.getByText("2 of 2")).isVisible();
        assertThat(page.getByLabel("Confusion matrix").locator("tbody tr")).hasCount(10);

        link(page, "Try the model").click();
        byte[] seven =
                PngWriter.bytes(GeneratedDigits.generate(1, 0, 77).training().picture(7));
        page.setInputFiles("input[type=file]", new FilePayload("seven.png", "image/png", seven));
        Locator answer = page.getByTestId("answer");
        assertThat(answer).isVisible();
        assertThat(answer.locator("li").first()).containsText("7");
        assertThat(answer.locator("li")).hasCount(10);
        photograph(page, "tried-light");
        page.context().close();
        hasLearned = true;
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    @Order(2)
    void stops_a_run_and_goes_on_with_it_after_the_server_was_away() {
        assumeTrue(hasLearned, "There is nothing yet to see");
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + "/new-run?data=digits");
        field(page, "Epochs").fill("300");
        field(page, "Name of the model").fill("long");
        button(page, "Train").click();
        assertThat(page.getByText(Pattern.compile("^epoch [0-9]+ of 300"))).isVisible();
        int port = workbench.address().getPort();
        workbench.close();
        assertThat(page.getByText(
                        "The workbench cannot be heard just now.", new Page.GetByTextOptions().setExact(false)))
                .isVisible();
        chromium.forget(); // a browser complains about a server that is away
        workbench = Workbench.start(Workspace.at(folder), port, Program.ofThisProcess(Main.class), List.of());
        assertThat(page.getByText(
                        "The workbench cannot be heard just now.", new Page.GetByTextOptions().setExact(false)))
                .isHidden();
        chromium.forget();
        button(page, "Stop").click();
        assertThat(button(page, "Go on")).isVisible();
        button(page, "Go on").click();
        assertThat(button(page, "Stop")).isVisible();
        button(page, "Stop").click();
        assertThat(button(page, "Go on")).isVisible();
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @Order(3)
    @CsvSource({
        "home, /",
        "new-run, /new-run",
        "run, /runs/digits-lenet-1",
        "dataset, /datasets/digits",
        "models, /models",
        "model, /models/digits-lenet",
        "networks, /networks",
        "network, /networks/resnet20",
        "nowhere, /nothing"
    })
    void shows_every_page_in_light_and_dark_for_everyone(String name, String path) {
        assumeTrue(hasLearned, "There is nothing yet to see");
        chromium.forget();
        for (Chromium.View view : Chromium.views(360, 1280, 3840)) {
            ColorScheme scheme = view.scheme();
            int width = view.width();
            Page page = page(scheme, width);
            page.navigate(workbench.address() + path);
            assertThat(page.locator("h1")).isVisible();
            page.waitForTimeout(500);
            boolean isShort = !name.equals("dataset") && !name.equals("network");
            photograph(page, name + Chromium.kind(scheme, width), isShort);
            Chromium.assertForEveryone(page, path + Chromium.kind(scheme, width));
            page.context().close();
        }
        assertThat(chromium.trouble()).isEmpty();
    }
}
