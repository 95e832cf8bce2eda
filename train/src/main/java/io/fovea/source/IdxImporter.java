package io.fovea.source;

import io.fovea.dataset.FileFailure;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lists the pictures of a pair of idx files, plain or gzipped: the format of MNIST and its kin.
 *
 * <p>Big-endian ints: images begin with 2051, count, rows, columns; labels with 2049, count. Bytes follow.
 *
 * <p>Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats".
 */
public final class IdxImporter {

    public static final int IMAGES_MAGIC = 2051;
    public static final int LABELS_MAGIC = 2049;

    private static final int LARGEST_SIDE = Preparation.LARGEST_SIDE;
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** Every label that a byte can be. */
    private static final List<String> NUMBERS =
            IntStream.range(0, 256).mapToObj(String::valueOf).toList();

    private IdxImporter() {}

    /**
     * Lists one pair.
     *
     * @param classNames by label; if empty, labels up to 9 are the ten digits, and larger ones, as of letters, are classes in the order of
     *     their numbers
     */
    static SourceListing list(Path images, Path labels, Split part, List<String> classNames) {
        try {
            Header header = header(images);
            byte[] values = labels(labels, header.count(), images);
            boolean letters = classNames.isEmpty() && largest(values) >= DIGITS.size();
            List<String> names = letters ? NUMBERS : classNames.isEmpty() ? DIGITS : classNames;
            List<ListedPicture> pictures = new ArrayList<>(values.length);
            String prefix = SourceName.of(images) + "#";
            for (int i = 0; i < values.length; i++) {
                int label = values[i] & 0xff;
                if (label >= names.size()) throw outOfRange(label, i, names.size(), labels);
                pictures.add(new ListedPicture(prefix + i, names.get(label), part));
            }
            return letters
                    ? new SourceListing(pictures, List.of(), List.of(numbered(labels)), reading(images, header))
                    : new SourceListing(pictures, names, List.of(), reading(images, header));
        } catch (IOException e) {
            throw FileFailure.unreadable(images, e);
        }
    }

    /** Returns the labels file that by its name belongs to an images file, if it lies beside it. */
    static Optional<Path> labelsBeside(Path images) {
        String name = SourceName.of(images).replace("images", "labels").replace("idx3", "idx1");
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        for (String candidate : List.of(name, plain, plain + ".gz")) {
            Path file = images.resolveSibling(candidate);
            if (!candidate.equals(SourceName.of(images)) && Files.isRegularFile(file)) return Optional.of(file);
        }
        return Optional.empty();
    }

    /** Returns the magic number of a file, or 0 if it has none of idx. */
    public static int magic(Path file) {
        try {
            byte[] first = Decompression.beginning(file, 4);
            if (first.length < 4 || first[0] != 0 || first[1] != 0 || first[2] != 8) return 0;
            return 0x800 + first[3];
        } catch (IOException e) {
            return 0;
        }
    }

    /** Returns the shape that every picture of the file has. */
    public static Preparation shape(Path images) throws IOException {
        Header header = header(images);
        return new Preparation(header.rows, header.columns, ColorMode.GREY, ResizeMode.SQUASH);
    }

    /** Returns the same of a file within an archive. */
    public static Preparation shape(InputStream images, Path archive) throws IOException {
        Header header = header(new DataInputStream(images), archive);
        return new Preparation(header.rows, header.columns, ColorMode.GREY, ResizeMode.SQUASH);
    }

    private record Header(int count, int rows, int columns) {}

    private static Header header(Path images) throws IOException {
        try (DataInputStream in = new DataInputStream(Decompression.open(images))) {
            return header(in, images);
        }
    }

    private static Header header(DataInputStream in, Path images) throws IOException {
        checkMagic(IMAGES_MAGIC, in.readInt(), images, "pictures");
        Header header = new Header(in.readInt(), in.readInt(), in.readInt());
        boolean sides =
                header.rows > 0 && header.columns > 0 && header.rows <= LARGEST_SIDE && header.columns <= LARGEST_SIDE;
        if (header.count < 0 || !sides || (long) header.rows * header.columns > Integer.MAX_VALUE / 4) {
            throw new Problem(
                    "Expected a sensible picture size and count, found " + header.count + " pictures of "
                            + header.columns + "x" + header.rows + ".",
                    images.toString(),
                    "the file is damaged or no idx file: fetch it again");
        }
        return header;
    }

    private static byte[] labels(Path labels, int expected, Path images) throws IOException {
        try (DataInputStream in = new DataInputStream(Decompression.open(labels))) {
            checkMagic(LABELS_MAGIC, in.readInt(), labels, "labels");
            int count = in.readInt();
            if (count != expected) {
                throw new Problem(
                        "Expected " + expected + " labels for " + expected + " pictures, found " + count + ".",
                        labels + " and " + images,
                        "give the two files that belong together");
            }
            byte[] values = in.readNBytes(count);
            if (values.length < count) throw cutOff(count + " labels", String.valueOf(values.length), labels);
            refuseRest(in, labels);
            return values;
        } catch (IOException e) {
            throw FileFailure.unreadable(labels, e);
        }
    }

    private static String numbered(Path labels) {
        return "The labels of " + SourceName.of(labels)
                + " go beyond the ten digits; the classes are called by their numbers."
                + " To name them, give a name for every number from 0: classes=FILE.";
    }

    private static int largest(byte[] labels) {
        int largest = 0;
        for (byte label : labels) largest = Math.max(largest, label & 0xff);
        return largest;
    }

    private static PictureReading reading(Path images, Header listed) {
        return PictureReading.of(images, (wanted, receiver) -> {
            try (DataInputStream in = new DataInputStream(Decompression.open(images))) {
                Header header = header(in, images);
                if (!header.equals(listed)) throw new IOException("it was changed during the import");
                int size = header.rows * header.columns;
                for (int i = 0; i < header.count; i++) {
                    byte[] values = in.readNBytes(size);
                    if (values.length < size) throw cutOff(header.count + " pictures", String.valueOf(i), images);
                    if (wanted.test(i)) {
                        receiver.receive(
                                i, new PictureContent.Decoded(new Pixels(header.rows, header.columns, 1, values)));
                    }
                }
                refuseRest(in, images);
            }
        });
    }

    private static void refuseRest(InputStream in, Path file) throws IOException {
        if (in.read() < 0) return;
        throw new Problem(
                "Expected the end of the file after the announced count, found more.",
                file.toString(),
                "the count in the file's header is wrong, or the file is damaged: fetch it again");
    }

    private static void checkMagic(int expected, int found, Path file, String content) {
        if (found == expected) return;
        throw new Problem(
                "Expected the magic number " + expected + " of idx " + content + ", found " + found + ".",
                file.toString(),
                "give an idx file of unsigned bytes with " + content + ", as those of MNIST");
    }

    private static Problem cutOff(String expected, String found, Path file) {
        return new Problem(
                "Expected " + expected + ", but the file ends after " + found + ".",
                file.toString(),
                "the file is cut off: fetch it again");
    }

    private static Problem outOfRange(int label, int index, int classes, Path labels) {
        return new Problem(
                "Expected labels 0 … " + (classes - 1) + ", found " + label + ".",
                labels + ", label " + index,
                "give a file with all class names, one per line, as a further source: classes=FILE");
    }
}
