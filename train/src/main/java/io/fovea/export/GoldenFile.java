package io.fovea.export;

import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Pixels;
import io.fovea.image.Placement;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file that a golden picture is kept as.
 *
 * <p>The original is best, as its replay shows that decoding and resizing agree too: a JPEG as it is but without what cameras and
 * programs noted in it (place, time, owner), any other format as a PNG of its full size. Where the original is gone, has changed
 * or is large, a PNG of the prepared picture takes its place, within a border where preparation cuts one off.
 */
final class GoldenFile {

    /** Bytes of a golden picture: sixteen of them should be small beside the network. */
    private static final int LARGEST = 256 << 10;

    private static final int JFIF = 0xe0;
    private static final int ADOBE = 0xee;
    private static final int COMMENT = 0xfe;
    private static final int SCAN = 0xda;
    private static final int END = 0xd9;

    private GoldenFile() {}

    /** Returns a file that decodes and prepares to exactly the picture of the dataset. */
    static byte[] of(Dataset dataset, Split split, int index, Preprocessing preprocessing) {
        Pixels prepared = dataset.picture(split, index);
        return original(dataset, dataset.source(split, index))
                .flatMap(file -> faithful(file, prepared, preprocessing))
                .orElseGet(() -> PngWriter.bytes(bordered(prepared, preprocessing)));
    }

    /** Returns a picture of which preparation cuts out {@code prepared} again; the border repeats the picture's edge. */
    static Pixels bordered(Pixels prepared, Preprocessing preprocessing) {
        int margin = preprocessing.cropMargin();
        if (margin == 0) return prepared;
        int height = prepared.height() + margin;
        int width = prepared.width() + margin;
        int channels = prepared.channels();
        Placement placement = preprocessing.placement(height, width);
        byte[] values = new byte[height * width * channels];
        for (int y = 0; y < height; y++) {
            int fromY = Math.clamp(y + (int) placement.offsetY(), 0, prepared.height() - 1);
            for (int x = 0; x < width; x++) {
                int fromX = Math.clamp(x + (int) placement.offsetX(), 0, prepared.width() - 1);
                int from = (fromY * prepared.width() + fromX) * channels;
                System.arraycopy(prepared.values(), from, values, (y * width + x) * channels, channels);
            }
        }
        return new Pixels(height, width, channels, values);
    }

    /** Returns the picture's file, if the dataset came from a folder that is still there. */
    private static Optional<Path> original(Dataset dataset, String source) {
        for (String given : dataset.sources()) {
            try {
                Path folder = Path.of(given).toAbsolutePath().normalize();
                String prefix = folder.getFileName() + "/";
                if (!source.startsWith(prefix)) continue;
                Path file = folder.resolve(source.substring(prefix.length())).normalize();
                if (file.startsWith(folder) && Files.isRegularFile(file)) return Optional.of(file);
            } catch (InvalidPathException notAPath) {
                // A source that is no folder here cannot hold the original.
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> faithful(Path file, Pixels prepared, Preprocessing preprocessing) {
        try {
            if (Files.size(file) > LARGEST) return Optional.empty();
            byte[] content = Files.readAllBytes(file);
            byte[] kept = isJpeg(content)
                    ? withoutNotes(content)
                    : PngWriter.bytes(PictureDecoder.decode(content, file.toString(), preprocessing.colorMode()));
            if (kept.length > LARGEST) return Optional.empty();
            Pixels again =
                    preprocessing.prepare(PictureDecoder.decode(kept, file.toString(), preprocessing.colorMode()));
            return Arrays.equals(again.values(), prepared.values()) ? Optional.of(kept) : Optional.empty();
        } catch (IOException | Problem changed) {
            return Optional.empty();
        }
    }

    private static boolean isJpeg(byte[] file) {
        return file.length > 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8;
    }

    /**
     * Returns a JPEG without its comment and application segments, but for JFIF (APP0) and Adobe (APP14), which say how colours
     * are coded, and without what follows its end. Pixels stay as they are; an orientation is lost, and {@link #faithful} then
     * refuses the result.
     *
     * <p>Source: ITU-T T.81, B.1.1.2 to B.1.1.5 (markers, segments, entropy-coded data).
     */
    static byte[] withoutNotes(byte[] jpeg) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(jpeg.length);
        kept.write(jpeg, 0, 2);
        int at = 2;
        while (at + 4 <= jpeg.length) {
            int marker = jpeg[at + 1] & 0xff;
            if (marker == END) break;
            int end = Math.min(jpeg.length, at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff));
            if (marker == SCAN) end = endOfScan(jpeg, end);
            if (!isNote(marker)) kept.write(jpeg, at, end - at);
            at = end;
        }
        kept.write(0xff);
        kept.write(END);
        return kept.toByteArray();
    }

    private static boolean isNote(int marker) {
        boolean application = marker >= 0xe0 && marker <= 0xef;
        return marker == COMMENT || application && marker != JFIF && marker != ADOBE;
    }

    /** Returns where the next segment begins: 0xff in coded data is followed by 0x00, or is a restart marker, 0xd0 to 0xd7. */
    private static int endOfScan(byte[] jpeg, int from) {
        for (int at = from; at + 1 < jpeg.length; at++) {
            int next = jpeg[at + 1] & 0xff;
            if ((jpeg[at] & 0xff) == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) return at;
        }
        return jpeg.length;
    }
}
