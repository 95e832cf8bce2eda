package io.fovea.importer;

import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.codec.JpegWriter;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoredForm;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.source.RealData;
import io.fovea.source.Source;
import io.fovea.task.Segmentation;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An import of pictures and masks")
class MaskImportTest {

    private static final Preparation TWO_BY_THREE = new Preparation(2, 3, ColorMode.GREY, ResizeMode.SQUASH);

    private static final ImportSettings MASKS =
            ImportSteps.ALL_TRAINING.withPreparation(TWO_BY_THREE).withTruth(new Truth.Masks());

    @TempDir
    Path folder;

    private Path root;
    private Path target;

    @BeforeEach
    void names() {
        root = folder.resolve("streets");
        target = folder.resolve("dataset");
    }

    @Nested
    @DisplayName("finds the mask of each picture")
    class Pairs {

        @Test
        void in_a_folder_of_masks_beside_the_pictures() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 1, 2, 1, 1, 255);

            run(target, MASKS, root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/pictures/a.png 0 1 2 1 1 255");
        }

        @Test
        void by_names_that_differ_in_their_endings_only() throws IOException {
            jpeg("images/a.jpg");
            grey("labels/a.png", 0, 1, 0, 0, 0, 0);

            run(target, MASKS, root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/images/a.jpg 0 1 0 0 0 0");
        }

        @Test
        void within_folders_of_parts() throws IOException {
            pair("train/pictures/a.png", "train/masks/a.png");
            pair("val/pictures/a.png", "val/masks/a.png");

            run(target, MASKS, root);

            assertThat(masks(Split.TRAINING)).hasSize(1);
            assertThat(masks(Split.VALIDATION)).hasSize(1);
        }

        @Test
        void around_folders_of_parts() throws IOException {
            pair("images/training/a.png", "annotations/training/a.png");
            pair("images/test/a.png", "annotations/test/a.png");

            run(target, MASKS, root);

            assertThat(masks(Split.TEST)).hasSize(1);
        }

        @Test
        void by_words_in_the_names_of_one_folder() throws IOException {
            pair("a.png", "a_mask.png");

            run(target, MASKS, root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/a.png 0 1 0 1 0 1");
        }

        @Test
        void and_counts_and_names_pictures_without_masks_and_masks_without_pictures() throws IOException {
            pair("pictures/a.png", "masks/a.png");
            grey("pictures/b.png", 0, 0, 0, 0, 0, 0);
            grey("masks/c.png", 0, 0, 0, 0, 0, 0);

            assertThat(run(target, MASKS, root).remarks())
                    .anySatisfy(
                            remark -> assertThat(remark).contains("1 pictures of streets have no mask: pictures/b.png"))
                    .anySatisfy(
                            remark -> assertThat(remark).contains("1 masks of streets have no picture: masks/c.png"));
        }

        @Test
        void or_says_how_they_should_lie() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/b.png", 0, 1, 0, 0, 0, 0);

            Problem problem = problem(target, MASKS, Source.of(root));

            assertThat(problem.what())
                    .isEqualTo("Expected pictures and their masks, found 1 pictures and 1 masks, of which no two are"
                            + " called alike.");
            assertThat(problem.remedy()).contains("pictures/a.jpg and masks/a.png");
        }

        @Test
        void and_without_the_option_says_which_it_is() throws IOException {
            pair("pictures/a.png", "masks/a.png");
            pair("pictures/b.png", "masks/b.png");

            assertThat(problem(target, root).remedy()).startsWith("give --task segmentation");
        }
    }

    @Nested
    @DisplayName("takes values for classes")
    class Classes {

        @Test
        void in_the_order_of_the_file_of_names() throws IOException {
            write("classes.txt", "sky\nroad\n");
            pair("pictures/a.png", "masks/a.png");

            assertThat(run(target, MASKS, root).task()).isEqualTo(new Segmentation(List.of("sky", "road")));
        }

        @Test
        void and_refuses_one_that_has_no_name_and_was_not_declared() throws IOException {
            write("classes.txt", "sky\nroad\n");
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 1, 11, 0, 0, 0);

            Problem problem = problem(target, MASKS, Source.of(root));

            assertThat(problem.what()).isEqualTo("Expected the values 0 to 1, the 2 named classes, found 11.");
            assertThat(problem.where()).isEqualTo("the mask of streets/pictures/a.png");
            assertThat(problem.remedy())
                    .isEqualTo("give --ignore 11 if it says that nothing is known there, or name its class");
        }

        @Test
        void and_one_that_was_declared_for_nothing() throws IOException {
            write("classes.txt", "sky\nroad\n");
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 1, 11, 0, 0, 0);

