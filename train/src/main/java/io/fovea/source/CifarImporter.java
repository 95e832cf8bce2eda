package io.fovea.source;

import io.fovea.dataset.FileFailure;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lists the pictures of the binary files of CIFAR-10 and CIFAR-100, plain or gzipped.
 *
 * <p>A record is the label (CIFAR-100: coarse label, fine label), then 32x32 red, green and blue bytes. The fine label is used.
 *
 * <p>Source: Krizhevsky 2009, "Learning multiple layers of features from tiny images"; layout of the binary version.
 */
public final class CifarImporter {

    private static final int SIDE = 32;
    /** The shape that every picture has. */
    public static final Preparation SHAPE = new Preparation(SIDE, SIDE, ColorMode.COLOR, ResizeMode.SQUASH);

    private static final int AREA = SIDE * SIDE;

    private enum Kind {
        CIFAR_10(1, 10, "batches.meta.txt"),
        CIFAR_100(2, 100, "fine_label_names.txt");

        private final int labelBytes;
        private final int classes;
        private final String classNamesFile;

        Kind(int labelBytes, int classes, String classNamesFile) {
            this.labelBytes = labelBytes;
            this.classes = classes;
            this.classNamesFile = classNamesFile;
        }

        int recordBytes() {
            return labelBytes + 3 * AREA;
        }
    }

    private CifarImporter() {}

    /** Returns whether a file name is that of the class names. */
    static boolean isClassNamesFile(String name) {
        return name.equals(Kind.CIFAR_10.classNamesFile) || name.equals(Kind.CIFAR_100.classNamesFile);
    }

    /**
     * Lists a file, or those of a folder.
     *
     * @param classNames by label; empty for the names beside the files, or else numbers
     */
    public static List<SourceListing> list(Source source, List<String> classNames) throws IOException {
        List<PassedOver> passedOver = new ArrayList<>();
        List<Path> files = List.of(source.path());
        if (Files.isDirectory(source.path())) {
            files = DataFiles.distinct(source.path(), DataFiles::isCifar, passedOver);
            passedOver.addAll(DataFiles.picturesBeside(source.path()));
        }
        DataFiles.refuseSeveralParts(source, files);
        List<SourceListing> listings = new ArrayList<>();
        for (Path file : files) {
            Split part = source.role().split().orElseGet(() -> partOf(source, file));
            try {
                Kind kind = kind(file);
                listings.add(list(file, kind, part, classNames.isEmpty() ? namesBeside(file, kind) : classNames)
                        .with(passedOver));
                passedOver.clear();
            } catch (IOException e) {
                throw FileFailure.unreadable(file, e);
            }
        }
        return listings;
    }

    private static Split partOf(Source source, Path file) {
        return file.equals(source.path()) ? DataFiles.part(file) : DataFiles.part(source.path(), file);
    }

    private static SourceListing list(Path file, Kind kind, Split part, List<String> names) throws IOException {
        List<ListedPicture> pictures = new ArrayList<>();
        String prefix = SourceName.of(file) + "#";
        try (InputStream in = Decompression.open(file)) {
            for (byte[] record = record(in, kind); record.length > 0; record = record(in, kind)) {
                int label = record[kind.labelBytes - 1] & 0xff;
                if (label >= names.size()) throw outOfRange(label, names.size(), file, pictures.size());
                pictures.add(new ListedPicture(prefix + pictures.size(), names.get(label), part));
            }
        }
        return new SourceListing(pictures, names, List.of(), PictureReading.of(file, (wanted, receiver) -> {
            try (InputStream in = Decompression.open(file)) {
                for (int i = 0; i < pictures.size(); i++) {
                    byte[] record = record(in, kind);
                    if (record.length == 0) throw new IOException("it was changed during the import");
                    if (wanted.test(i)) receiver.receive(i, new PictureContent.Decoded(pixels(record, kind)));
                }
            }
        }));
    }

    /** Returns the next record, or nothing at the end; {@link #kind} has seen that the last one is whole. */
    private static byte[] record(InputStream in, Kind kind) throws IOException {
        byte[] record = in.readNBytes(kind.recordBytes());
        return record.length == kind.recordBytes() ? record : new byte[0];
    }

    /** Planes [3, 32, 32] → [32, 32, 3]. */
    private static Pixels pixels(byte[] record, Kind kind) {
        byte[] values = new byte[3 * AREA];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < AREA; i++) values[3 * i + c] = record[kind.labelBytes + c * AREA + i];
        }
        return new Pixels(SIDE, SIDE, 3, values);
    }

    /** The files of CIFAR-10 are called batches, those of CIFAR-100 are not; that decides where the length does not. */
    private static Kind kind(Path file) throws IOException {
        long length = 0;
        try (InputStream in = Decompression.open(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) length += read;
        }
        boolean named100 = !SourceName.of(file).toLowerCase(Locale.ROOT).contains("batch")
                && !PartName.mentioned(SourceName.of(file)).isEmpty();
        boolean whole10 = length % Kind.CIFAR_10.recordBytes() == 0;
        boolean whole100 = length % Kind.CIFAR_100.recordBytes() == 0;
        if (length == 0 || !whole10 && !whole100) {
            throw new Problem(
                    "Expected whole records of " + Kind.CIFAR_10.recordBytes() + " bytes (CIFAR-10) or "
                            + Kind.CIFAR_100.recordBytes() + " bytes (CIFAR-100), found " + length + " bytes.",
                    file.toString(),
                    "the file is cut off or of another kind: fetch it again");
        }
        return whole100 && (named100 || !whole10) ? Kind.CIFAR_100 : Kind.CIFAR_10;
    }

    private static List<String> namesBeside(Path file, Kind kind) {
        Path names = file.resolveSibling(kind.classNamesFile);
        if (Files.isRegularFile(names))
            return ClassNamesFile.read(names, Optional.empty()).names();
        return IntStream.range(0, kind.classes).mapToObj(String::valueOf).toList();
    }

    private static Problem outOfRange(int label, int classes, Path file, int index) {
        return new Problem(
                "Expected labels 0 … " + (classes - 1) + ", found " + label + ".",
                file + ", picture " + index,
                "the file is damaged or of another kind: fetch it again");
    }
}
