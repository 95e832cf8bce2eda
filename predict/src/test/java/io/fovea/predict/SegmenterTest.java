package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.ExampleBundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.task.Segmentation;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network calls a pixel bright if its byte is above 127. */
@DisplayName("A segmenter")
class SegmenterTest {

    private static final int CUT = 255;

    @TempDir
    Path folder;

    private static Segmenter segmenter(Preprocessing preprocessing) {
        return Segmenter.of(ExampleBundle.segmentation(preprocessing), PredictionOptions.DEFAULT);
    }

    private static Segmenter segmenter(int height, int width, ResizeMode mode) {
        return segmenter(ExampleBundle.greys(height, width, mode));
    }

    private static Pixels row(int... values) {
        return rows(1, values);
    }

    private static Pixels rows(int height, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return new Pixels(height, values.length / height, 1, bytes);
    }

    private static int[] labels(Mask mask) {
        int[] labels = new int[mask.height() * mask.width()];
        for (int i = 0; i < labels.length; i++) labels[i] = mask.label(i / mask.width(), i % mask.width());
        return labels;
    }

    @Nested
    @DisplayName("given a picture")
    class Given {

        @Test
        void tells_the_class_of_every_pixel_of_one_in_its_own_size() {
            try (Segmenter segmenter = segmenter(2, 2, ResizeMode.SQUASH)) {
                Mask mask = segmenter.segment(rows(2, 0, 255, 128, 127));
                assertThat(labels(mask)).containsExactly(0, 1, 1, 0);
                assertThat(mask.unlabelled()).isZero();
            }
        }

        @Test
        void gives_a_squashed_one_a_mask_of_its_size() {
            try (Segmenter segmenter = segmenter(1, 2, ResizeMode.SQUASH)) {
                // squashed to 36 and 219; p("bright") is 0.19 0.35 0.65 0.81
                assertThat(labels(segmenter.segment(row(0, 0, 255, 255)))).containsExactly(0, 0, 1, 1);
            }
        }

        @Test
        void leaves_what_a_crop_cut_away_without_a_label() {
            try (Segmenter segmenter = segmenter(2, 2, ResizeMode.CROP)) {
                Mask mask = segmenter.segment(rows(2, 9, 9, 0, 255, 9, 9, 9, 9, 255, 0, 9, 9));
                assertThat(labels(mask)).containsExactly(CUT, CUT, 0, 1, CUT, CUT, CUT, CUT, 1, 0, CUT, CUT);
                assertThat(mask.unlabelled()).isEqualTo(8);
                assertThat(mask.classes())
                        .containsExactly(new ClassShare("dark", 0, 2, 0.5), new ClassShare("bright", 1, 2, 0.5));
            }
        }

        @Test
        void leaves_the_margin_of_a_crop_without_a_label() {
            Preprocessing margin =
                    new Preprocessing(2, 2, ColorMode.GREY, ResizeMode.CROP, 2, new float[] {0.5f}, new float[] {0.5f});
            try (Segmenter segmenter = segmenter(margin)) {
                Mask mask = segmenter.segment(rows(4, 9, 9, 9, 9, 9, 255, 0, 9, 9, 0, 255, 9, 9, 9, 9, 9));
                assertThat(labels(mask))
                        .containsExactly(CUT, CUT, CUT, CUT, CUT, 1, 0, CUT, CUT, 0, 1, CUT, CUT, CUT, CUT, CUT);
            }
        }

        @Test
        void gives_one_that_was_filled_up_nothing_of_the_black_beside_it() {
            try (Segmenter segmenter = segmenter(4, 4, ResizeMode.FILL)) {
                // enlarged to 4x4 of which the second and third row are the picture; white right up to its edge
                Mask mask = segmenter.segment(rows(1, 255, 255));
                assertThat(labels(mask)).containsExactly(1, 1);
                assertThat(mask.unlabelled()).isZero();
            }
        }

        @Test
        void gives_one_that_was_half_cropped_a_mask_of_its_size() {
            try (Segmenter segmenter = segmenter(2, 2, ResizeMode.HALF_CROP)) {
                // 2x6 becomes 1x3, of which two columns stay
                Mask mask = segmenter.segment(rows(2, 0, 0, 255, 255, 9, 9, 0, 0, 255, 255, 9, 9));
                assertThat(labels(mask)).containsExactly(0, 0, 1, 1, CUT, CUT, 0, 0, 1, 1, CUT, CUT);
            }
        }

