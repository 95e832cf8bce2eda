package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import io.fovea.problem.Problem;
import java.util.Optional;

/**
 * The first directory of a TIFF structure: a whole TIFF file, or the EXIF part of another picture.
 *
 * <p>Source: TIFF 6.0 (1992), section 2.
 *
 * @param file   the file it lies in
 * @param start  its first byte there; offsets inside count from it
 * @param endian the order of bytes in its numbers
 */
record TiffDirectory(PictureFile file, long start, Endian endian) {

    static final int ORIENTATION = 274;

    private static final int ENTRY_LENGTH = 12;

    /** Returns the orientation that an EXIF part within [start, end) tells, if it tells one. */
    static Optional<Orientation> orientation(PictureFile file, long start, long end) {
        if (end > file.length()) return Optional.empty();
        // Some writers repeat the letters that JPEG puts before the directory.
        long directoryAt = file.holds("Exif\0\0", start) ? start + 6 : start;
        try {
            return at(file, directoryAt)
                    .flatMap(directory -> directory.entry(ORIENTATION))
                    .filter(entry -> entry.valueAt() + entry.size() <= end)
                    .map(entry -> Orientation.of((int) entry.value(0)));
        } catch (Problem outside) {
            return Optional.empty(); // a picture is not lost because the remarks about it are
        }
    }

    /** Returns the structure at {@code start}, if there is one. */
    static Optional<TiffDirectory> at(PictureFile file, long start) {
        if (file.holds("II*\0", start)) return Optional.of(new TiffDirectory(file, start, Endian.LITTLE));
        if (file.holds("MM\0*", start)) return Optional.of(new TiffDirectory(file, start, Endian.BIG));
        return Optional.empty();
    }

    /** Returns the first number of this tag, or {@code absent}. */
    long number(int tag, long absent) {
        return entry(tag).map(entry -> entry.value(0)).orElse(absent);
    }

    /** Returns the first number of a tag that every picture has. */
    long number(int tag) {
        return entry(tag)
                .orElseThrow(() -> file.damaged("a TIFF file without tag " + tag))
                .value(0);
    }

    /** Returns the entry with this tag, if the directory has one. */
    Optional<Entry> entry(int tag) {
        long first = start + file.intAt(start + 4, endian);
        int count = file.shortAt(first, endian);
        for (int i = 0; i < count; i++) {
            long at = first + 2 + (long) i * ENTRY_LENGTH;
            if (file.shortAt(at, endian) == tag) return Optional.of(read(at));
        }
        return Optional.empty();
    }

    private Entry read(long at) {
        int size = Entry.size(file.shortAt(at + 2, endian));
        long count = file.intAt(at + 4, endian);
        // Values that fit into four bytes stand in the entry itself.
        long valueAt = size * count <= 4 ? at + 8 : start + file.intAt(at + 8, endian);
        return new Entry(this, size, count, valueAt);
    }

    /**
     * An entry of numbers.
     *
     * @param directory the directory it belongs to
     * @param size      bytes of each number: 1, 2, 4, or 8 for a fraction
     * @param count     how many numbers
     * @param valueAt   where in the file the first one lies
     */
    record Entry(TiffDirectory directory, int size, long count, long valueAt) {

        /** Bytes of a number of this type; types that no tag read here has count as four. */
        private static int size(int type) {
            return switch (type) {
                case 1, 2, 6, 7 -> 1;
                case 3, 8 -> 2;
                case 5, 10 -> 8;
                default -> 4;
            };
        }

        /** Returns a whole number, without sign. */
        long value(long index) {
            long at = valueAt + index * size;
            return switch (size) {
                case 1 -> directory.file.byteAt(at);
                case 2 -> directory.file.shortAt(at, directory.endian);
                default -> directory.file.intAt(at, directory.endian);
            };
        }

        /** Returns a fraction, which is two whole numbers. */
        double fraction(long index) {
            long at = valueAt + index * size;
            if (size != 8) return value(index);
            return (double) directory.file.intAt(at, directory.endian) / directory.file.intAt(at + 4, directory.endian);
        }
    }
}
