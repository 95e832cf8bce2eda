package io.fovea.benchmark;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A set of pictures that are shown to models that learned something else. Every set becomes files, and models read them as a user's.
 *
 * <p>Which models a set has no class in common with is told by {@link UnknownModel}.
 */
enum UnknownSet {
    MNIST,
    FASHION_MNIST,
    CIFAR10,
    CATS_DOGS,
    HYMENOPTERA,
    CAMVID,
    MEMBRANE,
    FACE_XY,
    IMAGENET_SAMPLES,
    BLACK,
    WHITE,
    NOISE;

    private static final int NOISE_PICTURES = 50;
    private static final int NOISE_SIDE = 64;

    /** Sets that nobody photographed. */
    static final List<UnknownSet> MADE = List.of(BLACK, WHITE, NOISE);

    /** Returns the set's word, as its folder is called. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns at most {@code most} pictures of the set: of files spread evenly over all of them, of stored sets the first test pictures.
     *
     * @param scratch a folder for pictures that are no files yet
     */
    List<Path> pictures(int most, Path scratch) throws IOException {
        return switch (this) {
            case MNIST, FASHION_MNIST -> idx(most, word(), scratch);
            case CIFAR10 -> cifar(most, scratch);
            case CATS_DOGS, HYMENOPTERA, FACE_XY -> files(most, word());
            case CAMVID -> files(most, "camvid/train/pictures");
            case MEMBRANE -> files(most, "membrane/train/pictures");
            case IMAGENET_SAMPLES -> files(most, "imagenet-samples/photos");
            case BLACK -> List.of(plain(scratch, 0));
            case WHITE -> List.of(plain(scratch, 255));
            case NOISE -> noise(scratch);
        };
    }

    private static List<Path> files(int most, String folder) throws IOException {
        String data = folder.split("/")[0];
        try (Stream<Path> all = Files.walk(Repository.data(data).resolve(folder))) {
            List<Path> pictures = all.filter(file -> file.toString().matches("(?i).*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
            return even(pictures, most);
        }
    }

    private static List<Path> idx(int most, String name, Path scratch) throws IOException {
        Path file = Repository.data(name).resolve(name).resolve("t10k-images-idx3-ubyte.gz");
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.readInt(); // kind
            int count = in.readInt();
            int height = in.readInt();
            int width = in.readInt();
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < Math.min(most, count); i++) {
                Pixels picture = new Pixels(height, width, 1, in.readNBytes(height * width));
                files.add(written(picture, scratch.resolve(name + "-" + i + ".png")));
            }
            return files;
        }
    }

    /** A label, then the red, green and blue values of 32 rows. */
    private static List<Path> cifar(int most, Path scratch) throws IOException {
        Path file = Repository.data("cifar10").resolve("cifar10/test_batch.first1000.bin.gz");
        int area = 32 * 32;
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < Math.min(most, 1_000); i++) {
                byte[] planes = in.readNBytes(1 + 3 * area);
                byte[] values = new byte[3 * area];
                for (int j = 0; j < values.length; j++) values[j] = planes[1 + j % 3 * area + j / 3];
                files.add(written(new Pixels(32, 32, 3, values), scratch.resolve("cifar-" + i + ".png")));
            }
            return files;
        }
    }

    private static Path written(Pixels picture, Path file) {
        PngWriter.write(picture, file);
        return file;
    }

    private static Path plain(Path scratch, int value) {
        byte[] values = new byte[NOISE_SIDE * NOISE_SIDE];
        Arrays.fill(values, (byte) value);
        Path file = scratch.resolve("plain-" + value + ".png");
        PngWriter.write(new Pixels(NOISE_SIDE, NOISE_SIDE, 1, values), file);
        return file;
    }

    /** Each pixel and colour drawn by itself, at one size: models that take other sizes see it blurred or cut. */
    private static List<Path> noise(Path scratch) {
        SplittableRandom random = new SplittableRandom(1);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < NOISE_PICTURES; i++) {
            byte[] values = new byte[NOISE_SIDE * NOISE_SIDE * 3];
            random.nextBytes(values);
            Path file = scratch.resolve("noise-" + i + ".png");
            PngWriter.write(new Pixels(NOISE_SIDE, NOISE_SIDE, 3, values), file);
            files.add(file);
        }
        return files;
    }

    private static <T> List<T> even(List<T> all, int most) {
        List<T> chosen = new ArrayList<>();
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) chosen.add(all.get((int) ((long) i * all.size() / count)));
        return chosen;
    }
}
