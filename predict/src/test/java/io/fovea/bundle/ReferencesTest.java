package io.fovea.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("References in a bundle")
class ReferencesTest {

    @TempDir
    Path folder;

    @Nested
    @DisplayName("that lie on two sheets")
    class TwoSheets {

        private final Map<String, byte[]> entries = References.entries(
                table(2501), position -> ExampleBundle.grey(position % 251), ExampleBundle.PREPROCESSING);

        @Test
        void have_a_table_and_fifty_rows_of_fifty_on_each_sheet() {
            assertThat(entries.keySet())
                    .containsExactly("references.csv", "references/0001.png", "references/0002.png");
            assertThat(size("references/0001.png")).isEqualTo("100x100");
            assertThat(size("references/0002.png")).isEqualTo("2x2");
        }

        @Test
        void come_out_as_they_went_in() {
            References references = written(entries).references().orElseThrow();

            assertThat(references.all()).hasSize(2501);
            assertThat(references.at(2500)).isEqualTo(new Reference(2500, 1, "bright", "train/2500.png"));
            for (int position : new int[] {0, 49, 50, 2499, 2500}) {
                assertThat(references.picture(position).values()).containsOnly((byte) (position % 251));
            }
        }

        @Test
        void stay_in_the_file_until_they_are_asked_for() throws IOException {
            References references = written(entries).references().orElseThrow();
            Files.delete(folder.resolve("model.fovea"));

            assertThatThrownBy(() -> references.picture(0))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("There is no such file");
        }

        private String size(String entry) {
            Pixels sheet = PictureDecoder.decode(entries.get(entry), entry, ColorMode.GREY);
            return sheet.width() + "x" + sheet.height();
        }
    }

    @Test
    void in_colour_lie_on_a_jpeg_sheet_that_is_only_as_wide_as_it_must_be() {
        Preprocessing colour = new Preprocessing(
                300, 200, ColorMode.COLOR, ResizeMode.SQUASH, new float[] {0, 0, 0}, new float[] {1, 1, 1});

        Map<String, byte[]> entries = References.entries(table(3), position -> red(300, 200), colour);

        assertThat(entries.keySet()).containsExactly("references.csv", "references/0001.jpg");
        Pixels sheet = PictureDecoder.decode(entries.get("references/0001.jpg"), "sheet", ColorMode.COLOR);
        assertThat(sheet.width()).isEqualTo(600);
        assertThat(sheet.height()).isEqualTo(300);
        assertThat(sheet.at(299, 599, 0)).isBetween(195, 205);
        assertThat(sheet.at(299, 599, 1)).isBetween(0, 5);
    }

    @Test
    void may_have_names_with_commas_quotes_and_line_ends() {
        List<Reference> table =
                List.of(new Reference(0, 0, "dark", "a, \"b\"\nc.png"), new Reference(1, 1, "bright", ""));
        Map<String, byte[]> entries =
                References.entries(table, position -> ExampleBundle.grey(0), ExampleBundle.PREPROCESSING);

        assertThat(new String(entries.get("references.csv"), StandardCharsets.UTF_8))
                .isEqualTo("position,label,class,source\n0,0,dark,\"a, \"\"b\"\"\nc.png\"\n1,1,bright,\n");
        assertThat(written(entries).references().orElseThrow().all()).isEqualTo(table);
    }

    @Test
    void are_absent_from_most_bundles() {
        assertThat(ExampleBundle.whole().references()).isEmpty();
    }

    @Test
    void are_in_the_order_of_their_positions() {
        List<Reference> table = List.of(new Reference(1, 0, "dark", "a.png"));

        assertThatThrownBy(
                        () -> References.entries(table, position -> ExampleBundle.grey(0), ExampleBundle.PREPROCESSING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Reference 0 has the position 1");
    }

    @Nested
    @DisplayName("that are damaged")
    class Damaged {

        @Test
        void miss_a_sheet() {
            refused(Map.of("references.csv", csv("0,0,dark,a.png")), "The sheet \"references/0001.png\" is missing.");
        }

        @Test
        void are_on_a_sheet_that_is_too_small() {
            refused(
                    Map.of(
                            "references.csv",
                            csv("0,0,dark,a.png", "1,0,dark,b.png"),
                            "references/0001.png",
                            PngWriter.bytes(ExampleBundle.grey(0))),
                    "Entry \"references/0001.png\": A sheet of 2x2 pixels does not reach reference 1.");
        }

        @Test
        void are_on_a_sheet_that_is_no_picture() {
            Map<String, byte[]> entries =
                    Map.of("references.csv", csv("0,0,dark,a.png"), "references/0001.png", new byte[] {1, 2, 3});

            assertThatThrownBy(() -> written(entries).references().orElseThrow().picture(0))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.where())
                            .endsWith("model.fovea, entry \"references/0001.png\""));
        }

        @Test
        void have_a_table_without_its_first_line() {
            refused(
                    Map.of("references.csv", "0,0,dark,a.png\n".getBytes(StandardCharsets.UTF_8)),
                    "Expected a first line \"position,label,class,source\".");
        }

        @Test
        void have_a_label_that_the_model_does_not_know() {
            refused(Map.of("references.csv", csv("0,3,dusk,a.png")), "The label 3 is beyond the model's 3 classes.");
        }

        @Test
        void are_not_in_order() {
            refused(Map.of("references.csv", csv("1,0,dark,a.png")), "Expected the position 0, found 1.");
        }

        @Test
        void have_a_line_that_is_too_short() {
            refused(Map.of("references.csv", csv("0,0")), "Expected 4 fields, found 2: [0, 0].");
        }

        private void refused(Map<String, byte[]> entries, String what) {
            References references = written(entries).references().orElseThrow();

            assertThatThrownBy(() -> references.picture(references.all().size() - 1))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo(what);
                        assertThat(problem.where()).contains("model.fovea");
                    });
        }

        private byte[] csv(String... lines) {
            return ("position,label,class,source\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    private Bundle written(Map<String, byte[]> references) {
        Map<String, byte[]> files = ExampleBundle.files();
        Manifest manifest = ExampleBundle.manifest(ExampleBundle.golden(files));
        Path file = folder.resolve("model.fovea");
        BundleWriter.write(Bundle.of(manifest, ExampleBundle.onnx(), files, new LinkedHashMap<>(references)), file);
        return Bundle.open(file);
    }

    private static List<Reference> table(int count) {
        List<Reference> table = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % 3;
            table.add(new Reference(i, label, ExampleBundle.CLASS_NAMES.get(label), "train/" + i + ".png"));
        }
        return table;
    }

    private static Pixels red(int height, int width) {
        byte[] values = new byte[height * width * 3];
        for (int i = 0; i < values.length; i += 3) values[i] = (byte) 200;
        return new Pixels(height, width, 3, values);
    }
}
