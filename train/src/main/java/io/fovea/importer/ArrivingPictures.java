package io.fovea.importer;

import io.fovea.codec.PngWriter;
import io.fovea.file.AtomicFile;
import io.fovea.image.PictureSheet;
import io.fovea.image.Pixels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The pictures that an import prepared last, as one PNG that is replaced about once a second: whoever waits sees what comes in. For one thread.
 *
 * <p>Pictures come by the thousand in a second and alike ones one after the other, so few of them are taken.
 */
public final class ArrivingPictures implements ImportListener {

    /** In a row of the PNG. */
    public static final int COLUMNS = 12;

    private static final int MOST = 2 * COLUMNS;
    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(40);
    private static final Duration BETWEEN_SHEETS = Duration.ofMillis(800);

    private final Path file;
    private final ImportListener progress;
    private final ArrayDeque<Pixels> last = new ArrayDeque<>();
    private long pictureAt;
    private long sheetAt = System.nanoTime() - BETWEEN_SHEETS.dividedBy(2).toNanos();

    /**
     * No picture yet.
     *
     * @param file     of the PNG
     * @param progress hears how far the import is
     */
    public ArrivingPictures(Path file, ImportListener progress) {
        this.file = file;
        this.progress = progress;
    }

    @Override
    public void progressed(long done, long total) {
        if (done == total && !last.isEmpty()) write();
        progress.progressed(done, total);
    }

    @Override
    public void arrived(Pixels picture) {
        long now = System.nanoTime();
        if (last.size() == MOST && now - pictureAt < BETWEEN_PICTURES.toNanos()) return;
        pictureAt = now;
        if (last.size() == MOST) last.removeFirst();
        last.addLast(PictureSheet.small(picture));
        if (now - sheetAt < BETWEEN_SHEETS.toNanos()) return;
        sheetAt = now;
        write();
    }

    private void write() {
        AtomicFile.write(file, PngWriter.bytes(PictureSheet.of(List.copyOf(last), COLUMNS)));
    }
}
