package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.chart.ChartFile;
import io.fovea.image.Pixels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The picture of codes")
class CodePictureTest {

    private static Set<Integer> colours(Pixels picture) {
        Set<Integer> colours = new HashSet<>();
        for (int i = 0; i < picture.values().length; i += 3) {
            colours.add((picture.values()[i] & 0xff) << 16
                    | (picture.values()[i + 1] & 0xff) << 8
                    | picture.values()[i + 2] & 0xff);
        }
        return colours;
    }

    @Test
    void shows_the_classes_that_have_points_and_names_all() {
        Pixels picture = ChartFile.pixels(CodePicture.draw(
                new float[] {0, 0, 1, 1}, new double[] {0.7, 0.2}, new int[] {0, 1}, List.of("cat", "dog")));

        assertThat(colours(picture)).contains(CodePicture.colour(0, 2), CodePicture.colour(1, 2));
    }

    @Test
    void shows_points_that_all_lie_in_one_place() {
        Pixels picture = ChartFile.pixels(CodePicture.draw(
                new float[] {0, 0}, new double[] {0, 0}, new int[] {0}, List.of("a very long name of a class")));

        assertThat(colours(picture)).contains(CodePicture.colour(0, 1));
    }

    @Test
    void gives_ten_classes_ten_colours() {
        Set<Integer> colours = new HashSet<>();
        for (int k = 0; k < 10; k++) colours.add(CodePicture.colour(k, 10));

        assertThat(colours).hasSize(10);
    }
}
