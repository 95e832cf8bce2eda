package io.fovea.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Measure;
import io.fovea.task.Regression;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A bundle")
class BundleTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("example.fovea");
        BundleWriter.write(ExampleBundle.whole(), file);
    }

    @Nested
    @DisplayName("written and opened")
    class RoundTrip {

        @Test
        void says_the_same_of_the_model() {
            Bundle opened = Bundle.open(file);
            Manifest manifest = opened.manifest();
            assertThat(manifest.formatVersion()).isEqualTo("1.5");
            assertThat(manifest.name()).isEqualTo("example");
            assertThat(manifest.task()).isEqualTo(new Classification(List.of("dark", "bright", "between")));
            assertThat(manifest.preprocessing().height()).isEqualTo(2);
            assertThat(manifest.preprocessing().mean()).containsExactly(0.5f);
            assertThat(manifest.sizes()).isEqualTo(new Sizes(12, 12));
            assertThat(manifest.measurements())
                    .containsExactly(
                            new Measurement(Measure.share("accuracy", 0.75).within(0.5, 0.9), "test", 8));
            assertThat(manifest.provenance())
                    .isEqualTo(ExampleBundle.whole().manifest().provenance());
            assertThat(manifest.answers()).isEqualTo(ExampleBundle.ANSWERS);
            assertThat(manifest.golden()).hasSize(2);
            assertThat(manifest.golden().get(0).logits()).containsExactly(-4f, 4f, 0f);
            assertThat(manifest.files())
                    .extracting(FileEntry::name)
                    .containsExactly(
                            "labels.txt", "model.onnx", "golden/00.png", "golden/01.png", "weights.safetensors");
        }

        @Test
        void measures_without_an_interval_where_none_is_known() {
            Measurement measured = new Measurement(Measure.share("pixel accuracy", 0.5), "test", 3);
            Manifest example = ExampleBundle.manifest(List.of());
            Manifest manifest = new Manifest(
                    example.formatVersion(),
                    example.name(),
                    example.task(),
                    example.preprocessing(),
                    example.outputs(),
                    example.sizes(),
                    List.of(measured),
                    example.provenance(),
                    example.tolerance(),
                    List.of(),
                    Optional.empty(),
                    List.of());
            BundleWriter.write(Bundle.of(manifest, new byte[1], Map.of(), Map.of()), file);
            assertThat(Bundle.open(file).manifest().measurements()).containsExactly(measured);
        }

        @Test
        void measures_in_fields_that_the_first_readers_know() throws IOException {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                String json = new String(
                        zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(json.replaceAll("\\s+", " "))
                        .contains("{ \"name\" : \"accuracy\", \"on\" : \"test\", \"value\" : 0.75, \"low\" : 0.5,"
                                + " \"high\" : 0.9, \"count\" : 8, \"unit\" : \"share\", \"better\" : \"higher\" }");
            }
        }

        @Test
        void holds_every_file_byte_for_byte() {
            Bundle opened = Bundle.open(file);
            assertThat(opened.onnx()).isEqualTo(ExampleBundle.onnx());
            assertThat(opened.golden(opened.manifest().golden().get(1)))
                    .isEqualTo(ExampleBundle.files().get("golden/01.png"));
            assertThat(opened.weights()).contains(new byte[] {1, 2, 3});
        }

        @Test
        void may_come_without_weights() {
            Map<String, byte[]> files = ExampleBundle.files();
            Manifest manifest = ExampleBundle.manifest(ExampleBundle.golden(files));
            BundleWriter.write(Bundle.of(manifest, ExampleBundle.onnx(), files, Map.of()), file);
            assertThat(Bundle.open(file).weights()).isEmpty();
        }

        @Test
        void gives_the_same_bytes_again() throws IOException {
            Path copy = folder.resolve("copy.fovea");
            BundleWriter.write(Bundle.open(file), copy);
            assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(file));
        }

        @Test
        void is_a_zip_of_stored_entries_that_any_program_reads() throws IOException {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                assertThat(zip.stream().map(ZipEntry::getName))
                        .containsExactly(
                                "manifest.json",
                                "labels.txt",
                                "model.onnx",
                                "golden/00.png",
                                "golden/01.png",
                                "weights.safetensors");
                assertThat(zip.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.STORED);
                assertThat(zip.getInputStream(zip.getEntry("labels.txt")).readAllBytes())
                        .isEqualTo("dark\nbright\nbetween\n".getBytes(StandardCharsets.UTF_8));
            }
        }

        @Test
        void notices_weights_that_change_after_opening() throws IOException {
            Bundle opened = Bundle.open(file);
            byte[] bytes = Files.readAllBytes(file);
            bytes[indexOf(bytes, new byte[] {1, 2, 3})] = 9;
            Files.write(file, bytes);
            assertThatThrownBy(opened::weights)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Entry \"weights.safetensors\" has the SHA-256");
        }
    }

    @Nested
    @DisplayName("put together in memory")
    class InMemory {

        @Test
        void needs_a_file_for_each_golden_picture() {
            Map<String, byte[]> files = ExampleBundle.files();
            Manifest manifest = ExampleBundle.manifest(ExampleBundle.golden(files));
            files.remove("golden/01.png");
            assertThatThrownBy(() -> Bundle.of(manifest, ExampleBundle.onnx(), files, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("No file for golden picture golden/01.png");
        }

        @Test
        void shows_a_class_name_with_a_line_break_on_one_line() throws IOException {
            Manifest example = ExampleBundle.manifest(List.of());
            Manifest strange = new Manifest(
                    example.formatVersion(),
                    example.name(),
                    new Classification(List.of("a\nb", "c")),
                    example.preprocessing(),
                    new Classification(List.of("a\nb", "c")).outputs(List.of(2)),
                    example.sizes(),
                    List.of(),
                    example.provenance(),
                    example.tolerance(),
                    List.of(),
                    Optional.empty(),
                    List.of());
            BundleWriter.write(Bundle.of(strange, new byte[1], Map.of(), Map.of()), file);
            assertThat(Bundle.open(file).manifest().task().names()).containsExactly("a\nb", "c");
            try (ZipFile zip = new ZipFile(file.toFile())) {
                assertThat(zip.getInputStream(zip.getEntry("labels.txt")).readAllBytes())
                        .isEqualTo("a b\nc\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Nested
    @DisplayName("changed, cut off or made up")
    class Damaged {

        @Test
        void with_a_byte_of_the_network_changed_names_the_entry() throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            bytes[indexOf(bytes, ExampleBundle.onnx()) + 20] ^= 1;
            Files.write(file, bytes);
            says("Entry \"model.onnx\" has the SHA-256 ");
        }

        @Test
        void with_a_byte_of_the_manifest_changed_names_it() throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            bytes[indexOf(bytes, "epochs".getBytes(StandardCharsets.UTF_8))] ^= 1;
            Files.write(file, bytes);
            says("Entry \"manifest.json\" has the CRC-32 ");
        }

        @Test
        void with_any_byte_changed_never_opens_as_another_model() throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            byte[] whole = content(Bundle.open(file));
            int endOfManifest = indexOf(bytes, "\n}\n".getBytes(StandardCharsets.UTF_8));
            // One checksum guards the manifest's text, so a sample of it will do; everything else is changed byte by
            // byte.
            for (int i = 0; i < bytes.length; i += i > 100 && i < endOfManifest - 40 ? 37 : 1) {
                bytes[i] ^= 0x10;
                Files.write(file, bytes);
                try {
                    assertThat(content(Bundle.open(file)))
                            .as("byte %d changed", i)
                            .isEqualTo(whole);
                } catch (Problem expected) {
                    assertThat(expected.where()).startsWith(file.toString());
                }
                bytes[i] ^= 0x10;
            }
        }

        @Test
        void cut_off_anywhere_is_a_problem() throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            for (int length = 0; length < bytes.length; length += 7) {
                Files.write(file, Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> Bundle.open(file)).isInstanceOf(Problem.class);
            }
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            says("Not a complete bundle: ");
        }

        @Test
        void that_is_missing_or_a_folder_says_so() throws IOException {
            Files.delete(file);
            says("There is no such file");
            Files.createDirectory(file);
            says("Expected a model file, found a folder");
        }

        @Test
        void with_a_name_that_leads_out_of_the_folder_is_refused() throws IOException {
            zipped(entries -> entries.put("../evil.txt", new byte[1]));
            says("Entry name \"../evil.txt\" is not allowed");
            zipped(entries -> entries.put("golden/../../evil.txt", new byte[1]));
            says("Entry name \"golden/../../evil.txt\" is not allowed");
            zipped(entries -> entries.put("/etc/evil", new byte[1]));
            says("Entry name \"/etc/evil\" is not allowed");
            zipped(entries -> entries.put("C:\\evil", new byte[1]));
            says("Entry name \"C:\\evil\" is not allowed");
        }

        @Test
        void with_two_entries_of_one_name_is_refused() throws IOException {
            zipped(entries -> entries.put("labels.txX", new byte[1]));
            byte[] bytes = Files.readAllBytes(file);
            for (int at = indexOf(bytes, "labels.txX".getBytes());
                    at >= 0;
                    at = indexOf(bytes, "labels.txX".getBytes())) {
                bytes[at + 9] = 't';
            }
            Files.write(file, bytes);
            says("Two entries are named \"labels.txt\"");
        }

        @Test
        void with_an_entry_more_or_less_than_the_manifest_lists_is_refused() throws IOException {
            zipped(entries -> entries.put("extra.txt", new byte[1]));
            says("Entry \"extra.txt\" is not listed in the manifest");
            zipped(entries -> entries.remove("golden/01.png"));
            says("Entry \"golden/01.png\" is missing");
            zipped(entries -> entries.remove("manifest.json"));
            says("Entry \"manifest.json\" is missing");
        }

        @Test
        void with_an_entry_of_another_length_is_refused() throws IOException {
            zipped(entries -> entries.put("labels.txt", "dark\n".getBytes()));
            says("Entry \"labels.txt\" is 5 bytes long, expected 20");
        }

        @Test
        void of_something_that_is_no_zip_says_so() throws IOException {
            Files.writeString(file, "just some text that is longer than the end of a zip file's directory");
            says("Not a complete bundle: ");
        }

        private byte[] content(Bundle bundle) {
            List<byte[]> parts = new ArrayList<>();
            parts.add(ManifestJson.bytes(bundle.manifest()));
            for (FileEntry entry : bundle.manifest().files()) parts.add(bundle.content(entry.name()));
            byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
            int at = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, all, at, part.length);
                at += part.length;
            }
            return all;
        }
    }

    @Test
    void of_a_regression_comes_back_with_its_targets() throws IOException {
        BundleWriter.write(ExampleBundle.regression(), file);
        Manifest manifest = Bundle.open(file).manifest();
        assertThat(manifest.task()).isEqualTo(new Regression(ExampleBundle.TARGETS));
        assertThat(manifest.result().count()).isEqualTo(3);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("labels.txt")).readAllBytes())
                    .isEqualTo("nose_x\nnose_y\nweight\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Nested
    @DisplayName("with another manifest")
    class OtherManifest {

        @Test
        void of_a_newer_major_version_asks_for_a_newer_program() throws IOException {
            manifest(json -> json.replace("\"formatVersion\" : \"1.5\"", "\"formatVersion\" : \"2.0\""));
            assertThatThrownBy(() -> Bundle.open(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).isEqualTo("Expected format version 1.x, found 2.0");
                assertThat(problem.where()).isEqualTo(file + ", entry \"manifest.json\"");
                assertThat(problem.remedy()).isEqualTo("use a newer Fovea, or export the model with this one");
            });
        }

        @Test
        void of_a_newer_minor_version_with_fields_it_does_not_know_opens() throws IOException {
            manifest(json -> json.replace(
                    "\"formatVersion\" : \"1.5\"", "\"formatVersion\" : \"1.7\", \"future\" : {\"a\" : [1]}"));
            assertThat(Bundle.open(file).manifest().formatVersion()).isEqualTo("1.7");
        }

        @Test
        void of_the_first_version_opens_without_what_came_later() throws IOException {
            manifest(json -> json.replace("\"formatVersion\" : \"1.5\"", "\"formatVersion\" : \"1.0\"")
                    .replaceFirst("  \"targets\" : \\[ ],\\n", "")
                    .replaceFirst("    \"cropMargin\" : 0,\\n", ""));
            Manifest manifest = Bundle.open(file).manifest();
            assertThat(manifest.task()).isEqualTo(new Classification(ExampleBundle.CLASS_NAMES));
            assertThat(manifest.preprocessing().cropMargin()).isZero();
        }

        @Test
        void of_a_version_that_counted_no_answers_opens_without_them() throws IOException {
            manifest(json -> json.replace("\"formatVersion\" : \"1.5\"", "\"formatVersion\" : \"1.4\"")
                    .replace("\"answers\" : {", "\"something\" : {"));
            assertThat(Bundle.open(file).manifest().answers()).isEqualTo(AnswerDistribution.NONE);
        }

        @Test
        void with_counts_of_answers_that_do_not_fit_says_which_field() throws IOException {
            manifest(json -> json.replace("[ 4, 3, 1 ]", "[ 4, 3, 2 ]"));
            says("Field \"answers\" is missing or wrong: confidences are of 8 pictures, classes of 9");
            manifest(json -> json.replace("[ 0.5, 0.9 ]", "[ 0.9, 0.5 ]"));
            says("Field \"answers\" is missing or wrong: bounds must rise");
            manifest(json -> json.replace("[ 4, 3, 1 ]", "[ 5, 3 ]"));
            says("The manifest is wrong: answers must count each of 3 classes");
        }

        @Test
        void with_a_task_of_a_newer_version_asks_for_a_newer_program() throws IOException {
            manifest(json -> json.replace("\"classification\"", "\"detection\""));
            assertThatThrownBy(() -> Bundle.open(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what())
                        .isEqualTo("The task \"detection\" is none of classification, regression, segmentation,"
                                + " reconstruction");
                assertThat(problem.where()).isEqualTo(file + ", entry \"manifest.json\"");
                assertThat(problem.remedy()).isEqualTo("use a newer Fovea, or export the model with this one");
            });
        }

        @Test
        void that_contradicts_itself_says_so() throws IOException {
            manifest(json -> json.replace("\"classification\"", "\"regression\""));
            says("The manifest is wrong: A regression has no classNames, found 3");
            String target = "{\"name\" : \"x\", \"axis\" : \"x\", \"shift\" : 1, \"scale\" : 1}";
            manifest(json -> json.replace("\"targets\" : [ ]", "\"targets\" : [ " + target + " ]"));
            says("The manifest is wrong: A classification has no targets, found 1");
            manifest(json -> json.replace("\"classification\"", "\"regression\"")
                    .replace("\"targets\" : [ ]", "\"targets\" : [ " + target.replace("1}", "0}") + " ]")
                    .replaceFirst("\"classNames\" : \\[[^]]*\\]", "\"classNames\" : [ ]"));
            says("The manifest is wrong: scale must be above 0: 0.0");
            manifest(json -> json.replace("\"classification\"", "\"regression\"")
                    .replace("\"targets\" : [ ]", "\"targets\" : [ " + target + ", " + target + " ]")
                    .replaceFirst("\"classNames\" : \\[[^]]*\\]", "\"classNames\" : [ ]"));
            says("The manifest is wrong: Two targets are named \"x\"");
        }

        @Test
        void without_a_field_names_it() throws IOException {
            manifest(json -> json.replace("\"height\"", "\"hight\""));
            says("Field \"preprocessing.height\" is missing or wrong: ");
        }

        @Test
        void with_a_field_of_the_wrong_kind_names_it() throws IOException {
            manifest(json -> json.replace("\"seed\" : 42", "\"seed\" : \"many\""));
            says("Field \"provenance.seed\" is missing or wrong: ");
            manifest(json -> json.replace("\"grey\"", "\"gray\""));
            says("Field \"preprocessing.colorMode\" is missing or wrong: ");
            manifest(json -> json.replace("2026-01-31T12:00:00Z", "yesterday"));
            says("Field \"provenance.created\" is missing or wrong: ");
        }

        @Test
        void measured_in_a_unit_that_is_none_names_the_field() throws IOException {
            manifest(json -> json.replace("\"unit\" : \"share\"", "\"unit\" : \"furlongs\""));
            says("Field \"measurements[0].unit\" is missing or wrong: ");
            manifest(json -> json.replace("\"low\" : 0.5", "\"low\" : 0.8"));
            says("Field \"measurements[0]\" is missing or wrong: accuracy 0.75 is outside of its interval");
        }

        @Test
        void with_a_value_out_of_range_says_so() throws IOException {
            manifest(json -> json.replace("\"std\" : [ 0.5 ]", "\"std\" : [ 0.0 ]"));
            says("Field \"preprocessing\" is missing or wrong: ");
        }

        @Test
        void that_is_not_json_says_so() throws IOException {
            manifest(json -> "hello");
            says("The manifest is not JSON");
            manifest(json -> "[]");
            says("Field \"formatVersion\" must be like \"1.5\", found \"\"");
            manifest(json -> json.replaceFirst("\"name\"", "\"name\" : \"twice\", \"name\""));
            says("The manifest is not JSON: Duplicate field 'name'");
        }

        private void manifest(java.util.function.UnaryOperator<String> change) throws IOException {
            BundleWriter.write(ExampleBundle.whole(), file);
            zipped(entries -> entries.computeIfPresent(
                    "manifest.json", (name, json) -> change.apply(new String(json, StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void says(String start) {
        assertThatThrownBy(() -> Bundle.open(file)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).startsWith(start);
            assertThat(problem.where()).startsWith(file.toString());
        });
    }

    /** Writes the example again with changed entries, as a plain zip. */
    private void zipped(Consumer<Map<String, byte[]>> change) throws IOException {
        BundleWriter.write(ExampleBundle.whole(), file);
        rewrite(change);
    }

    private void rewrite(Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        change.accept(entries);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setMethod(ZipEntry.STORED);
                header.setSize(entry.getValue().length);
                header.setCrc(crc.getValue());
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        }
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) return i;
        }
        return -1;
    }
}
