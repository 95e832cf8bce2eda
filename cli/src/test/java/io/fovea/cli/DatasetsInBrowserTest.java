package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fovea.cli.Chromium.button;
import static io.fovea.cli.Chromium.field;
import static io.fovea.cli.Chromium.link;
import static io.fovea.cli.Chromium.photograph;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.Pixels;
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

/** From a folder of pictures to a dataset, another one nearly like it, and away again; pictures of the pages go to target/workbench. */
@DisplayName("Datasets in a browser")
class DatasetsInBrowserTest {

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Chromium chromium;

    @BeforeAll
    static void starts() throws IOException {
        Chromium.assumeThatPagesCanBeSeen();
        Path open = Files.createDirectories(folder.resolve("open/more"));
        workbench = Workbench.start(
                Workspace.at(folder.resolve("workspace")),
                0,
                Program.ofThisProcess(Main.class),
                List.of(open.getParent()));
        chromium = Chromium.start();
    }

    @AfterAll
    static void ends() throws InterruptedException {
        if (chromium != null) chromium.close();
        if (workbench == null) return;
        workbench.close();
        Chromium.stopJobs(Workspace.at(folder.resolve("workspace")));
    }

    /** Digits of many shapes in three folders, one class with markup in its name, and a file that is no picture. */
    private static Path photos() throws IOException {
        GeneratedDigits digits = GeneratedDigits.generate(40, 0, 5);
        Path photos = folder.resolve("photos");
        List<String> classes = List.of("one", "two", "<b>three");
        for (int i = 0; i < 120; i++) {
            Path file = photos.resolve(classes.get(i % 3)).resolve(i + ".png");
            Files.createDirectories(file.getParent());
            Pixels digit = digits.training().picture(i);
            Files.write(file, PngWriter.bytes(wide(digit, 28 + 2 * (i % 8))));
        }
        Files.writeString(photos.resolve("one/broken.jpg"), "no picture");
        return photos;
    }

    /** The picture with black beside it. */
    private static Pixels wide(Pixels picture, int width) {
        byte[] values = new byte[28 * width];
        for (int y = 0; y < 28; y++) System.arraycopy(picture.values(), 28 * y, values, width * y, 28);
        return new Pixels(28, width, 1, values);
    }

    private static Page page(ColorScheme scheme, int width) {
        return chromium.watched(workbench.address(), scheme, width);
    }

    /** Looks at the page as it stands, at 400 and 1400 pixels, and holds it to axe. */
    private static void looked(Page page, String name) {
        for (int width : List.of(400, 1400)) {
            page.setViewportSize(width, 900);
            page.waitForTimeout(400);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                page.waitForTimeout(200);
                photograph(page, name + Chromium.kind(scheme, width));
                Chromium.assertForEveryone(page, name + Chromium.kind(scheme, width));
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    @Test
    void come_from_a_folder_are_cloned_and_deleted() throws IOException {
        Page page = page(ColorScheme.LIGHT, 1400);
        page.navigate(workbench.address().toString());
        link(page, "Bring your own pictures").click();
        assertThat(page.getByText("Drop a folder of pictures here, or a zip")).isVisible();
        looked(page, "new-dataset-empty");

        button(page, "Name a folder of the machine").click();
        page.getByText(folder.resolve("open").toString()).click();
        assertThat(button(page, "more")).isVisible();
        page.keyboard().press("Escape");

        page.setInputFiles("[data-testid=folder]", photos());
        assertThat(page.getByTestId("recognised")).hasText("121 pictures of 3 classes");
        assertThat(page.getByText("28 high, 28 to 42 wide", new Page.GetByTextOptions().setExact(false)))
                .isVisible();
        field(page, "Height").fill("-5");
        assertThat(page.getByText("A whole number from 1 to 8192, not -5.")).isVisible();
        assertThat(button(page, "Import 121 pictures")).isDisabled();
        field(page, "Height").fill("28");
        field(page, "Width").fill("28");
        page.getByText("grey", new Page.GetByTextOptions().setExact(true)).click();
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("fill the rest is black"))
                .click();
        field(page, "Test, %").fill("10");
        assertThat(page.getByText("12 for the test", new Page.GetByTextOptions().setExact(false)))
                .isVisible();
        looked(page, "new-dataset");
        button(page, "Import 121 pictures").click();

        assertThat(page.getByTestId("imported")).isVisible();
        assertThat(page.getByText("photos/one/broken.jpg")).isVisible();
        looked(page, "import");
        link(page, "See the dataset").click();
        assertThat(page.getByText("<b>three").first()).isVisible();
        assertThat(page.getByLabel("Picture 0", new Page.GetByLabelOptions().setExact(true)))
                .isVisible();
        looked(page, "dataset-own");

        link(page, "Clone").click();
        assertThat(page.getByTestId("recognised")).hasText("121 pictures of 3 classes");
        assertThat(field(page, "Height")).hasValue("28");
        assertThat(field(page, "Test, %")).hasValue("10");
        field(page, "Most per class").fill("10");
        button(page, "Import 30 pictures").click();
        link(page, "See the dataset").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("photos-2")))
                .isVisible();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Home"))
                .click();
        button(page, "Pick").click();
        page.getByText("photos", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("photos-2", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("2 picked")).isVisible();
        looked(page, "home-picking");
        button(page, "Delete …").click();
        assertThat(page.getByText("are free afterwards", new Page.GetByTextOptions().setExact(false)))
                .isVisible();
        photograph(page, "delete");
        button(page, "Delete for good").click();
        assertThat(page.getByText("Begin with pictures")).isVisible();
        assertThat(Files.exists(folder.resolve("workspace/datasets/photos"))).isFalse();
        assertThat(Files.exists(folder.resolve("workspace/datasets/photos-2"))).isFalse();
        page.context().close();
        // an import that has no picture to show yet and a thing that was just deleted are no trouble, but a browser
        // says so
        assertThat(chromium.trouble())
                .filteredOn(words -> !words.contains("a status of 404"))
                .isEmpty();
    }
}
