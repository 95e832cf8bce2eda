package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The progress bar")
class ProgressBarTest {

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    private ProgressBar on(Console.Display display) {
        PrintStream stream = new PrintStream(progress, true, StandardCharsets.UTF_8);
        return new ProgressBar(new Console(stream, stream, display, Console.Color.OFF));
    }

    @Test
    void fills_from_the_left() {
        assertThat(ProgressBar.line("epoch 1/2", 0, "")).isEqualTo("epoch 1/2 [>                   ]   0 %  ");
        assertThat(ProgressBar.line("epoch 1/2", 0.5, "loss 1"))
                .isEqualTo("epoch 1/2 [==========>         ]  50 %  loss 1");
        assertThat(ProgressBar.line("epoch 2/2", 1, "loss 0"))
                .isEqualTo("epoch 2/2 [====================] 100 %  loss 0");
    }

    @Test
    void stays_within_bounds_whatever_it_is_told() {
        assertThat(ProgressBar.line("", -3, "")).contains("  0 %");
        assertThat(ProgressBar.line("", 7, "")).contains("100 %");
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
