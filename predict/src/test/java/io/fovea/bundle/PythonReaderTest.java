package io.fovea.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the very code of docs/model-file.md on bundles whose golden pictures say what must come out. */
@DisplayName("The Python reader of the documentation")
class PythonReaderTest {

    private static final Path PAGE = Path.of("../docs/model-file.md");
    private static final Path PICTURES = Path.of("src/test/resources/io/fovea/image/pictures");

    private static final Pattern USUAL_KINDS = Pattern.compile("bmp-(24|32-alpha|32-top-down|8-grey|8-palette)\\.bmp"
            + "|gif-(animated|grey|interlaced|one-clear|palette)\\.gif"
            + "|jpeg-(420|422|444|grey|one-pixel|progressive|orientation-[1-8](-little-endian)?)\\.jpg"
            + "|png-(animated|grey|grey-16|grey-alpha|grey-alpha-16|one-bit|orientation-6|palette.*)\\.png"
            + "|tiff-(alpha|deflate|grey-16|lzw|lzw-grey|one-bit|orientation-[1-8]|packbits|palette|raw|raw-grey)\\.tif"
            + "|webp-(alpha|animated|lossless|lossy|orientation-8)\\.webp");

    /** Prints a line for each golden picture that comes out otherwise, and how many there were. */
    private static final String COMPARISON = """


        import hashlib, io, json, sys, zipfile

        count = 0
        for path in sys.argv[1:]:
            bundle = zipfile.ZipFile(path)
            manifest = json.loads(bundle.read("manifest.json"))
            for golden in manifest["golden"]:
                count += 1
                try:
                    tensor = prepared(io.BytesIO(bundle.read(golden["file"])), manifest["preprocessing"])
                    found = hashlib.sha256(tensor.astype("<f4").tobytes()).hexdigest()
                except Exception as problem:
                    found = repr(problem)
                if found != golden["tensorSha256"] or list(tensor.shape) != manifest["input"]["shape"]:
                    print(manifest["name"], golden["source"], found)
        print(count, "compared")
        """;

    @TempDir
    Path folder;

    private final List<String> bundles = new ArrayList<>();

    @Test
    void prepares_drawn_pictures_of_every_size_in_every_mode_to_the_bit() throws Exception {
        Map<String, byte[]> pictures = drawn();
        for (ColorMode color : ColorMode.values()) {
            for (ResizeMode mode : ResizeMode.values()) {
                write(pictures, 32, 32, color, mode, 0);
                write(pictures, 17, 31, color, mode, 0);
                write(pictures, 30, 9, color, mode, 0);
            }
            write(pictures, 24, 24, color, ResizeMode.CROP, 4);
            write(pictures, 24, 13, color, ResizeMode.CROP, 5);
        }

        // 9 sizes, two colour modes, 4 modes of 3 sizes and two margins
        assertThat(compared()).containsExactly(9 * 2 * 14 + " compared");
    }

    @Test
    void prepares_turned_grey_clear_and_packed_files_to_the_bit() throws Exception {
        Map<String, byte[]> pictures = files();
        write(pictures, 11, 16, ColorMode.COLOR, ResizeMode.HALF_CROP, 0);
        write(pictures, 15, 13, ColorMode.GREY, ResizeMode.CROP, 3);

        assertThat(compared()).containsExactly(2 * pictures.size() + " compared");
    }

    @Test
    void compares_results_in_proportion_to_their_size() throws Exception {
        String cases = """


            small = {"logits": [-1.0, 0.5]}
            print(agrees(np.float32([[-1.0, 0.50009]]), small, 1e-4), agrees(np.float32([[-1.0, 0.50011]]), small, 1e-4))
            large = {"logits": [-400.0, 0.5]}
            print(agrees(np.float32([[-400.0, 0.539]]), large, 1e-4), agrees(np.float32([[-400.0, 0.541]]), large, 1e-4))
            kept_in_part = {"logits": [1.0, 3.0], "stride": 2}
            print(agrees(np.float32([[[1, 9], [3, 9]]]), kept_in_part, 1e-4))
            nan, inf = float("nan"), float("inf")
            print(agrees(np.float32([[nan, 0.5]]), small, 1e-4), agrees(np.float32([[0, 9]]), {"logits": [inf, 0.5]}, 1e-4))
            """;

        assertThat(printed(script(cases), List.of()))
                .containsExactly("True False", "True False", "True", "False False");
    }

