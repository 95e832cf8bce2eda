package io.fovea.dataset;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.TINY;
import static io.fovea.importer.ImportSteps.picture;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.ImportSteps;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A dataset")
class DatasetTest {

    @TempDir
    Path temporary;

    Path source;
    Path target;

    @BeforeEach
    void pictures() throws IOException {
        source = temporary.resolve("animals");
        target = temporary.resolve("store");
        picture(source.resolve("train/cat/1.png"), 0);
        picture(source.resolve("train/cat/2.png"), 102);
        picture(source.resolve("train/dog/1.png"), 204);
        picture(source.resolve("train/dog/2.png"), 102);
        picture(source.resolve("val/dog/1.png"), 255);
    }

    @Nested
    @DisplayName("that was imported")
    class Imported {

        @Test
        void knows_what_each_source_was_given_for() {
            DatasetImport.run(
                    List.of(Source.of(source.resolve("train"), SourceRole.TRAINING)),
                    ALL_TRAINING,
                    target,
                    ImportListener.NONE);

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.sources())
                        .containsExactly(source.resolve("train").toString());
                assertThat(dataset.sourcesWithRoles()).containsExactly("train=" + source.resolve("train"));
            }
        }

        @Test
        void knows_what_it_is() {
            run(target, ALL_TRAINING, source);

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.name()).isEqualTo("tiny");
                assertThat(dataset.folder()).isEqualTo(target);
                assertThat(dataset.preparation()).isEqualTo(TINY);
                assertThat(dataset.sources()).containsExactly(source.toString());
                assertThat(dataset.sourcesWithRoles()).containsExactly(source.toString());
                assertThat(dataset.count(Split.TRAINING)).isEqualTo(4);
                assertThat(dataset.count(Split.TEST)).isZero();
                assertThat(dataset.sizeInBytes())
                        .isEqualTo(target.resolve("data.mdb").toFile().length());
            }
        }

        @Test
        void has_the_statistics_of_the_training_split_only() {
            run(target, ALL_TRAINING, source);

            try (Dataset dataset = Dataset.open(target)) {
                DatasetStatistics statistics = dataset.statistics();
                // (0 + 102 + 204 + 102) / 4 = 102 = 0.4 · 255; deviations 102, 0, 102, 0: √(102² / 2) = 0.4 · 255 / √2
                assertThat(statistics.mean()).containsExactly(0.4f);
                assertThat(statistics.std()).containsExactly((float) (0.4 / Math.sqrt(2)));
                assertThat(statistics.meanPicture()).containsExactly(0.4f, 0.4f, 0.4f, 0.4f);
                assertThat(statistics.meanPixels().at(1, 1, 0)).isEqualTo(102);
                assertThat(statistics.count(Split.TRAINING, 1)).isEqualTo(2);
                assertThat(statistics.count(Split.VALIDATION, 0)).isZero();
            }
        }

        @ParameterizedTest
        @EnumSource(StoredForm.class)
        void gives_the_same_pictures_from_disk_and_from_memory(StoredForm form) {
            run(target, ALL_TRAINING.withForm(form), source);

            try (Dataset dataset = Dataset.open(target)) {
                int[] disk = greys(dataset);
                dataset.holdInMemory(Split.TRAINING);
                dataset.holdInMemory(Split.TEST);
                assertThat(disk).containsExactly(0, 102, 204, 102);
                assertThat(greys(dataset)).isEqualTo(disk);
                dataset.verify();
            }
        }

        @Test
        void is_held_in_memory_only_if_it_is_small_beside_what_java_may_take() {
            long memory = Runtime.getRuntime().maxMemory();
            assertThat(HeldPictures.isSmall(1_000, 784)).isTrue();
            assertThat(HeldPictures.isSmall(Math.toIntExact(memory / 100_000), 100_000))
                    .isFalse();
        }

        @Test
        void copies_a_picture_to_where_it_is_wanted() {
            run(target, ALL_TRAINING, source);

            try (Dataset dataset = Dataset.open(target)) {
                byte[] bytes = new byte[6];
                dataset.copyPicture(Split.TRAINING, 1, bytes, 1);
                assertThat(bytes).containsExactly(0, 102, 102, 102, 102, 0);
                assertThatThrownBy(() -> dataset.copyPicture(Split.TRAINING, 1, bytes, 3))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> dataset.label(Split.TRAINING, 4))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }

        @Test
        void knows_alike_pictures_by_their_hash() {
            run(target, ALL_TRAINING, source);

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.pictureHash(Split.TRAINING, 1)).isEqualTo(dataset.pictureHash(Split.TRAINING, 3));
                assertThat(dataset.pictureHash(Split.TRAINING, 1)).isNotEqualTo(dataset.pictureHash(Split.TRAINING, 0));
            }
        }

        @Test
        void is_read_by_several_threads_at_once() {
            run(target, ALL_TRAINING, source);

            try (Dataset dataset = Dataset.open(target)) {
                long wrong = IntStream.range(0, 4000)
                        .parallel()
                        .filter(i -> dataset.picture(Split.TRAINING, i % 4).at(1, 0, 0)
                                != new int[] {0, 102, 204, 102}[i % 4])
                        .count();
                assertThat(wrong).isZero();
            }
        }

        @Test
        void refuses_to_be_read_after_it_was_closed() {
            run(target, ALL_TRAINING, source);
            Dataset dataset = Dataset.open(target);
            dataset.close();
            dataset.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> dataset.picture(Split.TRAINING, 0))
                    .withMessage("The dataset tiny is closed");
        }
    }

    @Nested
    @DisplayName("has a content hash")
    class Hash {

        @Test
        void that_does_not_depend_on_name_form_and_threads() {
            String first = hash(ALL_TRAINING);
            ImportSettings other = new ImportSettings(
                    "other", TINY, ALL_TRAINING.splits(), 1, ALL_TRAINING.maximumPerClass(), StoredForm.PNG, 3, 1);

            assertThat(hash(other)).isEqualTo(first).matches("[0-9a-f]{64}");
        }

        @Test
        void that_changes_with_a_picture_a_label_a_split_a_class_name_and_the_preparation() throws IOException {
            String first = hash(ALL_TRAINING);
            Preparation fill = new Preparation(2, 2, ColorMode.GREY, ResizeMode.FILL);
            assertThat(hash(ImportSettings.of("tiny", fill).withMinimumPerClass(1)))
                    .isNotEqualTo(first);

            picture(source.resolve("train/cat/1.png"), 1);
            String picture = hash(ALL_TRAINING);
            assertThat(picture).isNotEqualTo(first);

            Files.move(source.resolve("train/cat/2.png"), source.resolve("train/dog/0.png"));
            String label = hash(ALL_TRAINING);
            assertThat(label).isNotEqualTo(picture);

            Files.move(source.resolve("train/dog"), source.resolve("train/fox"));
            Files.move(source.resolve("val/dog"), source.resolve("val/fox"));
            String name = hash(ALL_TRAINING);
            assertThat(name).isNotEqualTo(label);

            Files.move(source.resolve("val"), source.resolve("test"));
            assertThat(hash(ALL_TRAINING)).isNotEqualTo(name);
        }

        private String hash(ImportSettings settings) {
            run(target, settings.withExisting(ExistingDataset.REPLACE), source);
            try (Dataset dataset = Dataset.open(target)) {
                return dataset.contentHash();
            }
        }
    }

    @Nested
    @DisplayName("of a name that exists")
    class Existing {

        @Test
        void is_kept_unless_its_replacement_is_asked_for() throws IOException {
            run(target, ALL_TRAINING, source);
            picture(source.resolve("train/cat/3.png"), 1);

            assertThat(problem(target, source).threeLines())
                    .isEqualTo("A dataset of this name exists already.\n  where: " + target
                            + "\n  do:    choose another name, or ask for the existing one to be replaced");
            assertThat(count()).isEqualTo(4);

            run(target, ALL_TRAINING.withExisting(ExistingDataset.REPLACE), source);
            assertThat(count()).isEqualTo(5);
            assertThat(ImportSteps.names(temporary)).containsExactly("animals", "store");
        }

        @Test
        void stays_when_its_replacement_fails() throws IOException {
            run(target, ALL_TRAINING, source);

            problem(
                    target,
                    ALL_TRAINING.withExisting(ExistingDataset.REPLACE),
                    Source.of(temporary.resolve("nowhere")));

            assertThat(count()).isEqualTo(4);
            assertThat(ImportSteps.names(temporary)).containsExactly("animals", "store");
        }

        private int count() {
            try (Dataset dataset = Dataset.open(target)) {
                return dataset.count(Split.TRAINING);
            }
        }
    }

    @Nested
    @DisplayName("that is damaged")
    class Damaged {

        @Test
        void is_missing() {
            assertThat(openingProblem().what()).isEqualTo("There is no dataset here.");
        }

        @Test
        void lacks_its_description() throws IOException {
            run(target, ALL_TRAINING, source);
            Files.delete(target.resolve("dataset.json"));

            assertThat(openingProblem().what())
                    .isEqualTo("This folder is not a complete dataset: it has no dataset.json.");
        }

        @Test
        void has_a_description_that_is_no_json() throws IOException {
            run(target, ALL_TRAINING, source);
            Files.writeString(target.resolve("dataset.json"), "{ \"name\": ");

            assertThat(openingProblem().what()).startsWith("The dataset's description cannot be read: ");
        }

        @Test
        void was_made_before_there_were_masks_and_is_whole() throws IOException {
            run(target, ALL_TRAINING, source);
            String json = Files.readString(target.resolve("dataset.json"));
            Files.writeString(target.resolve("dataset.json"), json.replaceFirst("\"pixels\" : \\{[^}]*\\},", ""));

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.hasMasks()).isFalse();
                dataset.verify();
            }
        }

        @Test
        void has_a_description_of_another_version() throws IOException {
            run(target, ALL_TRAINING, source);
            String json = Files.readString(target.resolve("dataset.json"));
            Files.writeString(
                    target.resolve("dataset.json"), json.replace("\"formatVersion\" : 1", "\"formatVersion\" : 3"));

            assertThat(openingProblem().what()).isEqualTo("Expected a dataset of format version 1 or 2, found 3.");
        }

        @Test
        void lost_the_end_of_its_pictures() throws IOException {
            run(target, ALL_TRAINING, source);
            long length = target.resolve("data.mdb").toFile().length();
            try (RandomAccessFile file =
                    new RandomAccessFile(target.resolve("data.mdb").toFile(), "rw")) {
                file.setLength(length - 4096);
            }

            assertThat(openingProblem().what())
                    .isEqualTo("Expected " + length + " bytes of pictures, found " + (length - 4096) + ".");
        }

        @Test
        void has_a_store_that_is_none() throws IOException {
            run(target, ALL_TRAINING, source);
            long length = target.resolve("data.mdb").toFile().length();
            Files.write(target.resolve("data.mdb"), new byte[(int) length]);

            assertThat(openingProblem().what()).startsWith("The pictures cannot be read: ");
        }

        @Test
        void finds_a_changed_picture_when_asked_to_verify() throws IOException {
            picture(source.resolve("train/dog/3.png"), 77);
            run(target, ALL_TRAINING, source);
            byte[] store = Files.readAllBytes(target.resolve("data.mdb"));
            int at = 0;
            while (store[at] != 77 || store[at + 1] != 77 || store[at + 2] != 77 || store[at + 3] != 77) at++;
            store[at + 2] = 78;
            Files.write(target.resolve("data.mdb"), store);

            try (Dataset dataset = Dataset.open(target)) {
                Problem problem = catchThrowableOfType(Problem.class, dataset::verify);
                assertThat(problem.what()).isEqualTo("Picture 4 of the split TRAINING was changed since the import.");
            }
        }

        private Problem openingProblem() {
            return catchThrowableOfType(Problem.class, () -> Dataset.open(target));
        }
    }

    private static int[] greys(Dataset dataset) {
        return IntStream.range(0, dataset.count(Split.TRAINING))
                .map(i -> dataset.picture(Split.TRAINING, i).at(1, 1, 0))
                .toArray();
    }
}
