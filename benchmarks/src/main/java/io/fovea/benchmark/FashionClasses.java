package io.fovea.benchmark;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Fashion-MNIST by classes, in memory.
 *
 * @param training for each class its training pictures, in their order
 * @param test     for each class its test pictures
 */
record FashionClasses(List<List<Pixels>> training, List<List<Pixels>> test) {

    /** The classes in the order of their labels; folders can be named like this. */
    static final List<String> NAMES = List.of(
            "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final int SIDE = 28;
    private static final int PICTURES_AT = 16;
    private static final int LABELS_AT = 8;

    /** Reads the four files. */
    static FashionClasses read(Path folder) throws IOException {
        return new FashionClasses(part(folder, "train"), part(folder, "t10k"));
    }

    private static List<List<Pixels>> part(Path folder, String name) throws IOException {
        byte[] pictures = unpacked(folder.resolve(name + "-images-idx3-ubyte.gz"));
        byte[] labels = unpacked(folder.resolve(name + "-labels-idx1-ubyte.gz"));
        List<List<Pixels>> byClass = new ArrayList<>();
        for (int c = 0; c < NAMES.size(); c++) byClass.add(new ArrayList<>());
        for (int i = 0; i + LABELS_AT < labels.length; i++) {
            byte[] own = new byte[SIDE * SIDE];
            System.arraycopy(pictures, PICTURES_AT + i * own.length, own, 0, own.length);
            byClass.get(labels[LABELS_AT + i]).add(new Pixels(SIDE, SIDE, 1, own));
        }
        return byClass;
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    /** Returns all test pictures of a class. */
    List<Pixels> test(String name) {
        return test.get(NAMES.indexOf(name));
    }

    /** Writes pictures of some classes as {@code folder/train/NAME} and {@code folder/test/NAME}. */
    void write(List<String> names, int perClass, Path folder) throws IOException {
        for (String name : names) {
            int label = NAMES.indexOf(name);
            writeClass(training.get(label), perClass, folder.resolve("train").resolve(name));
            writeClass(test.get(label), perClass, folder.resolve("test").resolve(name));
        }
    }

    private static void writeClass(List<Pixels> pictures, int most, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < Math.min(most, pictures.size()); i++)
            PngWriter.write(pictures.get(i), folder.resolve(String.format(Locale.ROOT, "%05d.png", i)));
    }
}
