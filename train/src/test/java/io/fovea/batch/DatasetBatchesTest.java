package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.source.Source;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Batches of an imported dataset")
class DatasetBatchesTest {

    private static final GeneratedDigits DIGITS = GeneratedDigits.generate(7, 2, 1);

    @TempDir
    static Path folder;

    @BeforeAll
    static void import_digits() {
        DIGITS.write(folder.resolve("idx"));
        Preparation preparation = new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH);
        ImportSettings settings = ImportSettings.of("digits", preparation)
                .withSplits(new SplitSettings(0, 0))
                .withThreads(1);
        DatasetImport.run(
                List.of(Source.of(folder.resolve("idx"))), settings, folder.resolve("digits"), (done, total) -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void hold_the_bytes_and_labels_that_were_drawn(int threads) {
        try (Dataset dataset = Dataset.open(folder.resolve("digits"));
                BatchLoader loader = new BatchLoader(dataset, Split.TEST, BatchSettings.forEvaluation(8, threads))) {
            loader.start(0, 0);
            assertThat(loader.batchesPerEpoch()).isEqualTo(3);
            for (int first = 0; first < 20; first += 8) {
                Batch batch = loader.next().orElseThrow();
                assertThat(batch.height() * 100 + batch.width() + batch.channels())
                        .isEqualTo(2829);
                for (int row = 0; row < batch.size(); row++) {
                    assertThat(Arrays.copyOfRange(batch.pixels(), row * 784, (row + 1) * 784))
                            .isEqualTo(DIGITS.test().picture(first + row).values());
                    assertThat(batch.labels()[row]).isEqualTo((first + row) % 10);
                }
            }
            assertThat(loader.next()).isEmpty();
        }
    }

    @Test
    void are_the_same_from_memory_and_from_the_store() {
        try (Dataset stored = Dataset.open(folder.resolve("digits"));
                Dataset held = Dataset.open(folder.resolve("digits"))) {
            held.holdInMemory(Split.TRAINING);
            BatchSettings settings = BatchSettings.forTraining(16, Augmentation.NONE.withRotation(10), 4, 1);
            try (BatchLoader fromStore = new BatchLoader(stored, Split.TRAINING, settings);
                    BatchLoader fromMemory = new BatchLoader(held, Split.TRAINING, settings)) {
                fromStore.start(1, 0);
                fromMemory.start(1, 0);
                for (int i = 0; i < 5; i++) {
                    Batch expected = fromStore.next().orElseThrow();
                    Batch found = fromMemory.next().orElseThrow();
                    assertThat(found.labels()).isEqualTo(expected.labels());
                    assertThat(found.pixels()).isEqualTo(expected.pixels());
                }
            }
        }
    }

    @Test
    void of_an_empty_split_are_none() {
        try (Dataset dataset = Dataset.open(folder.resolve("digits"));
                BatchLoader loader = new BatchLoader(dataset, Split.VALIDATION, BatchSettings.forEvaluation(8, 1))) {
            loader.start(0, 0);

            assertThat(loader.next()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void need_settings_that_make_sense() {
        assertThatThrownBy(() -> BatchSettings.forEvaluation(0, 1))
                .hasMessageStartingWith("The batch size must be at least 1, not 0.");
        assertThatThrownBy(() -> BatchSettings.forEvaluation(1, 65))
                .hasMessageStartingWith("Loading threads must be 0 to 64, not 65.");
    }

    @Test
    void are_loaded_by_a_quarter_as_many_threads_as_compute() {
        assertThat(BatchSettings.loadingThreads(1)).isEqualTo(1);
        assertThat(BatchSettings.loadingThreads(7)).isEqualTo(1);
        assertThat(BatchSettings.loadingThreads(16)).isEqualTo(4);
        assertThat(BatchSettings.loadingThreads(128)).isEqualTo(8);
    }
}
