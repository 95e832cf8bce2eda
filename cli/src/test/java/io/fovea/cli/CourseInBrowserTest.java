package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fovea.cli.Chromium.photograph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole course on drawn digits, from an empty workspace to the changed network; pictures of its pages go to target/workbench. */
@DisplayName("The course in a browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CourseInBrowserTest {

    private static final String COURSE = "/course?digits=drawn&pace=quick";

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Chromium chromium;
    private static boolean isWalked;

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

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static void isDone(Page page, int step) {
        assertThat(page.getByTestId("step-" + step)).hasAttribute("data-state", "done");
    }

    private static Locator judged(Page page, String model) {
        Locator row = page.getByTestId("odd-drawn-quick-" + model);
        assertThat(row).isVisible();
        return row;
    }

    @Test
    @Order(1)
    void leads_from_an_empty_workspace_to_the_changed_network() {
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address().toString());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Take the course"))
                .click();
        page.getByText("Drawn by Fovea").click();
        page.getByText("Quick look").click();
        assertThat(page.getByTestId("course-progress")).hasText("0 of 7 steps done");
        photograph(page, "course-empty");

        press(page, "Bring in the digits");
        isDone(page, 1);
        press(page, "Train LeNet");
        isDone(page, 4);
        assertThat(page.getByTestId("one-picture").locator("li")).hasCount(4);
        assertThat(judged(page, "small")).containsText("of 200");

        // the server goes away in the middle of a run, and comes back
        press(page, "Bring in all digits");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Train LeNet on all")
                                .setExact(true))
                .click();
        assertThat(page.getByRole(
                        AriaRole.PROGRESSBAR, new Page.GetByRoleOptions().setName("Progress of drawn-quick-full-1")))
                .isVisible();
        int port = workbench.address().getPort();
        workbench.close();
        workbench = Workbench.start(Workspace.at(folder), port, Program.ofThisProcess(Main.class), List.of());
        page.navigate(workbench.address() + COURSE);
        assertThat(page.getByTestId("course-progress")).isVisible();
        chromium.forget(); // a browser complains about a server that is away
        isDone(page, 5);

        // another browser sees the same and goes on with it
        Page other = page(ColorScheme.DARK, 1000);
        other.navigate(workbench.address() + COURSE);
        assertThat(other.getByTestId("course-progress")).hasText("5 of 7 steps done");
        press(other, "Bring in digits and negatives");
        other.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Train LeNet on both")
                                .setExact(true))
                .click();
        isDone(page, 6);
        press(page, "Train lenet-relu");
        isDone(other, 7);
        for (String model : List.of("small", "full", "inverted", "changed")) judged(page, model);
        assertThat(judged(other, "changed").textContent())
                .isEqualTo(judged(page, "changed").textContent());
        assertThat(page.getByTestId("course-end")).isVisible();
        page.context().close();
        other.context().close();
        isWalked = true;
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    @Order(2)
    void lets_everything_of_its_slides_be_tried_by_keyboard() {
        assumeTrue(isWalked, "There is nothing yet to try");
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(workbench.address() + COURSE);
        openTrials(page);
        Locator picture = page.getByRole(AriaRole.APPLICATION).first();
        Locator sum = page.getByTestId("convolution-sum");
        String before = sum.textContent();
        picture.focus();
        for (int i = 0; i < 9; i++) page.keyboard().press(i % 2 == 0 ? "ArrowLeft" : "ArrowUp");
        assertThat(sum).not().hasText(before);
        Locator middle = page.getByLabel("Row 2, column 2 of the kernel", new Page.GetByLabelOptions().setExact(true));
        middle.fill("-4");
        assertThat(sum).containsText("4 × ");
        press(page, "One step");
        assertThat(page.getByLabel("The loss over one weight", new Page.GetByLabelOptions().setExact(false)))
                .isVisible();
        page.getByLabel("8-02", new Page.GetByLabelOptions().setExact(false)).focus();
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("odd-chosen")).containsText("8-02");
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    @Order(3)
    void is_for_everyone_in_light_and_dark_narrow_and_wide() {
        assumeTrue(isWalked, "There is nothing yet to see");
        chromium.forget();
        for (Chromium.View view : Chromium.views(360, 1400)) {
            ColorScheme scheme = view.scheme();
            int width = view.width();
            Page page = page(scheme, width);
            for (String path : List.of(COURSE, "/collection", "/course")) {
                page.navigate(workbench.address() + path);
                assertThat(page.locator("h1")).isVisible();
                if (path.equals(COURSE)) openTrials(page);
                page.waitForTimeout(700);
                photograph(page, path.substring(1).replaceAll("\\W+", "-") + Chromium.kind(scheme, width));
                Chromium.assertForEveryone(page, path + Chromium.kind(scheme, width));
            }
            page.context().close();
        }
        assertThat(chromium.trouble()).isEmpty();
    }

    private static void openTrials(Page page) {
        Locator trials = page.locator("button[data-accordion-control]");
        assertThat(page.getByText("Try it: convolution")).isVisible();
        for (Locator trial : trials.all()) if ("false".equals(trial.getAttribute("aria-expanded"))) trial.click();
        page.waitForTimeout(400);
    }
}