            run(target, MASKS.withTruth(new Truth.Masks(Set.of(11))), root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/pictures/a.png 0 1 255 0 0 0");
        }

        @Test
        void of_black_and_white_for_two() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 255, 0, 0, 0, 255);

            ImportReport report = run(target, MASKS, root);

            assertThat(report.classNames()).containsExactly("0", "255");
            assertThat(masks(Split.TRAINING)).containsExactly("streets/pictures/a.png 0 1 0 0 0 1");
            assertThat(report.remarks())
                    .contains("The masks have the values 0 and 255, which are the classes \"0\" and \"255\".");
        }

        @Test
        void and_says_which_class_no_pixel_has() throws IOException {
            write("classes.txt", "sky\nroad\ncar\n");
            pair("pictures/a.png", "masks/a.png");

            assertThat(run(target, MASKS, root).remarks()).contains("1 of 3 classes has no pixel: car.");
        }

        @Test
        void but_one_alone_teaches_nothing() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 0, 0, 0, 0, 0);

            assertThat(problem(target, MASKS, Source.of(root)).what())
                    .isEqualTo("Expected masks of 2 to 255 classes, found only the value 0.");
        }

        @Test
        void that_are_indices_of_a_palette_and_not_its_colours() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            byte[] red = {0, (byte) 200, 10, 20};
            byte[] blue = {(byte) 200, 0, 30, 40};
            BufferedImage palette =
                    new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 4, red, red, blue));
            for (int i = 0; i < 6; i++) palette.getRaster().setSample(i % 3, i / 3, 0, i % 3);
            image("masks/a.png", palette);

            run(target, MASKS, root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/pictures/a.png 0 1 2 0 1 2");
        }

        @Test
        void that_are_stored_in_16_bits() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            BufferedImage wide = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
            for (int i = 0; i < 6; i++) wide.getRaster().setSample(i % 3, i / 3, 0, i % 3);
            image("masks/a.png", wide);

            run(target, MASKS, root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/pictures/a.png 0 1 2 0 1 2");
        }

        @Test
        void unless_16_bits_hold_more_than_there_can_be() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            BufferedImage wide = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
            for (int i = 0; i < 6; i++) wide.getRaster().setSample(i % 3, i / 3, 0, 1000 * (i % 3));
            image("masks/a.png", wide);

            assertThat(problem(target, MASKS, Source.of(root)).what())
                    .isEqualTo("Expected masks of at most 255 classes, found the value 1000.");
        }
    }

    @Nested
    @DisplayName("refuses masks")
    class Refused {

        @Test
        void in_colour() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            byte[] colours = new byte[18];
            colours[3] = (byte) 128;
            file("masks/a.png", PngWriter.bytes(new Pixels(2, 3, 3, colours)));

            Problem problem = problem(target, MASKS, Source.of(root));

            assertThat(problem.what()).contains("found colours: red 128, green 0, blue 0 at column 1, row 0.");
            assertThat(problem.where()).isEqualTo("the mask of streets/pictures/a.png");
            assertThat(problem.remedy()).contains("0, 1, 2 …");
        }

        @Test
        void that_were_saved_as_jpeg() throws IOException {
            file("pictures/a.png", PngWriter.bytes(new Pixels(16, 16, 1, new byte[256])));
            byte[] classes = new byte[256];
            for (int i = 0; i < 256; i++) classes[i] = (byte) (i % 16 < 5 ? 0 : i % 16 < 9 ? 120 : 240);
            file("masks/a.jpg", JpegWriter.bytes(new Pixels(16, 16, 1, classes), 60));

            Problem problem = problem(target, MASKS, Source.of(root));

            assertThat(problem.what()).startsWith("The masks are JPEG, which changes numbers at the edges of classes");
            assertThat(problem.remedy()).contains("PNG");
        }

        @Test
        void of_another_size_than_their_picture_and_leaves_it_out() throws IOException {
            pair("pictures/a.png", "masks/a.png");
            grey("pictures/b.png", 0, 0, 0, 0, 0, 0);
            file("masks/b.png", PngWriter.bytes(new Pixels(3, 2, 1, new byte[6])));

            assertThat(run(target, MASKS, root).broken())
                    .containsExactly(new BrokenPicture(
                            "streets/pictures/b.png",
                            "Expected a mask of 2x3, the size of its picture, found one of 3x2."));
        }

        @Test
        void that_all_have_another_size() throws IOException {
            grey("pictures/b.png", 0, 0, 0, 0, 0, 0);
            file("masks/b.png", PngWriter.bytes(new Pixels(3, 2, 1, new byte[] {0, 1, 0, 0, 0, 0})));

            assertThat(problem(target, MASKS, Source.of(root)).what())
                    .isEqualTo("No picture can be used with its mask. The first: streets/pictures/b.png – Expected a"
                            + " mask of 2x3, the size of its picture, found one of 3x2.");
        }

        @Test
        void in_archives() throws IOException {
            Path zip = Files.write(folder.resolve("streets.zip"), new byte[] {'P', 'K', 3, 4});

            assertThat(problem(target, MASKS, Source.of(zip)).remedy()).isEqualTo("unpack it, and give the folder");
        }
    }

    @Nested
    @DisplayName("leaves out of training")
    class WithoutLabels {

        @Test
        void pictures_without_any_labelled_pixel() throws IOException {
            pair("train/pictures/a.png", "train/masks/a.png");
            grey("train/pictures/b.png", 0, 0, 0, 0, 0, 0);
            grey("train/masks/b.png", 255, 255, 255, 255, 255, 255);
            grey("val/pictures/c.png", 0, 0, 0, 0, 0, 0);
            grey("val/masks/c.png", 255, 255, 255, 255, 255, 255);

            ImportReport report = run(target, MASKS, root);

            assertThat(report.count(Split.TRAINING)).isEqualTo(1);
            assertThat(report.count(Split.VALIDATION)).isEqualTo(1);
            assertThat(report.remarks())
                    .contains("1 picture (streets/train/pictures/b.png) without any labelled pixel: left out of"
                            + " training.");
        }
    }

    @Nested
    @DisplayName("resizes a mask with its picture")
    class Resized {

        @Test
        void by_the_nearest_pixel_and_marks_what_a_fit_fills_as_unlabelled() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 1, 2, 2, 1, 0);

            run(target, MASKS.withPreparation(new Preparation(6, 6, ColorMode.GREY, ResizeMode.FILL)), root);

            assertThat(masks(Split.TRAINING))
                    .containsExactly("streets/pictures/a.png"
                            + " 255 255 255 255 255 255"
                            + " 0 0 1 1 2 2 0 0 1 1 2 2"
                            + " 2 2 1 1 0 0 2 2 1 1 0 0"
                            + " 255 255 255 255 255 255");
        }

        @Test
        void and_cuts_the_middle_out_as_of_the_picture() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 1, 2, 2, 1, 0);

            run(target, MASKS.withPreparation(new Preparation(2, 1, ColorMode.GREY, ResizeMode.CROP)), root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/pictures/a.png 1 1");
        }
    }

    @Nested
    @DisplayName("makes a dataset")
    class Stored {

        @ParameterizedTest
        @EnumSource(StoredForm.class)
        void that_gives_its_masks_back_in_either_form_and_verifies(StoredForm form) throws IOException {
            pair("pictures/a.png", "masks/a.png");

            run(target, MASKS.withForm(form), root);

            assertThat(masks(Split.TRAINING)).containsExactly("streets/pictures/a.png 0 1 0 1 0 1");
            try (Dataset dataset = Dataset.open(target)) {
                dataset.verify();
                dataset.holdInMemory(Split.TRAINING);
                assertThat(mask(dataset, Split.TRAINING, 0)).isEqualTo("0 1 0 1 0 1");
            }
        }

        @Test
        void that_notices_a_mask_which_was_changed() throws IOException {
            grey("pictures/a.png", 10, 20, 30, 40, 50, 60);
            grey("masks/a.png", 0, 1, 2, 2, 1, 0);
            run(target, MASKS, root);
            Path store = target.resolve("data.mdb");
            String bytes = Files.readString(store, StandardCharsets.ISO_8859_1);
            String mask = "\0\1\2\2\1\0\n";
            assertThat(bytes).containsOnlyOnce(mask);
            Files.writeString(store, bytes.replace(mask, "\0\1\2\2\1\1\n"), StandardCharsets.ISO_8859_1);

            try (Dataset dataset = Dataset.open(target)) {
                assertThatThrownBy(dataset::verify)
                        .hasMessageContaining(
                                "The mask of Picture 0 of the split TRAINING was changed since the import.");
            }
        }

        @Test
        void whose_statistics_count_labelled_pixels() throws IOException {
            grey("pictures/a.png", 0, 0, 0, 0, 0, 0);
            grey("masks/a.png", 0, 1, 1, 1, 255, 2);

            run(target, MASKS, root);

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.hasMasks()).isTrue();
                assertThat(dataset.task()).isEqualTo(new Segmentation(List.of("0", "1", "2")));
                assertThat(dataset.count(Split.TRAINING)).isEqualTo(1);
                assertThat(dataset.statistics().pixelsPerClass().get(Split.TRAINING))
                        .containsExactly(1L, 3L, 1L);
                assertThat(dataset.statistics().share(Split.TRAINING, 1)).isEqualTo(0.6);
            }
        }

        @Test
        void whose_fingerprint_tells_masks_apart() throws IOException {
            pair("pictures/a.png", "masks/a.png");
            run(target, MASKS, root);
            grey("masks/a.png", 1, 1, 0, 1, 0, 1);
            Path other = folder.resolve("other");
            run(other, MASKS, root);

            assertThat(hash(target)).isNotEqualTo(hash(other));
        }

        @Test
        void that_gives_masks_of_masked_pictures_only() throws IOException {
            ImportSteps.picture(root.resolve("cat/a.png"), 1);
            ImportSteps.picture(root.resolve("dog/b.png"), 2);
            run(target, ImportSteps.ALL_TRAINING, root);

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.hasMasks()).isFalse();
                assertThatThrownBy(() -> dataset.copyMask(Split.TRAINING, 0, new byte[4], 0))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("The dataset tiny has no masks");
            }
        }
    }

    @Nested
    @DisplayName("splits a block off")
    class Block {

        @Test
        void that_comes_last_by_name_with_numbers_as_numbers() throws IOException {
            for (int frame : new int[] {1, 2, 9, 10}) pair("pictures/" + frame + ".png", "masks/" + frame + ".png");

            run(target, MASKS.withSplits(new SplitSettings(25, 25).withOrder(SplitOrder.BLOCK)), root);

            assertThat(masks(Split.TRAINING))
                    .extracting(line -> line.split(" ")[0])
                    .containsExactlyInAnyOrder("streets/pictures/1.png", "streets/pictures/2.png");
            assertThat(masks(Split.VALIDATION))
                    .extracting(line -> line.split(" ")[0])
                    .containsExactly("streets/pictures/9.png");
            assertThat(masks(Split.TEST))
                    .extracting(line -> line.split(" ")[0])
                    .containsExactly("streets/pictures/10.png");
        }
    }

    @Nested
    @DisplayName("of published sets")
    class Published {

        @Test
        void reads_street_scenes_whose_11_says_nothing() {
            ImportSettings settings = MASKS.withPreparation(
                            new Preparation(180, 240, ColorMode.COLOR, ResizeMode.SQUASH))
                    .withTruth(new Truth.Masks(Set.of(11)));

            ImportReport report = run(target, settings, RealData.folder("camvid"));

            assertThat(report.classNames()).hasSize(11).startsWith("sky", "building");
            assertThat(report.count(Split.TRAINING)).isEqualTo(367);
            assertThat(report.count(Split.VALIDATION)).isEqualTo(101);
            assertThat(report.statistics().labelledPixels(Split.TRAINING) / (367.0 * 180 * 240))
                    .isBetween(0.955, 0.965);
            assertThat(report.remarks()).isEmpty();
        }

        @Test
        void reads_membranes_of_two_values() {
            ImportSettings settings =
                    MASKS.withPreparation(new Preparation(256, 256, ColorMode.GREY, ResizeMode.SQUASH));

            ImportReport report = run(target, settings, RealData.folder("membrane"));

            assertThat(report.classNames()).containsExactly("0", "255");
            assertThat(report.count(Split.TRAINING)).isEqualTo(24);
        }
    }

    private void pair(String picture, String mask) throws IOException {
        grey(picture, 10, 20, 30, 40, 50, 60);
        grey(mask, 0, 1, 0, 1, 0, 1);
    }

    /** Writes a grey PNG of two rows of three. */
    private void grey(String name, int... values) throws IOException {
        byte[] bytes = new byte[6];
        for (int i = 0; i < 6; i++) bytes[i] = (byte) values[i];
        file(name, PngWriter.bytes(new Pixels(2, 3, 1, bytes)));
    }

    private void jpeg(String name) throws IOException {
        file(name, JpegWriter.bytes(new Pixels(2, 3, 1, new byte[6]), 90));
    }

    private void image(String name, BufferedImage image) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void write(String name, String text) throws IOException {
        file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void file(String name, byte[] bytes) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Returns "source value value …" for every mask of a split. */
    private List<String> masks(Split split) {
        List<String> lines = new ArrayList<>();
        try (Dataset dataset = Dataset.open(target)) {
            for (int i = 0; i < dataset.count(split); i++)
                lines.add(dataset.source(split, i) + " " + mask(dataset, split, i));
        }
        return lines;
    }

    private static String mask(Dataset dataset, Split split, int index) {
        byte[] mask =
                new byte[dataset.preparation().height() * dataset.preparation().width()];
        dataset.copyMask(split, index, mask, 0);
        StringBuilder line = new StringBuilder();
        for (byte value : mask) line.append(' ').append(value & 0xff);
        return line.substring(1);
    }

    private static String hash(Path dataset) {
        try (Dataset opened = Dataset.open(dataset)) {
            return opened.contentHash();
        }
    }
}
