package io.fovea.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.image.Pixels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

@DisplayName("A chart")
class ChartFileTest {

    @TempDir
    Path folder;

    static Drawing drawing(String words) {
        Drawing drawing = new Drawing(200, 100, words);
        drawing.box(0, 0, 20, 20, 0x3b54c7);
        drawing.text(words, 40, 60, Drawing.TEXT, Drawing.INK);
        return drawing;
    }

    private static Document parsed(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception noXml) {
            throw new AssertionError(svg, noXml);
        }
    }

    /** Returns how many pixels of a part are not white. */
    private static int inked(Pixels pixels, int left, int top, int right, int bottom) {
        int inked = 0;
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
                if ((pixels.values()[(y * pixels.width() + x) * 3] & 0xff) < 128) inked++;
        return inked;
    }

    @Nested
    @DisplayName("as SVG")
    class AsSvg {

        @Test
        void holds_its_text_as_text() {
            NodeList texts = parsed(ChartFile.svg(drawing("Grüße, 世界"))).getElementsByTagName("text");
            assertThat(texts.getLength()).isEqualTo(1);
            assertThat(texts.item(0).getTextContent()).isEqualTo("Grüße, 世界");
        }

        @Test
        void holds_script_in_names_as_text_too() {
            String evil = "</text><script>alert(\"1\")</script>&amp;\u0000\u001b\ud800";
            Document document = parsed(ChartFile.svg(drawing(evil)));
            assertThat(document.getElementsByTagName("script").getLength()).isZero();
            assertThat(document.getElementsByTagName("text").item(0).getTextContent())
                    .isEqualTo("</text><script>alert(\"1\")</script>&amp;\ufffd\ufffd\ufffd");
        }

        @Test
        void cuts_off_what_stands_out_of_a_part() {
            Drawing inner = new Drawing(10, 10, "");
            inner.disc(10, 10, 50, 0);
            Drawing outer = new Drawing(100, 100, "outer");
            outer.part(inner, 45, 45);
            assertThat(parsed(ChartFile.svg(outer)).getElementsByTagName("svg").getLength())
                    .isEqualTo(2);
            Pixels pixels = ChartFile.pixels(outer);
            assertThat(inked(pixels, 0, 0, 200, 200)).isEqualTo(400);
            assertThat(inked(pixels, 90, 90, 110, 110)).isEqualTo(400);
        }
    }

    @Nested
    @DisplayName("as PNG")
    class AsPng {

        @Test
        void has_ink_where_the_text_stands_and_nowhere_else() {
            Pixels pixels = ChartFile.pixels(drawing("Hxg"));
            assertThat(pixels.width()).isEqualTo(400);
            int right = 80 + (int) Math.ceil(2 * Letters.width("Hxg", Drawing.TEXT));
            // a capital is 0.727 of 14 points high, twice as large in pixels; below the line only the g
            assertThat(inked(pixels, 80, 99, right, 121)).isGreaterThan(150);
            assertThat(inked(pixels, 80, 121, right, 130)).isGreaterThan(10);
            assertThat(inked(pixels, 0, 45, 400, 98)).isZero();
            assertThat(inked(pixels, right + 1, 0, 400, 200)).isZero();
        }

        @Test
        void draws_letters_of_many_languages_each_in_its_own_shape() {
            for (String word : List.of("ß", "é", "Ж", "Ω", "ł", "–", "…", "→")) {
                assertThat(ChartFile.pixels(drawing(word)).values())
                        .as(word)
                        .isNotEqualTo(ChartFile.pixels(drawing("\ue000")).values());
            }
        }

        @Test
        void draws_a_box_for_a_letter_that_the_font_lacks() {
            assertThat(inked(ChartFile.pixels(drawing("世")), 80, 90, 120, 125)).isGreaterThan(20);
        }

        @Test
        void turns_text_that_runs_upward() {
            Drawing drawing = new Drawing(100, 100, "");
            drawing.upward("WWWW", 50, 50, 14, 0, Drawing.Anchor.MIDDLE);
            Pixels pixels = ChartFile.pixels(drawing);
            assertThat(inked(pixels, 88, 40, 112, 160)).isEqualTo(inked(pixels, 0, 0, 200, 200));
        }

        /** Java draws letters with fonts of the system, which a small machine has not: so no class of its fonts may even be loaded. */
        @Test
        void is_the_same_where_there_is_no_screen_no_fontconfig_and_no_font() throws IOException, InterruptedException {
            Path log = folder.resolve("classes.txt");
            ProcessBuilder program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.awt.headless=true",
                            "-Xlog:class+load:file=" + log,
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DrawnWithoutFonts.class.getName(),
                            folder.toString())
                    .inheritIO();
            program.environment().putAll(Map.of("FONTCONFIG_FILE", "/dev/null", "FONTCONFIG_PATH", "/nowhere"));
            program.environment().remove("DISPLAY");
            assertThat(program.start().waitFor()).isZero();
            assertThat(Files.readString(log))
                    .contains("java.awt.image.BufferedImage")
                    .doesNotContain("sun.font.FontManager", "sun.font.SunFontManager", "FontConfiguration");
            Path here = folder.resolve("here");
            ChartFile.write(drawing("Grüße, Привет"), Files.createDirectories(here), "chart");
            assertThat(folder.resolve("chart.png")).hasSameBinaryContentAs(here.resolve("chart.png"));
            assertThat(folder.resolve("chart.svg")).hasSameBinaryContentAs(here.resolve("chart.svg"));
        }
    }

    @Nested
    @DisplayName("shortens text")
    class Shortens {

        @Test
        void to_what_fits_with_an_ellipsis() {
            assertThat(Letters.shortened("cat", 14, 100)).isEqualTo("cat");
            assertThat(Letters.shortened("a very long name of a class", 14, 60))
                    .startsWith("a ve")
                    .endsWith("…");
            assertThat(Letters.width(Letters.shortened("a very long name of a class", 14, 60), 14))
                    .isLessThanOrEqualTo(60);
            assertThat(Letters.end("pictures/of/a/file.png", 14, 60))
                    .startsWith("…")
                    .endsWith(".png");
        }

        @Test
        void never_between_the_halves_of_a_letter() {
            assertThat(Letters.shortened("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00", 14, 30))
                    .doesNotMatch(".*[\\ud800-\\udbff]…");
        }
    }
}
