package io.fovea.importer;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.picture;
import static io.fovea.importer.ImportSteps.png;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.source.SourceReading;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Names and text that are not UTF-8")
class UnreadableNamesTest {

    private static final Charset LATIN_1 = StandardCharsets.ISO_8859_1;

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void store() {
        target = temporary.resolve("store");
    }

    @Nested
    @DisplayName("on disk")
    @EnabledOnOs(OS.LINUX)
    class OnDisk {

        @Test
        void do_not_keep_a_picture_from_being_read() throws IOException {
            Files.createDirectories(temporary.resolve("photos/cat"));
            Files.write(raw("photos/cat/stra%DFe.png"), png(1));
            Files.write(raw("photos/cat/stra%DEe.png"), png(2));
            picture(temporary.resolve("photos/dog/3.png"), 3);

            ImportReport report = run(target, ALL_TRAINING, temporary.resolve("photos"));

            assertThat(report.broken()).isEmpty();
            assertThat(contents(target, Split.TRAINING))
                    .containsExactly(
                            "cat photos/cat/stra\\xDEe.png 2",
                            "cat photos/cat/stra\\xDFe.png 1",
                            "dog photos/dog/3.png 3");
        }

        @Test
        void are_refused_for_a_class() throws IOException {
            Files.createDirectories(raw("photos/K%E4fer"));
            Files.write(raw("photos/K%E4fer/1.png"), png(1));
            picture(temporary.resolve("photos/dog/3.png"), 3);

            Problem problem = problem(target, temporary.resolve("photos"));

            assertThat(problem.what()).isEqualTo("The name of the folder \"K\\xE4fer\" is not UTF-8.");
            assertThat(problem.remedy()).startsWith("rename it, for example: convmv");
        }

        @Test
        void are_said_where_a_list_means_them_and_read_where_their_encoding_is_given() throws IOException {
            Files.createDirectories(temporary.resolve("photos"));
            Files.write(raw("photos/stra%DFe.png"), png(1));
            picture(temporary.resolve("photos/b.png"), 2);
            Path list = Files.writeString(
                    temporary.resolve("list.csv"), "photos/stra\u00dfe.png,cat\nphotos/b.png,dog\nphotos/b.png,cat\n");

            assertThat(run(target, ALL_TRAINING, list).broken())
                    .extracting(BrokenPicture::reason)
                    .containsExactly("There is a file \"stra\\xDFe.png\", whose name is not UTF-8: say what it is in"
                            + " (--names-encoding), or rename it.");
            run(temporary.resolve("other"), in(LATIN_1), Source.of(list));
            assertThat(contents(temporary.resolve("other"), Split.TRAINING))
                    .contains("cat list.csv/photos/stra\u00dfe.png 1");
        }
    }

    @Nested
    @DisplayName("in a list")
    class InList {

        @Test
        void are_refused_with_their_line() throws IOException {
            pictures();
            Path list = Files.write(temporary.resolve("list.csv"), "a.png,Hund\nb.png,K\u00e4fer\n".getBytes(LATIN_1));

            assertThat(problem(target, list).threeLines())
                    .isEqualTo("Expected text in UTF-8, found the byte 0xE4.\n  where: " + list
                            + ", line 2\n  do:    save it"
                            + " as UTF-8, or say what it is in, for example --names-encoding windows-1252");
        }

        @Test
        void are_read_where_their_encoding_is_given() throws IOException {
            pictures();
            Path list = Files.write(temporary.resolve("list.csv"), "a.png,Hund\nb.png,K\u00e4fer\n".getBytes(LATIN_1));

            assertThat(run(target, in(LATIN_1), Source.of(list)).classNames()).containsExactly("Hund", "K\u00e4fer");
        }

        @Test
        void are_read_where_a_mark_says_utf_16() throws IOException {
            pictures();
            byte[] text = "\uFEFFa.png,Hund\r\nb.png,K\u00e4fer\r\n".getBytes(StandardCharsets.UTF_16LE);

            assertThat(run(target, ALL_TRAINING, Files.write(temporary.resolve("list.csv"), text))
                            .classNames())
                    .containsExactly("Hund", "K\u00e4fer");
        }

        @Test
        void are_refused_among_the_class_names_too() throws IOException {
            pictures();
            Path list = Files.writeString(temporary.resolve("list.csv"), "a.png,0\nb.png,1\n");
            Path names = Files.write(temporary.resolve("names.txt"), "Hund\nK\u00e4fer\n".getBytes(LATIN_1));

            assertThat(problem(target, ALL_TRAINING, Source.of(list), Source.parse("classes=" + names))
                            .where())
                    .isEqualTo(names + ", line 2");
            assertThat(run(target, in(LATIN_1), Source.of(list), Source.parse("classes=" + names))
                            .classNames())
                    .containsExactly("Hund", "K\u00e4fer");
        }
    }

    @Test
    void are_not_taken_for_another_class_by_the_form_of_accents() throws IOException {
        pictures();
        picture(temporary.resolve("c.png"), 3);
        Path list =
                Files.writeString(temporary.resolve("list.csv"), "a.png,Hund\nb.png,K\u00e4fer\nc.png,Ka\u0308fer\n");

        assertThat(problem(target, list).what()).endsWith(" differ only in how their accents are written.");
    }

    private void pictures() throws IOException {
        picture(temporary.resolve("a.png"), 1);
        picture(temporary.resolve("b.png"), 2);
    }

    private static ImportSettings in(Charset encoding) {
        return ALL_TRAINING.withReading(new SourceReading(Optional.of(encoding), Optional.empty(), Optional.empty()));
    }

    /** Returns a path below the folder, with bytes as % and two digits. */
    private Path raw(String name) {
        return Path.of(URI.create(temporary.toUri() + name));
    }
}
