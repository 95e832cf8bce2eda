package io.fovea.bundle;

import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A model with everything that belongs to it, checked. Immutable; threads may share it.
 *
 * <p>The weights and the references of a bundle that was opened from a file stay in the file until they are asked for: prediction does
 * not need them, and they are as large as the network or larger.
 */
public final class Bundle {

    /** The entry with everything about the model. */
    public static final String MANIFEST = "manifest.json";
    /** The entry with the network. */
    public static final String ONNX = "model.onnx";
    /** The entry with a class name, or a target's, on each line. */
    public static final String LABELS = "labels.txt";
    /** The entry with the network's layers, named as its weights are; missing in files before version 1.2. */
    public static final String NETWORK = "network.yaml";
    /** The entry with the parameters once more, for programs that read no ONNX; optional. */
    public static final String WEIGHTS = "weights.safetensors";
    /** The folder of the golden pictures. */
    public static final String GOLDEN = "golden/";

    private final Manifest manifest;
    private final Map<String, byte[]> held;
    private final Optional<Path> origin;

    Bundle(Manifest manifest, Map<String, byte[]> held, Optional<Path> origin) {
        this.manifest = manifest;
        this.held = held;
        this.origin = origin;
    }

    /**
     * Opens a bundle and checks all of it: entries, names, sizes, checksums, manifest. Runs no code from the file.
     *
     * <p>Cost: reads the file once.
     *
     * @throws Problem if the file is missing, cut off, changed, of a later major format version, or no bundle
     */
    public static Bundle open(Path file) {
        return BundleReader.read(file);
    }

    /**
     * Puts a bundle together in memory.
     *
     * @param draft  everything but {@code files}, which is filled in here
     * @param onnx   the network
     * @param golden the golden pictures' file bytes, by entry name as in the manifest
     * @param others what else belongs to it, by entry name: {@value #NETWORK}, {@value #WEIGHTS} and what
     *               {@link References#entries} gives
     * @throws IllegalArgumentException if the golden pictures are not those of the manifest, or another entry is none of these
     */
    public static Bundle of(Manifest draft, byte[] onnx, Map<String, byte[]> golden, Map<String, byte[]> others) {
        Map<String, byte[]> held = new LinkedHashMap<>();
        held.put(LABELS, labels(draft.task().names()));
        held.put(ONNX, onnx);
        for (GoldenPicture picture : draft.golden()) {
            byte[] content = golden.get(picture.file());
            if (content == null) throw new IllegalArgumentException("No file for golden picture " + picture.file());
            if (held.put(EntryName.safe(picture.file()), content) != null) {
                throw new IllegalArgumentException("Two golden pictures are named " + picture.file());
            }
        }
        others.forEach((name, content) -> {
            boolean known = Set.of(NETWORK, WEIGHTS).contains(name) || References.holds(name);
            if (!known) throw new IllegalArgumentException("Not an entry of a bundle: " + name);
            held.put(EntryName.safe(name), content);
        });
        List<FileEntry> files = new ArrayList<>();
        held.forEach((name, content) -> files.add(FileEntry.of(name, content)));
        return new Bundle(draft.withFiles(files), held, Optional.empty());
    }

    /** Returns what the model is. */
    public Manifest manifest() {
        return manifest;
    }

    /** Returns {@value #MANIFEST} as this version writes it, which any language reads. */
    public byte[] manifestJson() {
        return ManifestJson.bytes(manifest);
    }

    /** Returns the network as ONNX. The array is shared, not copied. */
    public byte[] onnx() {
        return held.get(ONNX);
    }

    /** Returns the file bytes of a golden picture. The array is shared, not copied. */
    public byte[] golden(GoldenPicture picture) {
        byte[] content = held.get(picture.file());
        if (content == null)
            throw new IllegalArgumentException("Not a golden picture of this bundle: " + picture.file());
        return content;
    }

    /**
     * Returns the parameters as safetensors, if the bundle carries them.
     *
     * @throws Problem if the file they were in has changed or gone since it was opened
     */
    public Optional<byte[]> weights() {
        return lists(WEIGHTS) ? Optional.of(content(WEIGHTS)) : Optional.empty();
    }

    /** Returns the text of the network's layers, if the bundle carries it. */
    public Optional<String> network() {
        return lists(NETWORK) ? Optional.of(new String(content(NETWORK), StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Returns the pictures that the model compares others with, if the bundle shows them; nothing is read yet. */
    public Optional<References> references() {
        if (!lists(References.TABLE)) return Optional.empty();
        String where = origin.map(Path::toString).orElse("model \"" + manifest.name() + "\"");
        return Optional.of(new References(manifest, contents(), where));
    }

    private boolean lists(String name) {
        return manifest.files().stream().anyMatch(entry -> entry.name().equals(name));
    }

    /** Returns the content of an entry that the manifest lists. */
    byte[] content(String name) {
        byte[] content = held.get(name);
        return content != null ? content : contents().apply(name);
    }

    /** Returns what reads entries: from the file, without holding on to what this bundle holds, or else from memory. */
    private Function<String, byte[]> contents() {
        Manifest listed = manifest;
        Map<String, byte[]> inMemory = held;
        return origin.<Function<String, byte[]>>map(file -> name -> BundleReader.readAgain(file, listed, name))
                .orElseGet(() -> inMemory::get);
    }

    /** A name is shown on one line, whatever a folder or a column was called; the manifest holds it as it is. */
    private static byte[] labels(List<String> names) {
        StringBuilder lines = new StringBuilder();
        for (String name : names) lines.append(name.replaceAll("\\R", " ")).append('\n');
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
