package io.fovea.format;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.file.AtomicFolder;
import io.fovea.problem.Problem;
import io.fovea.weights.WeightPrecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A folder of a page, ONNX Runtime Web, and the model, which any host of files serves.
 *
 * <p>What browsers load is there packed too, as {@code .br} and {@code .gz}, for hosts that send such a file in the place of the other.
 */
final class WebForm implements FormatWriter {

    private static final String PAGE = "page/";
    private static final String INDEX = "index.html";
    private static final Set<String> FOLDERS = Set.of("assets", "ort", "golden");

    /** Smaller files are not worth a second one. */
    private static final int SMALLEST_PACKED = 1024;

    private final ModelSource model;
    private final ModelFormat.Web format;
    private final WeightPrecision precision;
    private final List<String> page;

    /** Finds whether the page is there. */
    WebForm(ModelSource model, ModelFormat.Web format) {
        this.model = model;
        this.format = format;
        this.precision = format.precision().orElse(WeightPrecision.FP32);
        this.page = listed();
        model.check(precision);
    }

    private static List<String> listed() {
        try (InputStream list = WebForm.class.getResourceAsStream(PAGE + "files.txt")) {
            if (list != null)
                return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new Problem(
                "The page that goes beside a model is not part of this program.",
                "resource io/fovea/format/page",
                "build Fovea where Node.js 20.19 or later is installed; a Java program adds fovea-workbench to its"
                        + " dependencies");
    }

    @Override
    public String fileName() {
        return model.fileStem() + "-web";
    }

    @Override
    public boolean isReplaceable(Path there) {
        if (!Files.isDirectory(there)) return false;
        try (Stream<Path> entries = Files.list(there)) {
            Set<String> names =
                    entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
            boolean isOurs = names.isEmpty() || names.containsAll(Set.of("manifest.json", Bundle.ONNX, INDEX));
            return isOurs && names.stream().allMatch(WebForm::isOurs);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isOurs(String name) {
        String plain = name.replaceFirst("\\.(br|gz)$", "");
        return FOLDERS.contains(plain)
                || Set.of("manifest.json", Bundle.ONNX, INDEX, "icon.svg").contains(plain);
    }

    @Override
    public Exported write(Path target) {
        boolean halved = precision == WeightPrecision.FP16;
        byte[] network = OnnxForm.network(model, precision);
        double tolerance = halved
                ? Math.max(OnnxForm.HALF_TOLERANCE, model.manifest().tolerance())
                : model.manifest().tolerance();
        Check check = GoldenAnswers.of(model, network, PreparationPlace.OUTSIDE, tolerance);
        PageGolden golden = PageGolden.of(model, tolerance);
        Bundle bundle = Bundle.of(golden.manifest(), network, golden.files(), Map.of());
        AtomicFolder.write(target, folder -> {
            for (String name : page) if (!name.startsWith(INDEX)) put(folder, name, resource(name));
            putPacked(folder, INDEX, titled(resource(INDEX)));
            putPacked(folder, Bundle.MANIFEST, bundle.manifestJson());
            put(folder, Bundle.ONNX, network);
            for (GoldenPicture picture : bundle.manifest().golden())
                put(folder, picture.file(), bundle.golden(picture));
            for (String name : page)
                if (!name.startsWith(INDEX) && page.contains(name + ".br")) gzip(folder, name, resource(name));
        });
        return new Exported(
                format,
                target,
                Written.files(target),
                List.of(check),
                List.of(
                        "The page replays " + golden.files().size()
                                + " of the model's golden pictures before it answers.",
                        "A browser opens it from a web server, not from a file; to look at it here: python3 -m"
                                + " http.server --directory \"" + target + "\""));
    }

    /** The name stands in the page before its script runs, for whoever reads pages without one. */
    private byte[] titled(byte[] page) {
        String name = model.manifest().name().replace("&", "&amp;").replace("<", "&lt;");
        return new String(page, StandardCharsets.UTF_8)
                .replace("<title>Model</title>", "<title>" + name + "</title>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = WebForm.class.getResourceAsStream(PAGE + name)) {
            if (in == null) throw new IOException("the page lacks " + name);
            return in.readAllBytes();
        }
    }

    private static void put(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static void putPacked(Path folder, String name, byte[] content) throws IOException {
        put(folder, name, content);
        gzip(folder, name, content);
    }

    private static void gzip(Path folder, String name, byte[] content) throws IOException {
        if (content.length < SMALLEST_PACKED) return;
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + ".gz"));
                GZIPOutputStream packed = new GZIPOutputStream(file, 1 << 16) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                }) {
            packed.write(content);
        }
    }
}
