package io.fovea.source;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.png;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.Split;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream.UnicodeExtraFieldPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names in an archive that are not ASCII")
class ArchiveNamesTest {

    /** Each picture's grey is its place here and 1 more. */
    private static final List<String> GERMAN = List.of("Käfer/größe.png", "Küfer/1.png");

    private static final List<String> JAPANESE = List.of("ソース/1.png", "表/2.png");

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void store() {
        target = temporary.resolve("store");
    }

    @Nested
    @DisplayName("in a zip")
    class Zip {

        @Test
        void are_in_code_page_437_where_nothing_says_otherwise() throws IOException {
            ImportReport report = run(target, ALL_TRAINING, zip("cp437", UnicodeExtraFieldPolicy.NEVER, GERMAN));

            assertGerman("a.zip");
            assertThat(report.remarks())
                    .containsExactly(
                            "2 names in a.zip do not say their encoding and were read in code page 437, as the format"
                                    + " has it, such as \"Käfer/größe.png\". If they are wrong, say what they are in:"
                                    + " --names-encoding cp850 (or shift_jis, gbk, windows-1252 …).");
        }

        @Test
        void are_utf_8_where_all_can_be() throws IOException {
            Path zip = zip("UTF-8", UnicodeExtraFieldPolicy.NEVER, GERMAN);

            assertThat(run(target, ALL_TRAINING, zip).remarks())
                    .containsExactly("2 names in a.zip do not say their encoding and were read in UTF-8, such as"
                            + " \"Käfer/größe.png\".");
            assertGerman("a.zip");
        }

        @Test
        void are_what_the_copy_in_utf_8_beside_them_says() throws IOException {
            Path zip = zip("US-ASCII", UnicodeExtraFieldPolicy.ALWAYS, GERMAN);

            assertThat(run(target, ALL_TRAINING, zip).remarks()).isEmpty();
            assertGerman("a.zip");
        }

        @Test
        void are_in_the_encoding_that_is_given() throws IOException {
            run(target, inEncoding("Shift_JIS"), Source.of(zip("Shift_JIS", UnicodeExtraFieldPolicy.NEVER, JAPANESE)));

            assertThat(contents(target, Split.TRAINING)).containsExactly("ソース a.zip/ソース/1.png 1", "表 a.zip/表/2.png 2");
        }

        @Test
        void are_refused_where_they_are_not_in_the_encoding_that_is_given() throws IOException {
            Path zip = zip("windows-1252", UnicodeExtraFieldPolicy.NEVER, List.of("Käfer/1.png", "Ünze€/2.png"));

            assertThat(problem(target, inEncoding("US-ASCII"), Source.of(zip)).threeLines())
                    .isEqualTo("The name \"K\\xE4fer/1.png\" is not US-ASCII.\n  where: " + zip
                            + "\n"
                            + "  do:    say what the names are in, for example --names-encoding windows-1252 (or"
                            + " cp850, shift_jis, gbk …), or pack the archive again with names in UTF-8");
        }
    }

    @Nested
    @DisplayName("in a tar")
    class Tar {

        @ParameterizedTest
        @ValueSource(strings = {"a.tar", "a.tar.gz"})
        void are_refused_where_they_are_not_utf_8(String file) throws IOException {
            Path tar = tar(file, "ISO-8859-1", false, GERMAN);

            assertThat(problem(target, tar).what()).isEqualTo("The name \"K\\xE4fer/gr\\xF6\\xDFe.png\" is not UTF-8.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a.tar", "a.tgz"})
        void are_in_the_encoding_that_is_given(String file) throws IOException {
            run(target, inEncoding("ISO-8859-1"), Source.of(tar(file, "ISO-8859-1", false, GERMAN)));

            assertGerman(file);
        }

        @Test
        void are_read_where_they_are_utf_8() throws IOException {
            assertThat(run(target, ALL_TRAINING, tar("a.tar", "UTF-8", false, GERMAN))
                            .remarks())
                    .isEmpty();
            assertGerman("a.tar");
        }

        @Test
        void are_read_from_pax_headers() throws IOException {
            run(target, ALL_TRAINING, tar("a.tar", "ISO-8859-1", true, GERMAN));

            assertGerman("a.tar");
        }

        @Test
        void may_be_long() throws IOException {
            String folder = "ö".repeat(120);
            Path tar = tar("a.tar", "ISO-8859-1", false, List.of("ä/" + folder + "/1.png", "ü/" + folder + "/2.png"));

            run(target, inEncoding("ISO-8859-1"), Source.of(tar));

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("ä a.tar/ä/" + folder + "/1.png 1", "ü a.tar/ü/" + folder + "/2.png 2");
        }

        @Test
        void keep_their_bytes_in_pax_headers_that_say_they_are_binary() throws IOException {
            Path tar = temporary.resolve("a.tar");
            try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
                packBinary(out, "K\u00e4fer/1.png", 1);
                packBinary(out, "K\u00fcfer/2.png", 2);
            }

            assertThat(problem(target, tar).what()).isEqualTo("The name \"K\\xE4fer/1.png\" is not UTF-8.");
            run(target, inEncoding("ISO-8859-1"), Source.of(tar));
            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("Käfer a.tar/Käfer/1.png 1", "Küfer a.tar/Küfer/2.png 2");
        }
    }

    private void assertGerman(String file) {
        assertThat(contents(target, Split.TRAINING))
                .containsExactly("Käfer " + file + "/Käfer/größe.png 1", "Küfer " + file + "/Küfer/1.png 2");
    }

    private static ImportSettings inEncoding(String name) {
        return ALL_TRAINING.withReading(
                new SourceReading(Optional.of(Charset.forName(name)), Optional.empty(), Optional.empty()));
    }

    private Path zip(String encoding, UnicodeExtraFieldPolicy copies, List<String> names) throws IOException {
        Path zip = temporary.resolve("a.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            out.setEncoding(encoding);
            out.setUseLanguageEncodingFlag(false);
            out.setCreateUnicodeExtraFields(copies);
            for (String name : names) {
                out.putArchiveEntry(new ZipArchiveEntry(name));
                out.write(png(names.indexOf(name) + 1));
                out.closeArchiveEntry();
            }
        }
        return zip;
    }

    private Path tar(String file, String encoding, boolean paxHeaders, List<String> names) throws IOException {
        Path tar = temporary.resolve(file);
        OutputStream plain = Files.newOutputStream(tar);
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(file.endsWith("gz") ? new GZIPOutputStream(plain) : plain, encoding)) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            out.setAddPaxHeadersForNonAsciiNames(paxHeaders);
            for (String name : names) pack(out, new TarArchiveEntry(name), png(names.indexOf(name) + 1));
        }
        return tar;
    }

    /** As GNU tar and Python write a name that cannot be UTF-8. */
    private static void packBinary(TarArchiveOutputStream out, String name, int grey) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.writeBytes("21 hdrcharset=BINARY\n".getBytes(StandardCharsets.US_ASCII));
        records.writeBytes("20 path=".getBytes(StandardCharsets.US_ASCII));
        records.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        records.write('\n');
        pack(out, new TarArchiveEntry("PaxHeaders/x", TarConstants.LF_PAX_EXTENDED_HEADER_LC), records.toByteArray());
        pack(out, new TarArchiveEntry("x/x.png"), png(grey));
    }

    private static void pack(TarArchiveOutputStream out, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }
}
