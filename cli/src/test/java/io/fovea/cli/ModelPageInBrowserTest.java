package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.fovea.codec.PngWriter;
import io.fovea.format.Existing;
import io.fovea.format.ModelExport;
import io.fovea.format.ModelFormat;
import io.fovea.image.Pixels;
import io.fovea.predict.Classifier;
import io.fovea.predict.Mask;
import io.fovea.predict.RankedClass;
import io.fovea.predict.Reconstructor;
import io.fovea.predict.RegressedPoint;
import io.fovea.predict.Regressor;
import io.fovea.predict.Segmenter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page of a model, in a browser")
class ModelPageInBrowserTest {

    private static final Path MODELS = Path.of("..", "predict", "src", "test", "resources", "io", "fovea", "bundle");

    @TempDir
    static Path folder;

    private static HttpServer host;
    private static Chromium chromium;

    @BeforeAll
    static void a_host_of_files() throws IOException {
        Chromium.assumeThatPagesCanBeSeen();
        host = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.toRealPath(),
                SimpleFileServer.OutputLevel.NONE);
        host.start();
        chromium = Chromium.start();
    }

    @AfterAll
    static void close() {
        if (chromium != null) chromium.close();
        if (host != null) host.stop(0);
    }

    @AfterEach
    void nothing_went_wrong() {
        assertThat(chromium.trouble()).isEmpty();
    }

    private static URI address() {
        return URI.create("http://" + host.getAddress().getAddress().getHostAddress() + ":"
                + host.getAddress().getPort());
    }

    private static Path model(String name) {
        return MODELS.resolve(name + ".fovea");
    }

    private static Path exported(String name) {
        Path page = folder.resolve(name);
        ModelExport.of(model(name), new ModelFormat.Web(Optional.empty())).write(page, Existing.REPLACE);
        return page;
    }

    private static Page opened(String name, ColorScheme scheme, int width) {
        Page page = chromium.watched(address(), scheme, width);
        page.navigate(address() + "/" + name + "/index.html");
        return page;
    }

    private static Page sealed(String name, ColorScheme scheme, int width) {
        Page page = opened(name, scheme, width);
        assertThat(page.locator("#seal[data-state=sealed]")).isVisible();
        return page;
    }

    /** The pattern 37·y + 11·x + 90·c modulo 256, as a file; odd sides, so that scaling and cutting are met. */
    private static Path picture(int channels) {
        byte[] values = new byte[61 * 47 * channels];
        for (int i = 0; i < values.length; i++)
            values[i] = (byte) (37 * (i / channels / 47) + 11 * (i / channels % 47) + 90 * (i % channels));
        Path file = folder.resolve("picture-" + channels + ".png");
        PngWriter.write(PngWriter.bytes(new Pixels(61, 47, channels, values)), file);
        return file;
    }

    private static void show(Page page, Path picture) {
        page.locator("#file").setInputFiles(picture);
        assertThat(page.locator("#drop[data-state=full]")).isVisible();
    }

    @Test
    void ranks_classes_by_the_numbers_of_fovea_predict() {
        exported("1.2-classifier");
        Page page = sealed("1.2-classifier", ColorScheme.LIGHT, 1280);
        show(page, picture(3));
        Chromium.photograph(page, "modelpage-classes" + Chromium.kind(ColorScheme.LIGHT, 1280));
        try (Classifier classifier = Classifier.load(model("1.2-classifier"))) {
            List<RankedClass> ranked = classifier.classify(picture(3)).top(3);
            List<Locator> bars = page.locator("#answer .bars li").all();
            assertThat(bars).hasSize(ranked.size());
            for (int i = 0; i < bars.size(); i++) {
                assertThat(bars.get(i).locator(".label").innerText())
                        .isEqualTo(ranked.get(i).name());
                assertThat(Double.parseDouble(bars.get(i).getAttribute("data-exact")))
                        .isCloseTo(ranked.get(i).probability(), within(1e-5));
            }
        }
    }

    @Test
    void marks_points_where_they_were_found() {
        exported("1.4-regression");
        Page page = sealed("1.4-regression", ColorScheme.DARK, 360);
        show(page, picture(3));
        Chromium.photograph(page, "modelpage-point" + Chromium.kind(ColorScheme.DARK, 360));
        try (Regressor regressor = Regressor.load(model("1.4-regression"))) {
            RegressedPoint point = regressor.predict(picture(3)).points().getFirst();
            assertThat(page.locator("#answer dl div").first().innerText())
                    .contains(String.format(Locale.ROOT, "%.1f, %.1f", point.x(), point.y()));
        }
    }

    @Test
    void covers_a_picture_by_its_classes() {
        exported("1.3-segmentation");
        Page page = sealed("1.3-segmentation", ColorScheme.LIGHT, 1280);
        show(page, picture(3));
        Chromium.photograph(page, "modelpage-mask" + Chromium.kind(ColorScheme.LIGHT, 1280));
        try (Segmenter segmenter = Segmenter.load(model("1.3-segmentation"))) {
            Mask mask = segmenter.segment(picture(3));
            for (Locator bar : page.locator("#answer .bars li").all()) {
                String name = bar.locator(".label").innerText();
                double share = mask.classes().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .share();
                assertThat(Double.parseDouble(bar.getAttribute("data-exact"))).isCloseTo(share, within(1e-9));
            }
        }
    }

    @Test
    void shows_the_picture_that_is_made() {
        exported("1.3-reconstruction");
        Page page = sealed("1.3-reconstruction", ColorScheme.DARK, 1280);
        show(page, picture(1));
        Chromium.photograph(page, "modelpage-made" + Chromium.kind(ColorScheme.DARK, 1280));
        try (Reconstructor reconstructor = Reconstructor.load(model("1.3-reconstruction"))) {
            Pixels made = reconstructor.reconstruct(picture(1));
            Object bytes = page.evaluate("() => { const c = document.querySelector('canvas.made');"
                    + " return Array.from(c.getContext('2d').getImageData(0, 0, c.width, c.height).data) }");
            List<?> rgba = (List<?>) bytes;
            for (int i = 0; i < made.height() * made.width(); i++)
                assertThat((Integer) rgba.get(4 * i)).isCloseTo(made.values()[i * made.channels()] & 0xff, within(1));
        }
    }

    @Test
    void is_for_everyone() {
        exported("1.2-classifier");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(360, 1280)) {
                Page page = sealed("1.2-classifier", scheme, width);
                Chromium.assertForEveryone(page, "empty, " + scheme + ", " + width);
                show(page, picture(3));
                Chromium.assertForEveryone(page, "answered, " + scheme + ", " + width);
                Chromium.photograph(page, "modelpage" + Chromium.kind(scheme, width));
                page.context().close();
            }
        }
    }

    @Test
    void names_the_stage_that_drifts_and_answers_only_if_told_to() throws IOException {
        Path manifest = exported("1.1-classifier").resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceFirst("(\"resizedSha256\" : \")[0-9a-f]{8}", "$100000000"));
        Page page = opened("1.1-classifier", ColorScheme.LIGHT, 1280);
        assertThat(page.locator("#seal[data-state=drift]")).hasText("Drift: resize");
        assertThat(page.locator("#choose")).isDisabled();
        Chromium.photograph(page, "modelpage-drift" + Chromium.kind(ColorScheme.LIGHT, 1280));
        Chromium.button(page, "Answer anyway").click();
        show(page, picture(3));
        assertThat(page.locator("#answer .bars li").first()).isVisible();
    }

    @Test
    void goes_on_without_a_network() throws IOException {
        exported("1.2-classifier");
        Page page = sealed("1.2-classifier", ColorScheme.LIGHT, 1280);
        page.context().setOffline(true);
        show(page, picture(3));
        assertThat(page.locator("#answer .best")).isVisible();
    }

    @Test
    void says_that_a_file_is_no_picture() throws IOException {
        exported("1.2-classifier");
        Page page = sealed("1.2-classifier", ColorScheme.LIGHT, 1280);
        Path text = Files.writeString(folder.resolve("notes.txt"), "no picture");
        page.locator("#file").setInputFiles(text);
        assertThat(page.locator("#refused")).hasText("This browser does not read the file as a picture.");
    }
}
