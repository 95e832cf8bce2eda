package io.fovea.format;

import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The golden pictures that a page replays before it answers: few, for who opens it waits for them.
 *
 * <p>Browsers read PNG to the bit but JPEG each in its own way. So that every stage is proven, at least one picture is a PNG: of a model
 * whose pictures are all JPEG the first becomes one, in its full size.
 *
 * @param manifest the model's, with these pictures alone
 * @param files    their bytes by name
 */
record PageGolden(Manifest manifest, Map<String, byte[]> files) {

    /** A page is to be there soon: as many bytes of pictures as of a small photograph's file. */
    private static final int MOST_BYTES = 640 << 10;

    /** A browser does about 5 billion in a second on one thread. */
    private static final long MOST_MULTIPLICATIONS = 2_500_000_000L;

    static PageGolden of(ModelSource model, double tolerance) {
        Manifest manifest = model.manifest();
        List<GoldenPicture> chosen = new ArrayList<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        boolean anyPng = manifest.golden().stream().anyMatch(golden -> isPng(golden.file()));
        long bytes = 0;
        long affordable =
                Math.max(1, MOST_MULTIPLICATIONS / Math.max(1, manifest.sizes().multiplyAccumulates()));
        for (GoldenPicture golden : ordered(manifest.golden())) {
            byte[] file = model.bundle().golden(golden);
            GoldenPicture kept = golden;
            if (!anyPng) {
                anyPng = true;
                file = PngWriter.bytes(PictureDecoder.decode(
                        file, golden.file(), manifest.preprocessing().colorMode()));
                kept = named(golden, golden.file().replaceFirst("\\.[^.]*$", ".png"));
            }
            if (!chosen.isEmpty() && (bytes + file.length > MOST_BYTES || chosen.size() >= affordable)) break;
            bytes += file.length;
            chosen.add(kept);
            files.put(kept.file(), file);
        }
        return new PageGolden(with(manifest, chosen, tolerance), files);
    }

    private static boolean isPng(String file) {
        return file.endsWith(".png");
    }

    /** Those that prove every stage come first. */
    private static List<GoldenPicture> ordered(List<GoldenPicture> golden) {
        List<GoldenPicture> ordered = new ArrayList<>(golden);
        ordered.sort((left, right) -> Boolean.compare(isPng(right.file()), isPng(left.file())));
        return ordered;
    }

    private static GoldenPicture named(GoldenPicture golden, String file) {
        return new GoldenPicture(
                file,
                golden.source(),
                golden.label(),
                golden.decodedShape(),
                golden.decodedSha256(),
                golden.resizedSha256(),
                golden.tensorSha256(),
                golden.stride(),
                golden.logits());
    }

    private static Manifest with(Manifest manifest, List<GoldenPicture> golden, double tolerance) {
        return new Manifest(
                manifest.formatVersion(),
                manifest.name(),
                manifest.task(),
                manifest.preprocessing(),
                manifest.outputs(),
                manifest.sizes(),
                manifest.measurements(),
                manifest.provenance(),
                tolerance,
                golden,
                manifest.familiarity(),
                List.of());
    }
}
