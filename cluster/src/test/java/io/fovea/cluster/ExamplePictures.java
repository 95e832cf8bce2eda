package io.fovea.cluster;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Digits and photographs of the shared data, which may be absent. */
final class ExamplePictures {

    private ExamplePictures() {}

    /** Returns a file or folder of the shared data, if it is on this machine. */
    static Optional<Path> shared(String name) {
        return Stream.of(System.getenv("FOVEA_DATA"), "../../shared/data", "../shared/data")
                .filter(folder -> folder != null && !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists)
                .findFirst();
    }

    /** Writes the first digits of MNIST's test pictures as PNG files in ten folders. */
    static void digits(int count, Path folder) throws IOException {
        Path packed = shared("mnist/t10k-images-idx3-ubyte.gz").orElseThrow();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            in.skipNBytes(16);
            for (int i = 0; i < count; i++) {
                Path file = folder.resolve(String.format(Locale.ROOT, "%d/%05d.png", i % 10, i));
                Files.createDirectories(file.getParent());
                Files.write(file, PngWriter.bytes(new Pixels(28, 28, 1, in.readNBytes(28 * 28))));
            }
        }
    }

    /** Copies photographs into a folder. */
    static void photographs(int count, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> files;
        try (Stream<Path> listed = Files.list(shared("imagenet-samples/photos").orElseThrow())) {
            files = listed.sorted().limit(count).toList();
        }
        for (Path file : files) Files.copy(file, folder.resolve(file.getFileName()));
    }

    /** A PNG file whose header promises 60,000 by 60,000 pixels. */
    static byte[] promising() {
        byte[] png = ExampleModels.png(0);
        byte[] side = {0, 0, (byte) 0xEA, 0x60};
        System.arraycopy(side, 0, png, 16, 4);
        System.arraycopy(side, 0, png, 20, 4);
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(png, 12, 17);
        for (int i = 0; i < 4; i++) png[29 + i] = (byte) (sum.getValue() >>> (24 - 8 * i));
        return png;
    }
}
