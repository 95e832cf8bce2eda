package io.fovea.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A bundle that another program packed")
class RepackedBundleTest {

    private static final String ZIPFILE = """
        import os, sys, zipfile
        with zipfile.ZipFile(sys.argv[1], "w", int(sys.argv[2])) as bundle:
            for folder, folders, files in os.walk("."):
                for name in sorted(folders):
                    bundle.write(os.path.join(folder, name))
                for name in sorted(files, reverse=True):
                    path = os.path.join(folder, name)
                    with bundle.open(os.path.relpath(path), "w", force_zip64=True) as entry:
                        entry.write(open(path, "rb").read())
        """;

    @TempDir
    Path temporary;

    private Path folder;
    private Path file;

    @BeforeEach
    void unpack() throws IOException {
        Path original = temporary.resolve("original.fovea");
        BundleWriter.write(ExampleBundle.whole(), original);
        folder = Files.createDirectories(temporary.resolve("unpacked"));
        file = temporary.resolve("again.fovea");
        try (ZipFile zip = new ZipFile(original.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
    }

    @Nested
    @DisplayName("opens when it comes from")
    class Opens {

        @Test
        void zip() throws Exception {
            run("zip", "-r", "-9", file.toString(), ".");
            opens();
        }

        @Test
        void zip_that_stores() throws Exception {
            run("zip", "-r", "-0", "-X", file.toString(), ".");
            opens();
        }

        @Test
        void seven_zip() throws Exception {
            run("7z", "a", "-tzip", file.toString(), ".");
            opens();
        }

        @Test
        void pythons_zipfile_deflating_in_another_order_with_64_bit_sizes() throws Exception {
            run("/usr/bin/python3", "-c", ZIPFILE, file.toString(), "8");
            opens();
        }

        @Test
        void pythons_zipfile_storing() throws Exception {
            run("/usr/bin/python3", "-c", ZIPFILE, file.toString(), "0");
            opens();
        }

        @Test
        void javas_jar_with_a_manifest_of_its_own() {
            int exit = ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.out, System.err, "cf", file.toString(), "-C", folder.toString(), ".");
            assertThat(exit).isZero();
            opens();
        }

        @Test
        void a_mac_with_its_notes_beside() throws IOException {
            packed(entries -> {
                entries.put("__MACOSX/._manifest.json", new byte[] {1});
                entries.put("golden/.DS_Store", new byte[] {1});
            });
            opens();
        }

        /** Java's stream writes sizes behind the data, and the names in UTF-8. */
        @Test
        void a_stream_backwards_with_comments_and_extra_fields() throws IOException {
            Map<String, byte[]> entries = entries();
            List<String> names = new ArrayList<>(entries.keySet());
            Collections.reverse(names);
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.setComment("packed again");
                for (String name : names) {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setComment("grüße");
                    entry.setExtra(new byte[] {0x34, 0x12, 2, 0, 7, 7});
                    zip.putNextEntry(entry);
                    zip.write(entries.get(name));
                }
            }
            opens();
        }

        private void opens() {
            Bundle bundle = Bundle.open(file);
            assertThat(bundle.onnx()).isEqualTo(ExampleBundle.onnx());
            assertThat(bundle.weights()).contains(new byte[] {1, 2, 3});
            assertThat(bundle.golden(bundle.manifest().golden().get(1)))
                    .isEqualTo(ExampleBundle.files().get("golden/01.png"));
        }
    }

    @Nested
    @DisplayName("is refused")
    class IsRefused {

        @Test
        void with_another_content_of_the_same_length() throws IOException {
            packed(entries -> entries.put("labels.txt", "dark\nlight!\nbetween\n".getBytes()));
            says("Entry \"labels.txt\" has the SHA-256 ");
        }

        @Test
        void with_a_name_that_leads_out_of_the_folder() throws IOException {
            packed(entries -> entries.put("../evil/", new byte[0]));
            says("Entry name \"../evil/\" is not allowed");
            packed(entries -> entries.put("__MACOSX/../../evil", new byte[1]));
            says("Entry name \"__MACOSX/../../evil\" is not allowed");
        }

        @Test
        void with_an_entry_that_is_not_listed() throws IOException {
            packed(entries -> entries.put("extra.txt", new byte[1]));
            says("Entry \"extra.txt\" is not listed in the manifest");
        }

        @Test
        void with_two_entries_of_one_name() throws IOException {
            packed(entries -> entries.put("labels.txX", new byte[1]));
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("labels.txX", "labels.txt");
            Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
            says("Two entries are named \"labels.txt\"");
        }

        @Test
        void with_the_folder_packed_instead_of_its_content() throws IOException {
            Map<String, byte[]> entries = entries();
            packed(all -> {
                all.clear();
                entries.forEach((name, content) -> all.put("my-model/" + name, content));
            });
            assertThatThrownBy(() -> Bundle.open(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what())
                        .isEqualTo("Entry \"manifest.json\" is missing, but there is \"my-model/manifest.json\"");
                assertThat(problem.remedy())
                        .isEqualTo("pack what lies in the folder \"my-model/\", not the folder itself");
            });
        }

        /** 100 MB of zeros deflate to 100 KB. */
        @Test
        void when_it_would_unpack_to_a_hundred_times_its_size() throws IOException {
            byte[] zeros = new byte[100_000_000];
            FileEntry honest = FileEntry.of("weights.safetensors", zeros);
            Manifest manifest = ExampleBundle.whole().manifest();
            List<FileEntry> files = new ArrayList<>(manifest.files());
            files.replaceAll(each -> each.name().equals(honest.name()) ? honest : each);
            packed(entries -> {
                entries.put("weights.safetensors", zeros);
                entries.put("manifest.json", ManifestJson.bytes(manifest.withFiles(files)));
            });
            says("The file would unpack to 1000");
        }

        /** The zip's directory says three bytes; the packed bytes turn into a million. */
        @Test
        void when_an_entry_unpacks_to_more_than_it_says() throws IOException {
            packed(entries -> entries.put("weights.safetensors", new byte[1_000_000]));
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i + 4 <= bytes.length; i++) {
                boolean million = bytes[i] == 0x40 && bytes[i + 1] == 0x42 && bytes[i + 2] == 0x0f && bytes[i + 3] == 0;
                if (million) System.arraycopy(new byte[] {3, 0, 0, 0}, 0, bytes, i, 4);
            }
            Files.write(file, bytes);
            says("Entry \"weights.safetensors\" has the SHA-256 ");
        }

        private void says(String start) {
            assertThatThrownBy(() -> Bundle.open(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).startsWith(start);
                assertThat(problem.where()).isEqualTo(file.toString());
            });
        }
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList())
                entries.put(folder.relativize(path).toString(), Files.readAllBytes(path));
        }
        return entries;
    }

    /** Packs the folder's files with some changes, deflated. */
    private void packed(Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = entries();
        change.accept(entries);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private void run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, command[0] + " is not installed here");
            return;
        }
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
    }
}
