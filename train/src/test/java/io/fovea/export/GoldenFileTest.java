package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.source.Source;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file of a golden picture")
class GoldenFileTest {

    private final Preprocessing preprocessing =
            new Preprocessing(8, 8, ColorMode.COLOR, ResizeMode.SQUASH, new float[] {0, 0, 0}, new float[] {1, 1, 1});

    @TempDir
    Path folder;

    @Test
    void is_the_original_jpeg_without_what_the_camera_noted() throws IOException {
        byte[] plain = jpeg();
        try (Dataset dataset = dataset(noted(plain), "jpg")) {
            byte[] kept = GoldenFile.of(dataset, Split.TRAINING, 0, preprocessing);
            assertThat(kept).isEqualTo(plain);
            assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("51.5 N");
        }
    }

    @Test
    void is_a_png_of_full_size_for_other_formats() throws IOException {
        byte[] original = PngWriter.bytes(PictureDecoder.decode(jpeg(), "x", ColorMode.COLOR));
        try (Dataset dataset = dataset(original, "png")) {
            byte[] kept = GoldenFile.of(dataset, Split.TRAINING, 0, preprocessing);
            Pixels picture = PictureDecoder.decode(kept, "kept", ColorMode.COLOR);
            assertThat(List.of(picture.height(), picture.width())).containsExactly(20, 30);
        }
    }

    @Test
    void is_a_png_of_the_prepared_picture_if_the_original_is_gone_or_has_changed() throws IOException {
        try (Dataset dataset = dataset(jpeg(), "jpg")) {
            byte[] prepared = PngWriter.bytes(dataset.picture(Split.TRAINING, 0));
            Path original = folder.resolve("pets/cat/0.jpg");
            Files.write(original, PngWriter.bytes(new Pixels(1, 1, 1, new byte[1])));
            assertThat(GoldenFile.of(dataset, Split.TRAINING, 0, preprocessing)).isEqualTo(prepared);
            Files.writeString(original, "text");
            assertThat(GoldenFile.of(dataset, Split.TRAINING, 0, preprocessing)).isEqualTo(prepared);
            Files.delete(original);
            assertThat(GoldenFile.of(dataset, Split.TRAINING, 0, preprocessing)).isEqualTo(prepared);
        }
    }

    @Test
    void has_a_border_where_preparation_cuts_one_off() {
        for (int margin : new int[] {1, 2, 3, 5}) {
            Preprocessing cutting = new Preprocessing(
                    8, 8, ColorMode.COLOR, ResizeMode.CROP, margin, new float[] {0, 0, 0}, new float[] {1, 1, 1});
            byte[] values = new byte[8 * 8 * 3];
            new java.util.Random(margin).nextBytes(values);
            Pixels prepared = new Pixels(8, 8, 3, values);
            Pixels bordered = GoldenFile.bordered(prepared, cutting);
            assertThat(bordered.height()).isEqualTo(8 + margin);
            assertThat(cutting.prepare(bordered).values()).isEqualTo(values);
        }
    }

    @Test
    void ends_where_the_picture_ends() throws IOException {
        byte[] plain = jpeg();
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(plain);
        longer.writeBytes("a second picture with notes".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(GoldenFile.withoutNotes(longer.toByteArray())).isEqualTo(plain);
    }

    private Dataset dataset(byte[] picture, String extension) throws IOException {
        for (String name : List.of("cat", "dog")) {
            Path file = folder.resolve("pets/" + name + "/0." + extension);
            Files.createDirectories(file.getParent());
            Files.write(file, picture);
        }
        ImportSettings settings = ImportSettings.of("pets", new Preparation(8, 8, ColorMode.COLOR, ResizeMode.SQUASH))
                .withSplits(new SplitSettings(0, 0))
                .withMinimumPerClass(1);
        Path store = folder.resolve("store");
        DatasetImport.run(List.of(Source.of(folder.resolve("pets"))), settings, store, (done, total) -> {});
        return Dataset.open(store);
    }

    /** 30 by 20 pixels of many colours. */
    private static byte[] jpeg() throws IOException {
        BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 20; y++) for (int x = 0; x < 30; x++) image.setRGB(x, y, 0x010300 * x * 2 + 11 * y);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    /** The JPEG with an application segment and a comment after its first segment. */
    private static byte[] noted(byte[] jpeg) {
        byte[] note = "taken at 51.5 N".getBytes(StandardCharsets.ISO_8859_1);
        int start = 4 + ((jpeg[4] & 0xff) << 8 | jpeg[5] & 0xff);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, start);
        for (int marker : new int[] {0xe1, 0xfe}) {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, 0, (byte) (note.length + 2)});
            out.writeBytes(note);
        }
        out.write(jpeg, start, jpeg.length - start);
        return out.toByteArray();
    }
}