    private void write(
            Map<String, byte[]> pictures, int height, int width, ColorMode color, ResizeMode mode, int margin)
            throws IOException {
        float[] mean = color == ColorMode.GREY ? new float[] {0.449f} : new float[] {0.485f, 0.456f, 0.406f};
        float[] std = color == ColorMode.GREY ? new float[] {0.226f} : new float[] {0.229f, 0.224f, 0.225f};
        Preprocessing preprocessing = new Preprocessing(height, width, color, mode, margin, mean, std);
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<GoldenPicture> golden = new ArrayList<>();
        pictures.forEach((name, content) -> {
            String entry = "golden/" + golden.size() + ".picture";
            files.put(entry, content);
            golden.add(GoldenPicture.replayed(entry, name, content, 0, new float[3], preprocessing));
        });
        Manifest like = ExampleBundle.manifest(List.of());
        String name = color + "-" + mode + "-" + height + "x" + width + "-" + margin;
        Manifest manifest = new Manifest(
                like.formatVersion(),
                name,
                like.task(),
                preprocessing,
                like.outputs(),
                like.sizes(),
                List.of(),
                like.provenance(),
                like.tolerance(),
                golden,
                Optional.empty(),
                List.of());
        Path file = folder.resolve(name + ".fovea");
        BundleWriter.write(Bundle.of(manifest, new byte[1], files, Map.of()), file);
        bundles.add(file.toString());
    }

    /** Grey and coloured patterns from one pixel to odd sides of both proportions, and the very size of a network. */
    private static Map<String, byte[]> drawn() {
        Map<String, byte[]> drawn = new LinkedHashMap<>();
        int[][] sizes = {{1, 1}, {1, 40}, {7, 5}, {5, 7}, {32, 32}, {64, 33}, {33, 64}, {201, 99}, {45, 46}};
        for (int[] size : sizes) {
            int channels = size[0] % 2 == 0 ? 1 : 3;
            byte[] values = new byte[size[0] * size[1] * channels];
            for (int i = 0; i < values.length; i++) values[i] = (byte) (i * 31 + i / 7 * 13 + (i % 3) * 80);
            Pixels picture = new Pixels(size[0], size[1], channels, values);
            drawn.put(size[0] + "x" + size[1], PngWriter.bytes(picture));
        }
        return drawn;
    }

    /** Every kind of file but those that the page says Pillow reads otherwise. */
    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.list(PICTURES)) {
            for (Path path : paths.sorted().toList()) {
                String name = path.getFileName().toString();
                if (USUAL_KINDS.matcher(name).matches()) files.put(name, Files.readAllBytes(path));
            }
        }
        assertThat(files).hasSizeGreaterThan(50);
        return files;
    }

    private List<String> compared() throws Exception {
        return printed(script(COMPARISON), bundles);
    }

    private static List<String> printed(Path script, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script.toString()));
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException absent) {
            assumeTrue(false, "/usr/bin/python3 is not installed here");
            return List.of();
        }
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        assumeTrue(
                !words.contains("ModuleNotFoundError"),
                "Pillow or NumPy is not installed here (apt install python3-pil python3-numpy)");
        assertThat(exit).as(words).isZero();
        return words.lines().collect(Collectors.toList());
    }

    /** The block of the page that defines "prepared" and "agrees", as it stands there, and what uses it behind it. */
    private Path script(String use) throws IOException {
        String page = Files.readString(PAGE);
        for (int at = page.indexOf("```python\n"); at >= 0; at = page.indexOf("```python\n", at + 1)) {
            String block = page.substring(at + 10, page.indexOf("```", at + 10));
            if (block.contains("def prepared(")) return Files.writeString(folder.resolve("reader.py"), block + use);
        }
        throw new AssertionError("No block of " + PAGE + " defines prepared");
    }
}
