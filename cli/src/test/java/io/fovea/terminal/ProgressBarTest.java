package io.fovea.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The progress bar")
class ProgressBarTest {

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    private ProgressBar on(Console.Display display) {
        PrintStream stream = new PrintStream(progress, true, StandardCharsets.UTF_8);
        return new ProgressBar(new Console(stream, stream, display, Console.Color.OFF), () -> 80);
    }

    @Test
    void fills_from_the_left() {
        assertThat(ProgressBar.line("epoch 1/2", 0, "", 79)).isEqualTo("epoch 1/2 [>                   ]   0 %");
        assertThat(ProgressBar.line("epoch 1/2", 0.5, "loss 1", 79))
                .isEqualTo("epoch 1/2 [==========>         ]  50 %  loss 1");
        assertThat(ProgressBar.line("epoch 2/2", 1, "loss 0", 79))
                .isEqualTo("epoch 2/2 [====================] 100 %  loss 0");
    }

    @Test
    void stays_within_bounds_whatever_it_is_told() {
        assertThat(ProgressBar.line("", -3, "", 79)).contains("  0 %");
        assertThat(ProgressBar.line("", 7, "", 79)).contains("100 %");
    }

    @Test
    void gives_way_part_by_part_where_the_terminal_is_narrow() {
        String after = "loss 0.081  accuracy 97.12 %  2 min 05 s left  12,345 images/s";
        assertThat(ProgressBar.line("epoch 3/10", 0.27, after, 119))
                .isEqualTo("epoch 3/10 [=====>              ]  27 %  " + after);
        assertThat(ProgressBar.line("epoch 3/10", 0.27, after, 79))
                .isEqualTo("epoch 3/10 [===>         ]  27 %  loss 0.081  accuracy 97.12 %  2 min 05 s left");
        assertThat(ProgressBar.line("epoch 3/10", 0.27, after, 39))
                .isEqualTo("epoch 3/10 [=====>              ]  27 %");
        assertThat(ProgressBar.line("epoch 3/10", 0.27, after, 19)).isEqualTo("epoch 3/10  27 %");
        assertThat(ProgressBar.line("generation 123/300", 0.27, after, 19)).isEqualTo("generation 123/300 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "loss 0.081  accuracy 97.12 %  2 h 05 min left  12,345 images/s",
                "a-long-name-of-a-file.tar.gz, 17.3 MB"
            })
    void is_narrower_than_the_terminal_at_every_width(String after) {
        for (String before : List.of("rates", "downloading", "epoch 1000/1000", "generation 100000/100000")) {
            for (int columns = 20; columns <= 200; columns++) {
                assertThat(ProgressBar.line(before, 0.5, after, columns - 1)).hasSizeLessThan(columns);
            }
        }
    }

    @Test
    void says_times_as_people_do() {
        assertThat(ProgressBar.words(Duration.ofSeconds(8))).isEqualTo("8 s");
        assertThat(ProgressBar.words(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(ProgressBar.words(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    }

    @Test
    void draws_over_its_line_on_a_terminal() {
        ProgressBar bar = on(Console.Display.TERMINAL);
        bar.draw("importing", 0.25, "250 pictures");
        bar.clear();
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .isEqualTo("\rimporting [=====>              ]  25 %  250 pictures\u001b[K\r\u001b[K");
    }

    @Test
    void is_silent_where_nobody_can_watch() {
        ProgressBar bar = on(Console.Display.PLAIN);
        bar.draw("importing", 0.25, "250 pictures");
        bar.clear();
        assertThat(progress.size()).isZero();
    }
}
