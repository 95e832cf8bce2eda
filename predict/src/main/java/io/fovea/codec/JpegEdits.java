package io.fovea.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Small changes of a JPEG file: bytes left out, and bytes whose value libjpeg would complain about. Not for several threads. */
final class JpegEdits {

    private static final int NONE = -1;

    private final PictureFile file;
    private final List<Edit> edits = new ArrayList<>();
    private int transformAt = NONE;
    private int channels;

    JpegEdits(PictureFile file) {
        this.file = file;
    }

    /** Leaves out [from, to). */
    void drop(int from, int to) {
        if (to > from) edits.add(new Edit(from, to, NONE));
    }

    /** Sets a byte. */
    void replace(int at, int value) {
        if (file.byteAt(at) != value) edits.add(new Edit(at, at + 1, value));
    }

    /** Tells where Adobe's programs say how colours are coded. */
    void transformAt(int at) {
        transformAt = at;
    }

    void channels(int count) {
        channels = count;
    }

    /** Returns the changed file; the same one if nothing changes. */
    PictureFile applied() {
        if (transformAt != NONE) nameTransform();
        if (edits.isEmpty()) return file;
        edits.sort(Comparator.comparingInt(Edit::from));
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length());
        int at = 0;
        for (Edit edit : edits) {
            out.write(file.bytes(), at, edit.from() - at);
            if (edit.value() != NONE) out.write(edit.value());
            at = edit.to();
        }
        out.write(file.bytes(), at, file.length() - at);
        return new PictureFile(out.toByteArray(), file.name(), file.limits());
    }

    /** Three channels are RGB or YCbCr, four are CMYK or YCCK; readers take the second of each for any other number. */
    private void nameTransform() {
        int transform = file.byteAt(transformAt);
        int expected = channels == 4 ? 2 : 1;
        if (channels >= 3 && transform != 0 && transform != expected) replace(transformAt, expected);
    }

    private record Edit(int from, int to, int value) {}
}
