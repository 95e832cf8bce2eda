package io.fovea.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fovea.dataset.Split;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The name of a part")
class PartNameTest {

    @ParameterizedTest
    @CsvSource({
        "train, TRAINING",
        "Training, TRAINING",
        "TRN, TRAINING",
        "training_set, TRAINING",
        "Training Data, TRAINING",
        "train_images, TRAINING",
        "trainImages, TRAINING",
        "TrainSet, TRAINING",
        "trainset, TRAINING",
        "train.csv, TRAINING",
        "train2017, TRAINING",
        "trainval, TRAINING",
        "01-train, TRAINING",
        "val, VALIDATION",
        "valid, VALIDATION",
        "VALIDATION, VALIDATION",
        "val2017, VALIDATION",
        "validation_data.txt, VALIDATION",
        "dev, VALIDATION",
        "test, TEST",
        "Testing, TEST",
        "tests, TEST",
        "test1, TEST",
        "test_set.zip, TEST",
        "hold-out, TEST",
        "held_out_set, TEST",
        "holdout, TEST",
        "evaluation, TEST",
    })
    void may_say_the_part_and_nothing_else(String name, Split part) {
        assertThat(PartName.whole(name)).contains(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat",
                "trains",
                "freight_train",
                "test tube",
                "latest",
                "contest",
                "invalid",
                "trainer",
                "1",
                "",
                "images",
                "train_test_split"
            })
    void is_not_taken_for_one_where_it_says_something_else(String name) {
        assertThat(PartName.whole(name)).isEmpty();
    }

    @Test
    void may_say_more_beside_a_name_that_says_the_same_for_another_part() {
        assertThat(PartName.among(List.of("seg_train", "seg_test", "seg_pred")))
                .containsExactly(entry("seg_train", Split.TRAINING), entry("seg_test", Split.TEST));
    }

    @Test
    void means_nothing_beside_names_that_say_other_things() {
        assertThat(PartName.among(List.of("freight_train", "test_tube", "bus"))).isEmpty();
        assertThat(PartName.among(List.of("freight_train", "steam_train"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "emnist-digits-test-images-idx3-ubyte.gz, TEST",
        "t10k-images.idx3-ubyte, TEST",
        "kmnist-t10k-images-idx3-ubyte.gz, TEST",
        "images-idx3-ubyte-TEST, TEST",
        "emnist-letters-train-images-idx3-ubyte, TRAINING",
        "qmnist_validation_images.idx3, VALIDATION",
        "test_batch.bin, TEST",
        "cifar-100-test.bin.gz, TEST",
    })
    void stands_anywhere_in_the_name_of_a_data_file(String name, Split part) {
        assertThat(PartName.mentioned(name)).containsExactly(part);
    }

    @Test
    void leaves_the_words_that_tell_one_set_from_another() {
        assertThat(PartName.rest("emnist-digits-test-images-idx3-ubyte.gz", Set.of("idx", "ubyte")))
                .isEqualTo("emnist digits");
    }
}
