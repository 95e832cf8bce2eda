package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.fetch.WebReach;
import io.fovea.job.Job;
import io.fovea.queue.Program;
import io.fovea.server.ServerSettings;
import io.fovea.server.Workbench;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that wants to know who asks, in a real browser. */
@DisplayName("A workbench for several people, in a browser,")
class SignInInBrowserTest {

    private static final String TOKEN = "anna-has-a-long-token";
    private static final String EVIL = "<img src=x onerror=alert(1)>";

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Chromium chromium;
    private static final List<String> RUN = new ArrayList<>();

    @BeforeAll
    static void starts() throws Exception {
        Chromium.assumeThatPagesCanBeSeen();
        Workspace workspace = Workspace.at(folder.resolve("workspace"));
        new Jobs(workspace).run(Job.Import.of("evil", evilPictures().toString()));
        Path tokens = Files.writeString(folder.resolve("tokens.txt"), "anna " + TOKEN);
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
        workbench = Workbench.start(
                workspace,
                Program.ofThisProcess(Main.class),
                new ServerSettings(
                        "0.0.0.0",
                        0,
                        List.of(),
                        List.of(),
                        WebReach.OFF,
                        Optional.empty(),
                        Optional.of(tokens),
                        Optional.empty()));
        chromium = Chromium.start();
    }

    private static Path evilPictures() throws Exception {
        Path set = folder.resolve("set");
        int digit = 0;
        for (String name : List.of(EVIL, "plain")) {
            Path of = Files.createDirectories(set.resolve(name));
            for (int i = 0; i < 5; i++, digit++)
                Files.write(
                        of.resolve("<svg onload=alert(2)> " + i + ".png"),
                        PngWriter.bytes(
                                GeneratedDigits.generate(1, 0, 5).training().picture(digit)));
        }
        return set;
    }

    @AfterAll
    static void ends() {
        if (chromium != null) chromium.close();
        if (workbench != null) workbench.close();
    }

    private static URI here() {
        return URI.create("http://127.0.0.1:" + workbench.address().getPort());
    }

    private static Page page(ColorScheme scheme, int width) {
        Page page = chromium.page(scheme, width);
        page.onDialog(dialog -> {
            RUN.add(dialog.message());
            dialog.dismiss();
        });
        page.onPageError(RUN::add);
        return page;
    }

    private static void signIn(Page page, String token) {
        page.getByLabel("Token").fill(token);
        page.keyboard().press("Enter");
    }

    @Test
    void leads_to_the_sign_in_and_back_to_where_one_was_going() {
        Page page = page(ColorScheme.LIGHT, 1280);
        page.navigate(here() + "/datasets/evil");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sign in")))
                .isVisible();
        assertThat(page.getByLabel("Token")).isFocused();
        signIn(page, "not-the-token-of-anna");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("This token is not known here.");
        signIn(page, TOKEN);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("evil")))
                .isVisible();
        assertThat(page.url()).endsWith("/datasets/evil");
        assertThat(page.getByText("anna", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.evaluate("document.cookie")).isEqualTo("");
        Chromium.photograph(page, "signed-in-light-1280", false);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page.getByLabel("Token")).isVisible();
        page.navigate(here() + "/models");
        assertThat(page.getByLabel("Token")).isVisible();
        page.context().close();
    }

    @Test
    void shows_a_class_name_and_a_file_name_as_words_and_runs_none() {
        Page page = page(ColorScheme.DARK, 1280);
        page.navigate(here() + "/sign-in");
        signIn(page, TOKEN);
        page.waitForURL(Pattern.compile("/$"));
        page.navigate(here() + "/datasets/evil");
        assertThat(page.getByText(EVIL).first()).isVisible();
        page.waitForTimeout(500);
        assertThat(page.locator("img[src='x'], svg[onload]").count()).isZero();
        assertThat(RUN).isEmpty();
        page.context().close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void has_a_sign_in_without_serious_findings_at_any_width(ColorScheme scheme) {
        for (int width : new int[] {360, 1400}) {
            Page page = page(scheme, width);
            page.navigate(here() + "/");
            Locator alert = page.getByRole(AriaRole.ALERT);
            signIn(page, "wrong-" + width + scheme);
            assertThat(alert).isVisible();
            Chromium.photograph(page, "sign-in" + Chromium.kind(scheme, width), false);
            Chromium.assertForEveryone(page, "sign-in" + Chromium.kind(scheme, width));
            page.context().close();
        }
    }
}
