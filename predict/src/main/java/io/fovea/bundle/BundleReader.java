package io.fovea.bundle;

import io.fovea.problem.Problem;
import java.io.EOFException;
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
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a bundle and believes nothing: the zip's directory is checked first, then the manifest, then every other entry against
 * the manifest's size and SHA-256. The manifest itself is held to the zip's CRC-32.
 *
 * <p>Whoever packed the zip: entries may be stored or deflated, in any order, with folders among them, as zip, 7z, Python's zipfile and
 * Java's jar write them. Of an entry never more is unpacked than the manifest says it has.
 */
final class BundleReader {

    private static final int LARGEST_MANIFEST = 64 << 20;

    /** A bundle unpacks to at most so many times its own size, unless it is small; weights and pictures hardly shrink. */
    private static final int LARGEST_RATIO = 100;

    private static final long SMALL = 64L << 20;

    /** What tools add of their own to a folder that they pack. */
    private static final Pattern ADDED_BY_TOOLS =
            Pattern.compile("META-INF/MANIFEST\\.MF|__MACOSX/.*|(.*/)?\\.DS_Store");

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
        } catch (ZipException | EOFException e) {
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
        checkRatio(manifest);
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
            String path = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
            if (!EntryName.isSafe(path)) throw damaged("Entry name \"" + printable(name) + "\" is not allowed");
            if (entry.isDirectory() && entry.getSize() == 0
                    || ADDED_BY_TOOLS.matcher(name).matches()) continue;
            if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
                throw new Problem(
                        "Entry \"" + name + "\" is packed by the zip method " + entry.getMethod()
                                + ", expected stored (0) or deflated (8)",
                        file.toString(),
                        "pack the folder again, for example with zip -r");
            }
            if (entries.put(name, entry) != null) throw damaged("Two entries are named \"" + name + "\"");
        }
        return entries;
    }

    private byte[] manifest(Map<String, ZipEntry> entries) throws IOException {
        ZipEntry entry = entries.get(Bundle.MANIFEST);
        if (entry == null) throw withoutManifest(entries);
        if (entry.getSize() > LARGEST_MANIFEST) throw damaged("The manifest is " + entry.getSize() + " bytes long");
        byte[] content;
        try (InputStream in = zip.getInputStream(entry)) {
            content = in.readNBytes(LARGEST_MANIFEST);
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

    private Problem withoutManifest(Map<String, ZipEntry> entries) {
        Optional<String> deeper = entries.keySet().stream()
                .filter(name -> name.endsWith("/" + Bundle.MANIFEST))
                .findFirst();
        if (deeper.isEmpty()) return damaged("Entry \"" + Bundle.MANIFEST + "\" is missing");
        String folder = deeper.get().substring(0, deeper.get().length() - Bundle.MANIFEST.length());
        return new Problem(
                "Entry \"" + Bundle.MANIFEST + "\" is missing, but there is \"" + deeper.get() + "\"",
                file.toString(),
                "pack what lies in the folder \"" + folder + "\", not the folder itself");
    }

    /** Refuses a zip that is small only until it is unpacked. */
    private void checkRatio(Manifest manifest) throws IOException {
        long unpacked = 0;
        for (FileEntry entry : manifest.files()) {
            if (entry.sizeInBytes() < 0) throw damaged("The manifest gives \"" + entry.name() + "\" a negative size");
            unpacked = Math.min(Long.MAX_VALUE / 2, unpacked + Math.min(Long.MAX_VALUE / 4, entry.sizeInBytes()));
        }
        if (unpacked <= SMALL || unpacked / LARGEST_RATIO <= Files.size(file)) return;
        throw damaged("The file would unpack to " + unpacked + " bytes, more than " + LARGEST_RATIO + " times its "
                + Files.size(file));
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
        // never more than was announced, whatever the packed bytes turn into
        try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
            if (keep == Keep.BYTES) content = in.readNBytes(size(expected));
            else skip(in, expected.sizeInBytes());
        }
        String found = Sha256.hex(digest.digest());
        if (!found.equals(expected.sha256())) {
            throw damaged(
                    "Entry \"" + expected.name() + "\" has the SHA-256 " + found + ", expected " + expected.sha256());
        }
        return content;
    }

    private int size(FileEntry entry) {
        if (entry.sizeInBytes() <= Integer.MAX_VALUE - 8) return (int) entry.sizeInBytes();
        throw damaged("Entry \"" + entry.name() + "\" is too large: " + entry.sizeInBytes() + " bytes");
    }

    private static void skip(InputStream in, long count) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) return;
            left -= read;
        }
    }

    private Problem damaged(String what) {
        return new Problem(what, file.toString(), COPY_AGAIN);
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
