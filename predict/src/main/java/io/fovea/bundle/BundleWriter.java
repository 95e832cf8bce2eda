package io.fovea.bundle;

import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes bundles: the same bundle gives the same bytes, on every machine and at any time. */
public final class BundleWriter {

    /** The earliest time a zip can hold; the true one is in the manifest's provenance. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private BundleWriter() {}

    /**
     * Writes the bundle beside {@code target} and moves it into place: killed at any moment, the old file is still there.
     *
     * @throws Problem if the folder cannot be written or the disk is full
     */
    public static void write(Bundle bundle, Path target) {
        AtomicFile.write(target, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            store(zip, Bundle.MANIFEST, ManifestJson.bytes(bundle.manifest()));
            for (FileEntry entry : bundle.manifest().files()) store(zip, entry.name(), bundle.content(entry.name()));
            zip.finish();
        });
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
