package io.fovea.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoredForm;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

@Label("Any tree of class folders")
class ImportPropertyTest {

    private static final Preparation SHAPE = new Preparation(2, 3, ColorMode.COLOR, ResizeMode.SQUASH);

    @Property(tries = 25)
    @Label("comes out of the store as it went in, whatever the threads, the form and the packing")
    void comes_out_as_it_went_in(
            @ForAll("trees") Map<String, byte[]> tree,
            @ForAll @IntRange(min = 0, max = 40) int validationPercent,
            @ForAll StoredForm form,
            @ForAll long seed)
            throws IOException {
        Path temporary = Files.createTempDirectory("import-property");
        try {
            Path folder = Files.createDirectory(temporary.resolve("tree"));
            write(tree, folder);
            Path zip = zip(tree, temporary.resolve("tree.zip"));
            ImportSettings settings = new ImportSettings(
                    "any", SHAPE, new SplitSettings(validationPercent, 10), 1, OptionalInt.empty(), form, 1, seed);

            ImportReport report = ImportSteps.run(temporary.resolve("one"), settings, whole(folder));
            ImportSteps.run(temporary.resolve("four"), settings.withThreads(4), whole(folder));
            ImportSteps.run(temporary.resolve("zipped"), settings.withThreads(3).withForm(StoredForm.RAW), whole(zip));

            assertThat(report.broken()).isEmpty();
            assertThat(contents(temporary.resolve("one"), "tree/")).isEqualTo(expected(tree));
            assertThat(contents(temporary.resolve("zipped"), "tree.zip/")).isEqualTo(expected(tree));
            assertThat(Files.mismatch(
                            temporary.resolve("one").resolve("data.mdb"),
                            temporary.resolve("four").resolve("data.mdb")))
                    .isEqualTo(-1);
            assertThat(hash(temporary.resolve("four"))).isEqualTo(hash(temporary.resolve("one")));
            assertThat(hash(temporary.resolve("zipped"))).isEqualTo(hash(temporary.resolve("one")));
            assertThat(Arrays.stream(Split.values()).mapToInt(report::count).sum())
                    .isEqualTo(tree.size());
        } finally {
            remove(temporary);
        }
    }

    /** Said to be of one part: folders that happen to have folders of the same names would be asked about otherwise. */
    private static Source whole(Path source) {
        return Source.of(source, SourceRole.TRAINING);
    }

    /** At least two classes; paths such as {@code b/x/y/3.png} below the root, each with the 18 bytes of its picture. */
    @Provide
    Arbitrary<Map<String, byte[]>> trees() {
        Arbitrary<String> name = Arbitraries.of("a", "b b", "ü", "C", "日本", "x.y", "train1");
        Arbitrary<String> path = Combinators.combine(
                        name, name.list().ofMaxSize(2), Arbitraries.integers().between(0, 30))
                .as((className, folders, number) -> String.join(
                        "/",
                        Stream.of(List.of(className), folders, List.of(number + ".png"))
                                .flatMap(List::stream)
                                .toList()));
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofSize(SHAPE.sizeInBytes());
        return Arbitraries.maps(path, values)
                .ofMinSize(2)
                .ofMaxSize(150)
                .filter(tree -> classes(tree) > 1)
                .map(TreeMap::new);
    }

    private static long classes(Map<String, byte[]> tree) {
        return tree.keySet().stream().map(path -> path.split("/")[0]).distinct().count();
    }

    private static void write(Map<String, byte[]> tree, Path root) throws IOException {
        for (Map.Entry<String, byte[]> file : tree.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, png(file.getValue()));
        }
    }

    /** In the order of the paths, so that the zip lists its pictures like the folder. */
    private static Path zip(Map<String, byte[]> tree, Path zip) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> file : tree.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(png(file.getValue()));
            }
        }
        return zip;
    }

    private static byte[] png(byte[] values) {
        return PngWriter.bytes(new Pixels(SHAPE.height(), SHAPE.width(), SHAPE.channels(), values));
    }

    private static Map<String, String> expected(Map<String, byte[]> tree) {
        Map<String, String> expected = new TreeMap<>();
        tree.forEach((path, values) -> expected.put(path, path.split("/")[0] + " " + Arrays.toString(values)));
        return expected;
    }

    private static Map<String, String> contents(Path folder, String prefix) {
        Map<String, String> contents = new TreeMap<>();
        try (Dataset dataset = Dataset.open(folder)) {
            for (Split split : Split.values()) {
                for (int i = 0; i < dataset.count(split); i++) {
                    String className = dataset.classNames().get(dataset.label(split, i));
                    String values = Arrays.toString(dataset.picture(split, i).values());
                    contents.put(dataset.source(split, i).substring(prefix.length()), className + " " + values);
                }
            }
        }
        return contents;
    }

    private static String hash(Path folder) {
        try (Dataset dataset = Dataset.open(folder)) {
            return dataset.contentHash();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
