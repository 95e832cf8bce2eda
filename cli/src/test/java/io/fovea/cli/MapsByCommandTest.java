package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Bundle;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.ColorMode;
import io.fovea.predict.Mask;
import io.fovea.predict.Reconstructor;
import io.fovea.predict.Segmenter;
import io.fovea.task.Segmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("From pictures to maps by command")
class MapsByCommandTest {

    @Nested
    @DisplayName("a network that gives every pixel a class")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Segmenting {

        private Path folder;
        private InProcess program;
        private JsonNode trained;

        @BeforeAll
        void learns_discs_from_masks(@TempDir Path temporary) throws IOException {
            folder = temporary;
            program = new InProcess(folder.resolve("workspace"));
            DrawnDiscs.write(folder.resolve("discs/train"), 44, 1);
            DrawnDiscs.write(folder.resolve("discs/test"), 20, 2);
            Files.writeString(folder.resolve("discs/classes.txt"), "ground\ndisc\n");
            ok(program, "data import discs " + folder.resolve("discs") + " --task segmentation --size 32 --color grey");
            trained = ok(
                            program,
                            "train --data discs --network unet-small --epochs 6 --seed 1 --precision float32 --threads"
                                    + " 1 --json")
                    .json();
        }

        @Test
        void is_judged_by_mean_intersection_over_union_with_an_interval() {
            assertThat(trained.path("split").asText()).isEqualTo("test");
            assertThat(score(trained)).isGreaterThan(0.8);
            assertThat(trained.path("meanIntersectionOverUnionInterval")).hasSize(2);
        }

        @Test
        void is_exported_as_it_was_trained() {
            assertThat(trained.path("parityMaxAbsDifference").asDouble()).isLessThan(1e-4);
            assertThat(bundle().manifest().task()).isEqualTo(new Segmentation(List.of("ground", "disc")));
        }

        @Test
        void gives_a_mask_in_the_size_of_any_photo() {
            try (Segmenter segmenter =
                    Segmenter.load(Path.of(trained.path("bundle").asText()))) {
                Mask mask = segmenter.segment(DrawnDiscs.disc(80, 120, 60, 40, 24, new SplittableRandom(3)));
                assertThat(mask.height()).isEqualTo(80);
                assertThat(mask.width()).isEqualTo(120);
                assertThat(mask.label(40, 60)).isEqualTo(1);
                assertThat(mask.label(4, 4)).isZero();
            }
        }

        @Test
        void scores_the_same_when_the_file_is_evaluated() {
            JsonNode evaluated = ok(
                            program,
                            "evaluate discs-unet-small --data discs --output " + folder.resolve("report") + " --json")
                    .json();
            assertThat(score(evaluated)).isCloseTo(score(trained), within(1e-3));
            assertThat(folder.resolve("report")).isDirectoryContaining("glob:**/worst.png");
            assertThat(folder.resolve("report/per-class.csv")).content().contains("0,ground,", "1,disc,");
        }

        @Test
        void is_told_class_by_class() {
            assertThat(ok(program, "evaluate discs-unet-small --data discs").results())
                    .startsWith("Mean IoU  ")
                    .contains("95 % interval", "20 pictures", "of the labelled pixels right, on test")
                    .containsPattern("ground +[0-9.]+ %")
                    .containsPattern("disc +[0-9.]+ %");
        }

        @Test
        void writes_a_mask_and_an_overlay_of_a_photo() {
            Path photo = folder.resolve("photo.png");
            PngWriter.write(DrawnDiscs.disc(48, 64, 30, 24, 12, new SplittableRandom(4)), photo);
            Path mask = folder.resolve("mask.png");
            Path overlay = folder.resolve("over.png");
            Outcome outcome =
                    ok(program, "predict discs-unet-small " + photo + " --out " + mask + " --overlay " + overlay);
            assertThat(outcome.results()).contains("ground ", "disc ");
            assertThat(PictureDecoder.decode(mask, ColorMode.COLOR).width()).isEqualTo(64);
            assertThat(PictureDecoder.decode(overlay, ColorMode.COLOR).height()).isEqualTo(48);
        }

        private Bundle bundle() {
            return Bundle.open(Path.of(trained.path("bundle").asText()));
        }

        private static double score(JsonNode json) {
            return json.path("meanIntersectionOverUnion").asDouble();
        }
    }

    @Nested
    @DisplayName("a network that takes noise off digits")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Denoising {

        private InProcess program;
        private JsonNode trained;

        @BeforeAll
        void learns_from_the_pictures_themselves(@TempDir Path folder) {
            program = new InProcess(folder.resolve("workspace"));
            GeneratedDigits.generate(20, 2, 4).write(folder.resolve("idx"));
            ok(program, "data import digits " + folder.resolve("idx") + " --size 14");
            trained = ok(
                            program,
                            "train --data digits --task reconstruction --noise 0.3 --network denoiser-small --epochs 3"
                                    + " --seed 1 --precision float32 --threads 1 --json")
                    .json();
        }

        @Test
        void brings_pictures_nearer_to_what_they_were() {
            assertThat(trained.path("psnr").asDouble())
                    .isGreaterThan(trained.path("psnrAsShown").asDouble() + 1);
        }

        @Test
        void scores_the_same_when_the_file_is_evaluated_with_the_noise_it_was_trained_with() {
            JsonNode evaluated = ok(program, "evaluate digits-denoiser-small --data digits --json")
                    .json();
            assertThat(evaluated.path("psnrAsShown").asDouble())
                    .isCloseTo(trained.path("psnrAsShown").asDouble(), within(1e-9));
            assertThat(evaluated.path("psnr").asDouble())
                    .isCloseTo(trained.path("psnr").asDouble(), within(1e-2));
        }

        @Test
        void opens_as_a_reconstructor() {
            try (Reconstructor reconstructor =
                    Reconstructor.load(Path.of(trained.path("bundle").asText()))) {
                assertThat(reconstructor.model().manifest().task().word()).isEqualTo("reconstruction");
            }
        }
    }

    private static Outcome ok(InProcess program, String line) {
        Outcome call = program.run(line);
        assertThat(call.exitCode()).as(call.progress()).isZero();
        return call;
    }
}
