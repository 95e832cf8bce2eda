package io.fovea.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Pictures beside their masks")
class MaskFoldersTest {

    private static ClassFolders folders(Source source, String... paths) {
        return ClassFolders.of(List.of(paths), source, Split.TRAINING);
    }

    private static Problem problem(String... paths) {
        return catchThrowableOfType(Problem.class, () -> folders(Source.parse("cells"), paths));
    }

    @ParameterizedTest
    @CsvSource({
        "images/1.jpg, images/2.jpg, masks/1.png, masks/2.png",
        "Images/1.jpg, Images/2.jpg, Masks/1_mask.png, Masks/2_mask.png",
        "JPEGImages/a.jpg, JPEGImages/b.jpg, SegmentationClass/a.png, SegmentationClass/b.png",
        "img/image_1.png, img/image_2.png, gt/mask_1.png, gt/mask_2.png",
        "imgs/1.png, imgs/2.png, labels/deep/1.png, labels/deep/2.png",
        "train/images/1.png, train/images/2.png, train/masks/1.png, val/masks/2.png",
        "images/train/1.png, images/val/2.png, masks/train/1.png, masks/val/2.png",
        "train_images/1.png, train_images/2.png, train_masks/1.png, train_masks/2.png",
    })
    void are_no_two_classes(String one, String other, String mask, String otherMask) {
        Problem problem = problem(one, other, mask, otherMask);

        assertThat(problem).isNotNull();
        assertThat(problem.what()).containsAnyOf("look like pictures and their masks", "it is not clear whether");
    }

    @Test
    void are_refused_with_what_gave_them_away_and_what_to_do() {
        Problem problem = problem("images/1.jpg", "images/2.jpg", "masks/1.png", "masks/3.png");

        assertThat(problem.what())
                .isEqualTo("\"images\" and \"masks\" look like pictures and their masks, not like two classes: 1 of 2"
                        + " names in \"masks\" are also in \"images\", such as \"1\".");
        assertThat(problem.where()).isEqualTo("cells");
        assertThat(problem.remedy())
                .startsWith("give --task segmentation to learn the class of every pixel")
                .contains("give train=cells");
    }

    @Test
    void are_classes_where_the_role_says_so() {
        assertThat(folders(Source.parse("train=cells"), "images/1.jpg", "masks/1.png")
                        .pictures())
                .extracting(ListedPicture::className)
                .containsExactly("images", "masks");
    }

    @Test
    void are_classes_where_no_file_is_called_alike() {
        assertThat(problem("images/cat.jpg", "images/dog.jpg", "masks/venice.png", "masks/hockey.png"))
                .isNull();
    }

    @Test
    void are_not_classes_whose_files_are_merely_numbered() {
        assertThat(problem("cat/1.png", "cat/2.png", "dog/1.png", "dog/2.png")).isNull();
        assertThat(problem("no_mask/1.png", "no_mask/2.png", "with_mask/1.png", "with_mask/2.png"))
                .isNull();
        assertThat(problem("mask/1.png", "face/1.png")).isNull();
    }
}
