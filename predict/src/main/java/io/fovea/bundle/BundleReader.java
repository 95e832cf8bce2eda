package io.fovea.bundle;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a bundle and believes nothing: the zip's directory is checked first, then the manifest, then every other entry against
 * the manifest's size and SHA-256. The manifest itself is held to the zip's CRC-32.
 */
final class BundleReader {

    private static final int LARGEST_MANIFEST = 64 << 20;

    private static final String COPY_AGAIN = "copy the file again from where it came from, or export the model again";

    private final Path file;
    private final ZipFile zip;

    private BundleReader(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    static Bundle read(Path file) {
        return open(file, BundleReader::bundle);
    }

    /** Reads one entry of a bundle that was checked before, and checks it again: the file may have changed. */
    static byte[] readAgain(Path file, Manifest manifest, String name) {
        FileEntry expected = manifest.files().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
        return open(file, reader -> reader.checked(reader.entries(), expected, Keep.BYTES));
    }

    private interface Step<T> {
        T with(BundleReader reader) throws IOException;
    }

    private static <T> T open(Path file, Step<T> step) {
        if (!Files.exists(file)) {
            throw new Problem(
                    "There is no such file", file.toString(), "check the path; a model's file name ends in .fovea");
        }
        if (!Files.isRegularFile(file)) {
            throw new Problem("Expected a model file, found a folder", file.toString(), "name the .fovea file itself");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return step.with(new BundleReader(file, zip));
        } catch (ZipException e) {
            throw new Problem("Not a complete bundle: " + e.getMessage(), file.toString(), COPY_AGAIN, e);
        } catch (NoSuchFileException e) {
            throw new Problem("The file is gone", file.toString(), COPY_AGAIN, e);
        } catch (IOException e) {
            throw new Problem(
                    "The file cannot be read: " + e.getMessage(), file.toString(), "check that it may be read", e);
        }
    }

    private Bundle bundle() throws IOException {
        Map<String, ZipEntry> entries = entries();
        Manifest manifest = ManifestJson.read(manifest(entries), file + ", entry \"" + Bundle.MANIFEST + "\"");
        Map<String, FileEntry> listed = listed(manifest);
        for (String name : entries.keySet()) {
            if (!name.equals(Bundle.MANIFEST) && !listed.containsKey(name)) {
                throw damaged("Entry \"" + name + "\" is not listed in the manifest");
            }
        }
        Map<String, byte[]> held = new LinkedHashMap<>();
        for (FileEntry expected : listed.values()) {
            boolean later = expected.name().equals(Bundle.WEIGHTS) || References.holds(expected.name());
            byte[] content = checked(entries, expected, later ? Keep.NOTHING : Keep.BYTES);
            if (!later) held.put(expected.name(), content);
        }
        return new Bundle(manifest, held, Optional.of(file));
    }

    /** Returns the zip's directory after looking at every name. */
    private Map<String, ZipEntry> entries() {
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName();
            if (!EntryName.isSafe(name)) throw damaged("Entry name \"" + printable(name) + "\" is not allowed");
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
                throw damaged("Entry \"" + name + "\" must be stored, but is compressed");
            }
            if (entries.put(name, entry) != null) throw damaged("Two entries are named \"" + name + "\"");
        }
        return entries;
    }

    private byte[] manifest(Map<String, ZipEntry> entries) throws IOException {
        ZipEntry entry = entries.get(Bundle.MANIFEST);
        if (entry == null) throw damaged("Entry \"" + Bundle.MANIFEST + "\" is missing");
        if (entry.getSize() > LARGEST_MANIFEST) throw damaged("The manifest is " + entry.getSize() + " bytes long");
        byte[] content;
        try (InputStream in = zip.getInputStream(entry)) {
            content = in.readAllBytes();
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.getCrc()) {
            throw damaged(String.format(
                    Locale.ROOT,
                    "Entry \"%s\" has the CRC-32 %08x, expected %08x",
                    Bundle.MANIFEST,
                    crc.getValue(),
                    entry.getCrc()));
        }
        return content;
    }

    private Map<String, FileEntry> listed(Manifest manifest) {
        Map<String, FileEntry> listed = new LinkedHashMap<>();
        for (FileEntry entry : manifest.files()) {
            if (listed.put(entry.name(), entry) != null)
                throw damaged("The manifest lists \"" + entry.name() + "\" twice");
        }
        List<String> needed = new ArrayList<>(List.of(Bundle.LABELS, Bundle.ONNX));
        manifest.golden().forEach(picture -> needed.add(picture.file()));
        for (String name : needed)
            if (!listed.containsKey(name)) throw damaged("The manifest does not list \"" + name + "\"");
        return listed;
    }

    private enum Keep {
        BYTES,
        NOTHING
    }

    /** Returns the content of an entry, or nothing of it, after comparing it with what the manifest says. */
    private byte[] checked(Map<String, ZipEntry> entries, FileEntry expected, Keep keep) throws IOException {
        ZipEntry entry = entries.get(expected.name());
        if (entry == null) throw damaged("Entry \"" + expected.name() + "\" is missing");
        if (entry.getSize() != expected.sizeInBytes()) {
            throw damaged("Entry \"" + expected.name() + "\" is " + entry.getSize() + " bytes long, expected "
                    + expected.sizeInBytes());
        }
        MessageDigest digest = Sha256.digest();
        byte[] content = new byte[0];
        try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
            if (keep == Keep.BYTES) content = in.readAllBytes();
            else in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        String found = Sha256.hex(digest.digest());
        if (!found.equals(expected.sha256())) {
            throw damaged(
                    "Entry \"" + expected.name() + "\" has the SHA-256 " + found + ", expected " + expected.sha256());
        }
        return content;
    }

    private Problem damaged(String what) {
        return new Problem(what, file.toString(), COPY_AGAIN);
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