        @Test
        void takes_a_file_its_bytes_and_a_java_image_alike() throws IOException {
            Path picture = folder.resolve("ramp.png");
            Pixels ramp = ExampleBundle.ramp(3, 5);
            PngWriter.write(ramp, picture);
            BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 15; i++) image.getRaster().setSample(i % 5, i / 5, 0, ramp.at(i / 5, i % 5, 0));
            try (Segmenter segmenter = segmenter(3, 5, ResizeMode.SQUASH)) {
                byte[] expected = segmenter.segment(ramp).labels();
                assertThat(segmenter.segment(picture).labels()).isEqualTo(expected);
                assertThat(segmenter
                                .segment(Files.readAllBytes(picture), "ramp.png")
                                .labels())
                        .isEqualTo(expected);
                assertThat(segmenter.segment(image).labels()).isEqualTo(expected);
                assertThat(segmenter.segmentPrepared(Collections.nCopies(20, ramp)))
                        .hasSize(20)
                        .allSatisfy(mask -> assertThat(mask.labels()).isEqualTo(expected));
            }
        }
    }

    @Nested
    @DisplayName("as a door shows its masks")
    class Shown {

        @Test
        void names_the_classes_that_are_there_the_largest_first() {
            try (Segmenter segmenter = segmenter(1, 4, ResizeMode.SQUASH)) {
                Answer answer = segmenter.segment(row(255, 255, 0, 255));
                assertThat(answer.words()).isEqualTo("bright 75.0 %, dark 25.0 %");
                assertThat(segmenter.segment(row(0, 0, 0, 0)).words()).isEqualTo("dark 100.0 %");
                assertThat(answer.json(1))
                        .containsEntry("height", 1)
                        .containsEntry("width", 4)
                        .containsEntry("unlabelled", 0L)
                        .containsEntry(
                                "classes",
                                List.of(new ClassShare("dark", 0, 1, 0.25), new ClassShare("bright", 1, 3, 0.75)));
            }
        }

        @Test
        void writes_labels_as_indices_of_a_palette() throws IOException {
            Path file = folder.resolve("mask.png");
            try (Segmenter segmenter = segmenter(1, 1, ResizeMode.CROP)) {
                segmenter.segment(row(9, 255, 9)).writePng(file);
            }
            BufferedImage image = ImageIO.read(file.toFile());
            assertThat(image.getColorModel()).isInstanceOf(IndexColorModel.class);
            assertThat(image.getRaster().getSample(0, 0, 0)).isEqualTo(255);
            assertThat(image.getRaster().getSample(1, 0, 0)).isEqualTo(1);
            Pixels colors = PictureDecoder.decode(file, ColorMode.COLOR);
            assertThat(new int[] {colors.at(0, 1, 0), colors.at(0, 1, 1), colors.at(0, 1, 2)})
                    .containsExactly(128, 0, 0);
        }

        @Test
        void lays_half_of_every_color_over_the_picture_and_none_where_nothing_is_known() {
            try (Segmenter segmenter = segmenter(1, 1, ResizeMode.CROP)) {
                Mask mask = segmenter.segment(row(9, 255, 8));
                Pixels overlay = mask.overlay(row(9, 255, 8)).orElseThrow();
                // (255 + 128 + 1) / 2 and (255 + 0 + 1) / 2
                assertThat(overlay.values()).containsExactly(9, 9, 9, (byte) 192, (byte) 128, (byte) 128, 8, 8, 8);
                assertThatThrownBy(() -> mask.overlay(row(1, 2)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Expected the picture of this mask, [1, 3], found [1, 2]");
            }
        }
    }

    @Nested
    @DisplayName("with maps that are large")
    class Large {

        private final Preprocessing size = ExampleBundle.greys(64, 64, ResizeMode.SQUASH);

        @Test
        void keeps_a_part_of_a_golden_result_and_replays_it() throws IOException {
            Path file = folder.resolve("large.fovea");
            BundleWriter.write(ExampleBundle.segmentation(size), file);
            try (Segmenter segmenter = Segmenter.load(file)) {
                GoldenPicture golden = segmenter.manifest().golden().get(0);
                assertThat(golden.stride()).isEqualTo(2);
                assertThat(golden.logits()).hasSize(4096);
                assertThat(segmenter.replay().orElseThrow().pictures()).isEqualTo(1);
            }
            assertThat(manifest(file)).contains("\"stride\" : 2");
            BundleWriter.write(ExampleBundle.whole(), file);
            assertThat(manifest(file)).doesNotContain("stride");
        }

        private String manifest(Path file) throws IOException {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return new String(
                        zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Test
        void names_the_number_and_its_class_if_one_that_is_kept_differs() {
            Bundle bundle = ExampleBundle.segmentation(size);
            bundle.manifest().golden().get(0).logits()[2050] = 7;
            assertThatThrownBy(() -> Model.of(bundle, PredictionOptions.DEFAULT))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .startsWith("Golden picture \"golden/00.png\" differs at the stage \"network\": expected"
                                    + " number 4100 of \"logits\" (class \"bright\") 7.0 within 7.0E-4, found "));
        }

        @Test
        void keeps_every_nth_number_of_a_large_result_with_a_prime_n() {
            assertThat(GoldenPicture.stride(1)).isEqualTo(1);
            assertThat(GoldenPicture.stride(4096)).isEqualTo(1);
            assertThat(GoldenPicture.stride(4097)).isEqualTo(2);
            assertThat(GoldenPicture.stride(4 * 4096)).isEqualTo(5);
            // 21 x 512 x 512 / 4096 is 1344
            assertThat(GoldenPicture.stride(21 * 512 * 512)).isEqualTo(1361);
        }

        @Test
        void has_few_golden_pictures() {
            GoldenPicture golden =
                    ExampleBundle.segmentation(size).manifest().golden().get(0);
            Segmentation task = new Segmentation(ExampleBundle.PIXEL_CLASSES);
            Manifest four = ExampleBundle.maps(task, size, 2, Collections.nCopies(4, golden));
            assertThat(four.golden()).hasSize(4);
            assertThatThrownBy(() -> ExampleBundle.maps(task, size, 2, Collections.nCopies(5, golden)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A model whose maps are kept in part has at most 4 golden pictures, found 5");
        }

        @Test
        void gives_many_threads_the_same_mask() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try (Segmenter segmenter = segmenter(size)) {
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    Pixels picture = ExampleBundle.ramp(20 + t, 90 - t);
                    byte[] expected = segmenter.segment(picture).labels();
                    answers.add(threads.submit(() -> {
                        boolean same = true;
                        for (int i = 0; i < 30; i++)
                            same &= Arrays.equals(
                                    expected, segmenter.segment(picture).labels());
                        return same;
                    }));
                }
                for (Future<Boolean> answer : answers) assertThat(answer.get()).isTrue();
            } finally {
                threads.shutdown();
            }
        }
    }

    @Test
    void says_that_its_training_diverged_if_nothing_is_a_number() {
        Preprocessing size = ExampleBundle.greys(1, 1, ResizeMode.SQUASH);
        Bundle bundle = ExampleBundle.segmentation(size, new float[] {Float.NaN, 1});
        try (Segmenter segmenter = Segmenter.of(bundle, PredictionOptions.DEFAULT)) {
            assertThatThrownBy(() -> segmenter.segment(row(255))).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).isEqualTo("The network gives probabilities that are not numbers");
                assertThat(problem.remedy()).startsWith("its training has diverged");
            });
        }
    }

    @Test
    void is_not_for_models_of_other_tasks() {
        assertThatThrownBy(() -> Segmenter.of(ExampleBundle.regression(), PredictionOptions.DEFAULT))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .startsWith("Expected a model for segmentation, found one for regression"));
        assertThatThrownBy(() -> Classifier.of(
                        ExampleBundle.segmentation(ExampleBundle.greys(1, 1, ResizeMode.SQUASH)),
                        PredictionOptions.DEFAULT))
                .isInstanceOf(Problem.class);
    }
}
