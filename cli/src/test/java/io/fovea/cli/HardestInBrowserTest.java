package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fovea.cli.Chromium.photograph;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.fovea.collection.GeneratedDigits;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hardest pictures of a regression, a segmentation and a reconstruction; pictures of the pages go to target/workbench. */
@DisplayName("The hardest pictures in a browser")
class HardestInBrowserTest {

    @TempDir
    static Path folder;

    private static InProcess program;
    private static Workbench workbench;
    private static Chromium chromium;

    @BeforeAll
    static void trains_a_model_of_each_task() throws IOException {
        Chromium.assumeThatPagesCanBeSeen();
        Path place = folder.resolve("workspace");
        program = new InProcess(place);
        DrawnDots.write(folder.resolve("dots/train"), 120, 28, 1);
        DrawnDots.write(folder.resolve("dots/test"), 30, 28, 2);
        ok("data import dots " + folder.resolve("dots") + " --size 28 --color grey");
        ok("train --data dots --network lenet --epochs 3 --batch-size 16 --seed 1 --threads 1 --name pointer");
        DrawnDiscs.write(folder.resolve("discs/train"), 44, 1);
        DrawnDiscs.write(folder.resolve("discs/test"), 16, 2);
        Files.writeString(folder.resolve("discs/classes.txt"), "ground\ndisc\n");
        ok("data import discs " + folder.resolve("discs") + " --task segmentation --size 32 --color grey");
        ok("train --data discs --network unet-small --epochs 2 --seed 1 --precision float32 --threads 1 --name masks");
        GeneratedDigits.generate(20, 2, 4).write(folder.resolve("idx"));
        ok("data import digits " + folder.resolve("idx") + " --size 14");
        ok("train --data digits --task reconstruction --noise 0.3 --network denoiser-small --epochs 1 --seed 1"
                + " --precision float32 --threads 1 --name clear");
        workbench = Workbench.start(Workspace.at(place), 0, Program.ofThisProcess(Main.class), List.of());
        chromium = Chromium.start();
    }

    @AfterAll
    static void ends() {
        if (chromium != null) chromium.close();
        if (workbench != null) workbench.close();
    }

    private static void ok(String line) {
        Outcome call = program.run(line);
        assertThat(call.exitCode()).as(call.progress()).isZero();
    }

    private static Page evaluation(String model, ColorScheme scheme, int width) {
        Page page = chromium.watched(workbench.address(), scheme, width);
        page.navigate(workbench.address() + "/runs/" + model + "-1/evaluation");
        assertThat(page.getByTestId("judged").first()).isVisible();
        return page;
    }

    private static Locator first(Page page) {
        return page.getByTestId("judged").first().locator(".judged button").first();
    }

    @Test
    void of_a_regression_show_where_points_are_and_where_they_were_found() {
        chromium.forget();
        Page page = evaluation("pointer", ColorScheme.LIGHT, 1280);
        assertThat(page.getByText("where it was found").first()).isVisible();
        assertThat(first(page).locator("svg circle")).hasCount(3); // a ring twice, for its edge, and a dot
        first(page).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByLabel("Values, table").locator("tbody tr")).hasCount(2);
        photograph(page, "hardest-regression-large", false);
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void of_a_segmentation_show_picture_truth_and_answer_with_the_score_of_each_class() {
        chromium.forget();
        Page page = evaluation("masks", ColorScheme.LIGHT, 1280);
        assertThat(first(page).locator("img")).hasCount(3);
        first(page).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.locator(".panels img")).hasCount(3);
        assertThat(dialog.getByLabel("IoU of each class").locator("li")).hasCount(2);
        assertThat(seen(dialog)).isTrue();
        photograph(page, "hardest-segmentation-large", false);
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    void of_a_reconstruction_show_what_was_shown_what_is_and_what_came_back() {
        chromium.forget();
        Page page = evaluation("clear", ColorScheme.LIGHT, 1280);
        first(page).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByText("as it came back")).isVisible();
        assertThat(dialog.getByText("PSNR as shown")).isVisible();
        assertThat(seen(dialog)).isTrue();
        photograph(page, "hardest-reconstruction-large", false);
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    /** Whether all pictures arrived. */
    private static boolean seen(Locator dialog) {
        dialog.page()
                .waitForFunction("() => [...document.querySelectorAll('[role=dialog] .panels img')]"
                        + ".every(each => each.complete && each.naturalWidth > 0)");
        return true;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pointer", "masks", "clear"})
    void are_for_everyone_in_light_and_dark(String model) {
        chromium.forget();
        for (Chromium.View view : Chromium.views(360, 1280, 3840)) {
            ColorScheme scheme = view.scheme();
            int width = view.width();
            Page page = evaluation(model, scheme, width);
            page.waitForTimeout(500);
            photograph(page, "hardest-" + model + Chromium.kind(scheme, width));
            Chromium.assertForEveryone(page, model + Chromium.kind(scheme, width));
            if (width == 1280) {
                first(page).click();
                assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
                page.waitForTimeout(500);
                Chromium.assertForEveryone(page, model + ", large" + Chromium.kind(scheme, width));
            }
            page.context().close();
        }
        assertThat(chromium.trouble()).isEmpty();
    }
}
