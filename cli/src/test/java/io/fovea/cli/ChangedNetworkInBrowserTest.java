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
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.queue.Program;
import io.fovea.server.Workbench;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** The last step of the course in a real browser: LeNet is copied, changed, trained and compared; and what a run page and its form can do beside. */
@DisplayName("A changed network in a browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangedNetworkInBrowserTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Chromium chromium;

    @BeforeAll
    static void has_digits_and_some_runs() {
        Chromium.assumeThatPagesCanBeSeen();
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(60, 10, 1).write(folder.resolve("idx"));
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        jobs.run(Job.Train.of("digits", "lenet")
                .set("course", Map.of("epochs", 3, "snapshots", Map.of("kind", "every", "epochs", 1)))
                .set("seed", 1));
        jobs.run(new Job.Tune(
                Job.Train.of("digits", "perceptron").set("epochs", 3).set("seed", 1),
                Map.of("learning_rate", "0.1,0.01,0.001"),
                Optional.empty(),
                false));
        jobs.run(Job.Hybrid.of("digits").evolving(4));
        workbench = Workbench.start(workspace, 0, Program.ofThisProcess(Main.class), List.of());
        chromium = Chromium.start();
    }

    @AfterAll
    static void ends() throws InterruptedException {
        if (chromium != null) chromium.close();
        if (workbench == null) return;
        workbench.close();
        Chromium.stopJobs(workspace);
    }

    private static Page page(ColorScheme scheme, int width, String path) {
        Page page = chromium.watched(workbench.address(), scheme, width);
        page.navigate(workbench.address() + path);
        return page;
    }

    private static String changed(String firstLine) {
        return """
            name: lenet-mine
            input: [1, 28, 28]
            layers:
              - %s
              - max-pooling: {kernel: 2}
              - relu
              - convolution: {outputs: 100, kernel: 5}
              - max-pooling: {kernel: 2}
              - flatten
              - dense: {outputs: 500}
              - relu
              - dense: {outputs: 10}
            """.formatted(firstLine);
    }

    private static void write(Page page, Locator editor, String text) {
        editor.click();
        page.keyboard().press("Control+A");
        page.keyboard().press("Delete");
        page.keyboard().insertText(text);
    }

    @Test
    @Order(1)
    void is_copied_from_lenet_changed_trained_and_compared() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280, "/networks/lenet");
        link(page, "Copy and change").click();
        Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Network file"));
        assertThat(editor).containsText("name: lenet-mine");

        assertThat(page.getByText("431,080")).isVisible();

        write(page, editor, changed("convolution: {outputs: 75, kernal: 5}"));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("did you mean \"kernel\"?");
        assertThat(page.locator(".cm-lintRange-error").first()).containsText("kernal");
        assertThat(button(page, "Keep lenet-mine")).isDisabled();
        photograph(page, "editor-wrong");
        link(page, "Models").first().click();
        assertThat(page.getByText("Leave without keeping it?")).isVisible();
        button(page, "Stay here").click();
        assertThat(editor).containsText("kernal");

        write(page, editor, changed("convolution: {outputs: 75, kernel: 5}"));
        assertThat(page.getByText("995,060")).isVisible();
        assertThat(page.getByText("pool1  75 × 12 × 12")).isVisible();
        button(page, "Keep lenet-mine").click();
        assertThat(page.locator("h1")).containsText("lenet-mine");
        assertThat(Files.exists(workspace.network("lenet-mine"))).isTrue();

        page.navigate(workbench.address() + "/network-editor");
        write(page, editor, changed("convolution: {outputs: 3, kernel: 5}"));
        button(page, "Keep lenet-mine").click();
        assertThat(page.getByText("Replace lenet-mine?")).isVisible();
        button(page, "Choose another name").click();
        link(page, "Networks").first().click();
        button(page, "Leave").click();
        assertThat(page.locator("h1")).hasText("Networks"); // until then the page asks once more
        page.navigate(workbench.address() + "/networks/lenet-mine");
        assertThat(page.getByText("995,060")).isVisible();

        link(page, "Train it").click();
        field(page, "Epochs").fill("1");
        field(page, "Seed").fill("1");
        assertThat(page.getByText("by multiply-accumulates")).isVisible();
        button(page, "Train").click();
        assertThat(link(page, "Try the model")).isVisible();
        assertThat(page.locator("h1")).containsText("digits-lenet-mine-1");

        page.navigate(workbench.address() + "/networks/lenet-mine/beside/lenet");
        assertThat(page.getByText("3 of 9 layers differ; of 4 more only the size, which follows from those before."))
                .isVisible();
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    @Order(2)
    void is_begun_again_with_other_settings_that_are_checked_as_they_are_typed() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280, "/runs/digits-lenet-1");
        link(page, "Clone").click();
        assertThat(field(page, "Epochs")).hasValue("3");
        field(page, "Epochs").fill("");
        assertThat(field(page, "Epochs")).hasValue("");
        field(page, "Epochs").fill("10, 20");
        assertThat(field(page, "Epochs")).hasValue("10, 20");
        assertThat(button(page, "Train")).isDisabled();
        field(page, "Epochs").fill("0");
        assertThat(page.getByText("epochs must be at least 1: 0.")).isVisible();
        assertThat(button(page, "Train")).isDisabled();
        field(page, "Epochs").fill("1");
        field(page, "Learning rate").fill("0.1, 0.01");
        assertThat(page.getByText("2 runs, one after the other.")).isVisible();
        photograph(page, "new-run-sweep");
        button(page, "Train").click();
        Locator trials = page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("Trials").setExact(true));
        assertThat(trials.last().locator("tbody tr")).hasCount(2);
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @Test
    @Order(3)
    void leaves_checkpoints_that_become_models_and_can_be_gone_on_from() {
        chromium.forget();
        Page page = page(ColorScheme.LIGHT, 1280, "/runs/digits-lenet-1");
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Checkpoints"))
                .click();
        field(page, "Name of the model of epoch-002").fill("second");
        photograph(page, "run-checkpoints");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Make a model of it")
                                .setExact(true))
                .nth(2)
                .click();
        assertThat(page.locator("h1")).containsText("export-second");
        assertThat(link(page, "Try the model")).isVisible();
        assertThat(workspace.newestModel("second")).isPresent();
        page.navigate(workbench.address() + "/new-run?data=digits&from=digits-lenet-1/best");
        assertThat(field(page, "Goes on from")).hasValue("digits-lenet-1/best");
        field(page, "Epochs").fill("1");
        button(page, "Train").click();
        assertThat(page.getByText(Pattern.compile("^epoch 1 of 1|^writing the model|^1 of 1$"))
                        .first())
                .isVisible();
        page.context().close();
        assertThat(chromium.trouble()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @Order(4)
    @CsvSource({
        "new-run-full, /new-run?data=digits",
        "new-run-clone, /new-run?like=digits-perceptron-tune-1",
        "run-lenet, /runs/digits-lenet-1",
        "run-tune, /runs/digits-perceptron-tune-1",
        "run-hybrid, /runs/digits-hybrid-1",
        "compare, '/compare?runs=digits-lenet-1,digits-lenet-mine-1'",
        "networks-own, /networks",
        "network-own, /networks/lenet-mine",
        "network-editor, /network-editor?like=lenet",
        "networks-beside, /networks/lenet/beside/lenet-mine"
    })
    void stands_on_pages_that_everyone_can_use_in_light_and_dark(String name, String path) {
        chromium.forget();
        for (Chromium.View view : Chromium.views(390, 1400)) {
            ColorScheme scheme = view.scheme();
            int width = view.width();
            Page page = page(scheme, width, path);
            assertThat(page.locator("h1")).isVisible();
            page.waitForTimeout(900);
            if (name.equals("new-run-full"))
                page.getByText("Augmentation").first().click();
            if (name.equals("new-run-full")) page.waitForTimeout(500);
            photograph(page, name + Chromium.kind(scheme, width));
            Chromium.assertForEveryone(page, path + Chromium.kind(scheme, width));
            page.context().close();
        }
        assertThat(chromium.trouble()).isEmpty();
    }
}
