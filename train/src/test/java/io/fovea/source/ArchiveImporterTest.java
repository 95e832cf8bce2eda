package io.fovea.source;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.png;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Split;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSteps;
import io.fovea.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Importing archives")
class ArchiveImporterTest {

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void folders() {
        target = temporary.resolve("store");
    }

    @Nested
    @DisplayName("of class folders")
    class Folders {

        @Test
        void reads_a_zip() throws IOException {
            Path zip = zip(
                    "animals.zip",
                    file("cat/1.png", png(1)),
                    file("dog/deep/2.png", png(2)),
                    file("__MACOSX/cat/._1.png", png(3)));

            run(target, ALL_TRAINING, zip);

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat animals.zip/cat/1.png 1", "dog animals.zip/dog/deep/2.png 2");
        }

        @Test
        void reads_gzipped_tars_as_parts() throws IOException {
            Path train = tar("train.tar.gz", file("./train/cat/1.png", png(1)), file("./train/dog/2.png", png(2)));
            Path test = tar("test.tgz", file("test/dog/3.png", png(3)));

            run(target, ALL_TRAINING, Source.of(train), Source.of(test));

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat train.tar.gz/train/cat/1.png 1", "dog train.tar.gz/train/dog/2.png 2");
            assertThat(contents(target, Split.TEST)).containsExactly("dog test.tgz/test/dog/3.png 3");
        }

        @Test
        void looks_through_a_folder_around_everything() throws IOException {
            Path tar = tar(
                    "a.tar",
                    file("animals-1.0/README", new byte[3]),
                    file("animals-1.0/cat/1.png", png(1)),
                    file("animals-1.0/dog/2.png", png(2)));

            assertThat(run(target, ALL_TRAINING, tar).classNames()).containsExactly("cat", "dog");
        }

        @Test
        void reads_parts_in_whatever_words_and_does_not_see_what_systems_put_beside() throws IOException {
            Path zip = zip(
                    "animals.zip",
                    file("animals/Training/cat/1.png", png(1)),
                    file("animals/Training/dog/2.png", png(2)),
                    file("animals/valid/dog/3.png", png(3)),
                    file("animals/valid/dog/@eaDir/3.png/SYNOPHOTO_THUMB_M.jpg", png(4)),
                    file("animals/#recycle/cow/4.png", png(5)),
                    file("animals/test/5.png", png(6)));

            ImportReport report = run(target, ALL_TRAINING, zip);

            assertThat(contents(target, Split.TRAINING)).hasSize(2);
            assertThat(contents(target, Split.VALIDATION)).containsExactly("dog animals.zip/animals/valid/dog/3.png 3");
            assertThat(report.remarks())
                    .containsExactly("1 picture of animals.zip/animals/test lies in no class folder and was passed"
                            + " over: put them into the folder of their class, or let a trained model predict it.");
        }

        @Test
        void says_which_files_are_of_another_version_of_a_known_set() throws IOException {
            Path tar = tar(
                    "cifar-10-python.tar.gz",
                    file("cifar-10-batches-py/data_batch_1", new byte[3]),
                    file("cifar-10-batches-py/test_batch", new byte[3]),
                    file("cifar-10-batches-py/batches.meta", new byte[3]));

            Problem problem = problem(target, tar);

            assertThat(problem.what())
                    .contains("3 files of cifar-10-python.tar.gz are of a kind that is not read (Python version of"
                            + " CIFAR)");
            assertThat(problem.remedy()).startsWith("fetch the binary version (cifar-10-binary.tar.gz");
        }

        @Test
        void counts_links_within_as_broken() throws IOException {
            Path tar = tar(
                    "a.tar", file("cat/1.png", png(1)), file("dog/2.png", png(2)), link("dog/3.png", "../cat/1.png"));

            assertThat(run(target, ALL_TRAINING, tar).broken())
                    .containsExactly(new BrokenPicture(
                            "a.tar/dog/3.png", "It is a link, and links within archives are not followed."));
        }
    }

    @Test
    void unpacks_data_files_and_leaves_nothing_of_them() throws IOException {
        Path zip = zip(
                "mnist.zip",
                file("mnist/train-images-idx3-ubyte", IdxImporterTest.images(2051, 2, 2, 2, 10, 20)),
                file("mnist/train-labels-idx1-ubyte", IdxImporterTest.labels(2049, 2, 0, 1)));

        run(target, ALL_TRAINING, zip);

        assertThat(contents(target, Split.TRAINING))
                .containsExactly("0 train-images-idx3-ubyte#0 10", "1 train-images-idx3-ubyte#1 20");
        assertThat(ImportSteps.names(target)).containsExactly("data.mdb", "dataset.json");
        assertThat(ImportSteps.names(temporary)).containsExactly("mnist.zip", "store");
    }

