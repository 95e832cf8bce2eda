package io.fovea.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.export.GoldenExample;
import io.fovea.format.Existing;
import io.fovea.format.ModelExport;
import io.fovea.format.ModelFormat;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.task.Task;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SqueezeNet with its published weights, before a camera that shows a photograph. */
@DisplayName("The page of a model, before a camera")
class CameraInBrowserTest {

    private static final int HEIGHT = 480;
    private static final int WIDTH = 640;
    private static final String NETWORK = "squeezenet1_1";

    @TempDir
    static Path folder;

    private static Pixels photograph;
    private static HttpServer host;
    private static Chromium chromium;
    private static Path model;

    @BeforeAll
    static void a_page_and_a_camera() throws IOException {
        Chromium.assumeThatPagesCanBeSeen();
        Optional<Path> found = Stream.concat(
                        Optional.ofNullable(System.getenv("FOVEA_DATA")).stream(),
                        Stream.of("../shared/data", "../../shared/data"))
                .map(Path::of)
                .filter(place -> Files.isDirectory(place.resolve("photos-cc-by")))
                .filter(place -> Files.isDirectory(place.resolve("pretrained-imagenet")))
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "Skipped: no folders \"photos-cc-by\" and \"pretrained-imagenet\" in $FOVEA_DATA or ../shared/data");
        Path data = found.orElseThrow();
        photograph = shown(PictureDecoder.decode(data.resolve("photos-cc-by/parrot.jpg"), ColorMode.COLOR));
        model = model(data);
        ModelExport.of(model, new ModelFormat.Web(Optional.empty())).write(folder.resolve("page"), Existing.KEEP);
        host = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.toRealPath(),
                SimpleFileServer.OutputLevel.NONE);
        host.start();
        chromium = Chromium.withCamera(Files.write(folder.resolve("film.y4m"), film(photograph)));
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

    /** Writes the model with the photograph as its golden picture. */
    private static Path model(Path data) throws IOException {
        Weights weights = Safetensors.read(
                data.resolve("pretrained-imagenet").resolve(NETWORK).resolve(NETWORK + ".f16.safetensors"));
        List<String> names = Files.readAllLines(data.resolve("imagenet-classes/classes.txt"));
        Preprocessing how = new Preprocessing(
                224, 224, ColorMode.COLOR, ResizeMode.CROP, new float[] {0.485f, 0.456f, 0.406f}, new float[] {
                    0.229f, 0.224f, 0.225f
                });
        Path file = folder.resolve("photographs.fovea");
        BundleExport.write(contents(weights, names, how, List.of()), file);
        byte[] golden = PngWriter.bytes(photograph);
        float[] logits;
        try (Classifier classifier = Classifier.load(file)) {
            logits = classifier.classify(golden).logits();
        }
        GoldenExample example = new GoldenExample("parrot.png", golden, 88, logits);
        BundleExport.write(contents(weights, names, how, List.of(example)), file);
        return file;
    }

    private static BundleContents contents(
            Weights weights, List<String> names, Preprocessing how, List<GoldenExample> golden) {
        return new BundleContents(
                "photographs",
                Catalogue.network(NETWORK, new Shape(3, 224, 224), names.size()),
                weights,
                how,
                Task.ofClasses(names),
                golden,
                List.of(),
                new Provenance(NETWORK, "ImageNet", "0".repeat(64), Map.of(), 1, "test", Instant.EPOCH));
    }

    /** Returns a photograph as a camera of 640x480 sees it. */
    private static Pixels shown(Pixels whole) {
        return new Preprocessing(HEIGHT, WIDTH, ColorMode.COLOR, ResizeMode.CROP, new float[3], new float[] {1, 1, 1})
                .prepare(whole);
    }

    /**
     * Returns a film of the picture, in the form YUV4MPEG2: brightness of each pixel and colours of each square of two, in the ranges of BT.601. Two
     * frames are enough, as a camera of the browser begins anew at their end.
     */
    private static byte[] film(Pixels picture) throws IOException {
        int area = HEIGHT * WIDTH;
        byte[] planes = new byte[area + area / 2];
        byte[] rgb = picture.values();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = 3 * (y * WIDTH + x);
                int r = rgb[at] & 0xff;
                int g = rgb[at + 1] & 0xff;
                int b = rgb[at + 2] & 0xff;
                planes[y * WIDTH + x] = (byte) Math.round(16 + (65.481 * r + 128.553 * g + 24.966 * b) / 255);
                if (y % 2 != 0 || x % 2 != 0) continue;
                int square = y / 2 * (WIDTH / 2) + x / 2;
                planes[area + square] = (byte) Math.round(128 + (-37.797 * r - 74.203 * g + 112 * b) / 255);
                planes[area + area / 4 + square] = (byte) Math.round(128 + (112 * r - 93.786 * g - 18.214 * b) / 255);
            }
        }
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.write(
                ("YUV4MPEG2 W" + WIDTH + " H" + HEIGHT + " F30:1 Ip A1:1 C420\n").getBytes(StandardCharsets.US_ASCII));
        for (int frame = 0; frame < 2; frame++) {
            film.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            film.write(planes);
        }
        return film.toByteArray();
    }

    private static URI address() {
        return URI.create("http://" + host.getAddress().getAddress().getHostAddress() + ":"
                + host.getAddress().getPort());
    }

    private static Page sealed(ColorScheme scheme, int width) {
        Page page = chromium.watched(address(), scheme, width);
        page.navigate(address() + "/page/index.html");
        assertThat(page.locator("#seal[data-state=sealed]")).isVisible();
        return page;
    }

    private static Page allowed(ColorScheme scheme, int width) {
        Page page = sealed(scheme, width);
        page.context()
                .grantPermissions(
                        List.of("camera"),
                        new BrowserContext.GrantPermissionsOptions()
                                .setOrigin(address().toString()));
        return page;
    }

    @Test
    void answers_about_what_the_camera_shows_until_it_is_stopped() {
        Page page = allowed(ColorScheme.LIGHT, 1280);
        Chromium.button(page, "Use the camera").click();
        assertThat(page.locator("#drop[data-live][data-state=full]")).isVisible();
        Prediction expected;
        try (Classifier classifier = Classifier.load(model)) {
            expected = classifier.classify(photograph);
        }
        Locator best = page.locator("#answer .bars li").first();
        assertThat(best.locator(".label").innerText()).isEqualTo(expected.best().name());
        assertThat(Double.parseDouble(best.getAttribute("data-exact")))
                .isCloseTo(expected.best().probability(), within(0.1));
        assertThat(page.locator("#answer")).hasAttribute("aria-live", "off");
        Chromium.assertForEveryone(page, "camera");
        Chromium.photograph(page, "modelpage-camera" + Chromium.kind(ColorScheme.LIGHT, 1280));
        Chromium.button(page, "Stop the camera").click();
        assertThat(Chromium.button(page, "Use the camera")).isVisible();
        assertThat(page.locator("#drop[data-live]")).hasCount(0);
        assertThat(page.locator("#answer")).hasAttribute("aria-live", "polite");
        assertThat(page.locator("#answer .best")).isVisible();
        page.context().close();
    }

    @Test
    void gives_the_camera_back_when_a_picture_is_chosen() {
        Page page = allowed(ColorScheme.DARK, 360);
        Chromium.button(page, "Use the camera").click();
        assertThat(page.locator("#drop[data-live][data-state=full]")).isVisible();
        Chromium.photograph(page, "modelpage-camera" + Chromium.kind(ColorScheme.DARK, 360));
        page.locator("#samples .sample").first().click();
        assertThat(Chromium.button(page, "Use the camera")).isVisible();
        assertThat((Boolean) page.evaluate("document.getElementById('video').srcObject === null"))
                .isTrue();
        page.context().close();
    }

    @Test
    void says_what_to_do_where_it_is_refused() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = sealed(scheme, scheme == ColorScheme.LIGHT ? 1280 : 360);
            Chromium.button(page, "Use the camera").click();
            assertThat(page.locator("#refused"))
                    .hasText("This page may not use the camera. Allow it beside the address of the page, then press the"
                            + " button again.");
            assertThat(Chromium.button(page, "Use the camera")).isEnabled();
            Chromium.assertForEveryone(page, "refused");
            Chromium.photograph(
                    page, "modelpage-refused" + Chromium.kind(scheme, scheme == ColorScheme.LIGHT ? 1280 : 360));
            page.context().close();
        }
    }
}
