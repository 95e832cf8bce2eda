package io.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The palette")
class PaletteTest {

    private static int[] color(int label) {
        return new int[] {Palette.color(label, 0), Palette.color(label, 1), Palette.color(label, 2)};
    }

    @Test
    void has_the_colors_of_pascal_voc() {
        assertThat(color(0)).containsExactly(0, 0, 0);
        assertThat(color(1)).containsExactly(128, 0, 0);
        assertThat(color(2)).containsExactly(0, 128, 0);
        assertThat(color(7)).containsExactly(128, 128, 128);
        assertThat(color(8)).containsExactly(64, 0, 0);
        assertThat(color(20)).containsExactly(0, 64, 128);
        assertThat(color(255)).containsExactly(224, 224, 192);
    }

    @Test
    void has_no_color_twice() {
        Set<Integer> colors = new HashSet<>();
        for (int label = 0; label < Palette.SIZE; label++) {
            int[] color = color(label);
            colors.add(color[0] << 16 | color[1] << 8 | color[2]);
        }
        assertThat(colors).hasSize(256);
    }

    @Test
    void colors_labels_in_a_file_that_reads_as_these_colors() {
        byte[] png = PngWriter.bytes(2, 1, new byte[] {2, (byte) 255});
        Pixels colors = PictureDecoder.decode(png, "mask.png", ColorMode.COLOR);
        assertThat(colors.values()).containsExactly(0, (byte) 128, 0, (byte) 224, (byte) 224, (byte) 192);
        assertThatThrownBy(() -> PngWriter.bytes(2, 2, new byte[3])).hasMessage("Expected 2x2 labels, found 3");
    }
}