    @Nested
    @DisplayName("that are made to do harm or damaged")
    class Harmful {

        @Test
        void refuses_names_that_climb_out() throws IOException {
            Path zip = zip("evil.zip", file("cat/1.png", png(1)), file("cat/../../dog/2.png", png(2)));

            assertThat(problem(target, zip).threeLines())
                    .isEqualTo(
                            "The archive has an entry that leads out of it: \"cat/../../dog/2.png\".\n  where: " + zip
                                    + "\n"
                                    + "  do:    do not trust this archive; if it is yours, pack it again from within"
                                    + " its folder");
        }

        @Test
        void refuses_names_from_the_root_of_the_disk() throws IOException {
            assertThat(problem(target, zip("evil.zip", file("/etc/1.png", png(1))))
                            .what())
                    .contains("\"/etc/1.png\"");
            assertThat(problem(target, zip("worse.zip", file("C:\\cat\\1.png", png(1))))
                            .what())
                    .contains("leads out of it");
            assertThat(problem(target, zip("worst.zip", file("cat\\..\\..\\1.png", png(1))))
                            .what())
                    .contains("leads out of it");
        }

        @Test
        void refuses_links_that_lead_out() throws IOException {
            Path tar = tar("evil.tar", file("cat/1.png", png(1)), link("dog/2.png", "../../secret.png"));

            assertThat(problem(target, tar).what())
                    .isEqualTo("The archive has an entry that leads out of it: \"dog/2.png → ../../secret.png\".");
        }

        @Test
        void refuses_to_unpack_a_bomb() throws IOException {
            Path bomb = temporary.resolve("bomb.tar.gz");
            try (TarArchiveOutputStream out = new TarArchiveOutputStream(
                    new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)))) {
                TarArchiveEntry entry = new TarArchiveEntry("cat/1.png");
                entry.setSize(400L << 20);
                out.putArchiveEntry(entry);
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 400; i++) out.write(zeros);
                out.closeArchiveEntry();
            }

            assertThat(problem(target, bomb).what()).isEqualTo("The archive unpacks to more than 200 times its size.");
        }

        @Test
        void says_that_an_archive_is_cut_off() throws IOException {
            Path tar = tar("a.tar.gz", file("cat/1.png", png(1)), file("dog/2.png", png(2)));
            byte[] whole = Files.readAllBytes(tar);
            Files.write(tar, Arrays.copyOf(whole, whole.length / 2));

            Problem problem = problem(target, tar);

            assertThat(problem.what()).startsWith("Cannot read the source: ");
            assertThat(problem.where()).isEqualTo(tar.toString());
            assertThat(ImportSteps.names(temporary)).containsExactly("a.tar.gz");
        }

        @Test
        void says_that_a_zip_is_none() throws IOException {
            Path zip = Files.write(temporary.resolve("a.zip"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});

            assertThat(problem(target, zip).what()).startsWith("Cannot read the source: ");
        }
    }

    private record Packed(String name, byte[] content, String linkedTo) {}

    private static Packed file(String name, byte[] content) {
        return new Packed(name, content, "");
    }

    private static Packed link(String name, String linkedTo) {
        return new Packed(name, new byte[0], linkedTo);
    }

    private Path zip(String name, Packed... files) throws IOException {
        Path zip = temporary.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Packed file : files) {
                out.putNextEntry(new ZipEntry(file.name()));
                out.write(file.content());
            }
        }
        return zip;
    }

    private Path tar(String name, Packed... files) throws IOException {
        Path tar = temporary.resolve(name);
        OutputStream file = Files.newOutputStream(tar);
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(
                name.endsWith("gz") || name.endsWith("tgz") ? new GZIPOutputStream(file) : file)) {
            for (Packed packed : files) {
                boolean link = !packed.linkedTo().isEmpty();
                TarArchiveEntry entry =
                        new TarArchiveEntry(packed.name(), link ? TarConstants.LF_SYMLINK : TarConstants.LF_NORMAL);
                if (link) entry.setLinkName(packed.linkedTo());
                else entry.setSize(packed.content().length);
                out.putArchiveEntry(entry);
                out.write(packed.content());
                out.closeArchiveEntry();
            }
        }
        return tar;
    }
}
