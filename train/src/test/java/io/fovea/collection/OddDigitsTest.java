package io.fovea.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The odd digits")
class OddDigitsTest {

    @Test
    void are_twenty_of_each_half_of_them_printed() {
        List<OddDigits.OddDigit> list = OddDigits.list();
        assertThat(list).hasSize(200);
        for (int digit = 0; digit < 10; digit++) {
            int wanted = digit;
            List<OddDigits.OddDigit> own =
                    list.stream().filter(odd -> odd.digit() == wanted).toList();
            assertThat(own).hasSize(20).allMatch(odd -> odd.name().startsWith(wanted + "-"));
            assertThat(own.stream().filter(odd -> odd.style().equals("pen"))).hasSize(10);
        }
        assertThat(list.stream().map(OddDigits.OddDigit::name).collect(Collectors.toSet()))
                .hasSize(200);
    }

    /** Figures that were measured on the list hold for this list only. */
    @Test
    void are_the_same_on_every_machine() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (OddDigits.OddDigit odd : OddDigits.list())
            digest.update(odd.picture().values());
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("e931ddf0d8a734868634be22ba6247ce0329e6156a579259949706c054c291b2");
    }

    @Nested
    @DisplayName("that are printed")
    class Printed {

        /** A font whose every digit is a square with a square hole in it; holes turn the other way. */
        private final Glyphs square = new Glyphs(IntStream.range(0, 11)
                .mapToObj(line ->
                        line == 0 ? "font square" : "0,0 1000,0 1000,1000 0,1000 | 250,250 250,750 750,750 750,250")
                .toList());

        @Test
        void fill_what_the_outline_surrounds_and_leave_the_hole() {
            double[] share = square.draw(0, 8, 8, 0.5, 0, 0, 0);
            assertThat(IntStream.range(0, 8).mapToObj(y -> IntStream.range(0, 8)
                            .mapToObj(x -> share[y * 8 + x] == 1 ? "#" : share[y * 8 + x] == 0 ? "." : "?")
                            .collect(Collectors.joining())))
                    .containsExactly(
                            "........",
                            "........",
                            "..####..",
                            "..#..#..",
                            "..#..#..",
                            "..####..",
                            "........",
                            "........");
        }

        @Test
        void cover_as_much_when_they_are_turned() {
            double turned = IntStream.range(0, 40 * 40)
                    .mapToDouble(i -> square.draw(0, 8, 40, 0.5, 30, 0, 0)[i])
                    .sum();
            assertThat(turned).isCloseTo(20 * 20 - 10 * 10, org.assertj.core.data.Offset.offset(3.0));
        }

        @Test
        void stay_on_the_paper_however_far_they_are_moved() {
            double[] share = square.draw(0, 8, 8, 0.5, 0, 1, -1);
            assertThat(share[7]).isZero();
            assertThat(share[8 + 6]).isEqualTo(1);
        }

        @Test
        void need_ten_digits() {
            assertThatThrownBy(() -> new Glyphs(List.of("font none")))
                    .hasMessage("Expected ten digits for each font: [none]");
        }
    }
}
