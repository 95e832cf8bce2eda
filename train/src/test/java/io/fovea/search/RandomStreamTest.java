package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream of random numbers")
class RandomStreamTest {

    @Test
    void has_the_words_of_a_state() {
        StateWriter tape = new StateWriter();
        new RandomStream(0).pass(tape);

        // SplitMix64 from 0, as its authors publish it
        assertThat(tape.bytes())
                .isEqualTo(ByteBuffer.allocate(32)
                        .putLong(0xe220a8397b1dcdafL)
                        .putLong(0x6e789e6aa1b965f4L)
                        .putLong(0x06c45d188009454fL)
                        .putLong(0xf88bb8a8724c81ecL)
                        .array());
    }

    @Test
    void begins_as_its_authors_program_does() {
        RandomStream stream = new RandomStream(0);
        StateReader tape = new StateReader(ByteBuffer.allocate(32)
                .putLong(1)
                .putLong(2)
                .putLong(3)
                .putLong(4)
                .array());

        stream.pass(tape);

        // the test vector of rand_xoshiro and of the authors' C program for the words 1, 2, 3, 4
        assertThat(LongStream.generate(stream::nextLong).limit(6))
                .containsExactly(
                        41943041L,
                        58720359L,
                        3588806011781223L,
                        3591011842654386L,
                        Long.parseUnsignedLong("9228616714210784205"),
                        Long.parseUnsignedLong("9973669472204895162"));
    }

    @Test
    void draws_normal_numbers() {
        RandomStream stream = new RandomStream(5);
        double[] values = stream.normal(200_000);
        double mean = 0;
        double squares = 0;
        double fourths = 0;
        for (double value : values) {
            mean += value / values.length;
            squares += value * value / values.length;
            fourths += Math.pow(value, 4) / values.length;
        }

        assertThat(mean).isCloseTo(0, within(0.01));
        assertThat(squares).isCloseTo(1, within(0.015));
        assertThat(fourths).isCloseTo(3, within(0.1));
    }

    @Test
    void gives_neighbouring_seeds_streams_that_have_nothing_in_common() {
        double[] one = new RandomStream(1).normal(20_000);
        double[] two = new RandomStream(2).normal(20_000);

        assertThat(Rows.dot(one, two) / one.length).isCloseTo(0, within(0.03));
    }
}
