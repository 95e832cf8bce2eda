package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rounds")
class RoundsTest {

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
    private final Rounds rounds = new Rounds(new PrintStream(progress, true, StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private static Side shell(String name, String script, Map<String, String> environment) {
        return new Side(name, name, List.of("/bin/sh", "-c", script), environment);
    }

    @Test
    void let_the_sides_take_turns() throws InterruptedException, IOException {
        Path order = folder.resolve("order");
        Map<String, String> environment = Map.of("ORDER", order.toString());
        List<Side> sides = List.of(
                shell("a", "echo a >> $ORDER; echo '{\"figure\": 1}'", environment),
                shell("b", "echo b >> $ORDER; echo '{\"figure\": 2}'", environment));

        rounds.run(sides, 2, measured -> "");

        assertThat(Files.readAllLines(order)).containsExactly("a", "b", "a", "b");
    }

    @Test
    void take_the_last_json_as_the_measurement() throws InterruptedException {
        Side side = shell("a", "echo warming up; printf '{\\n  \"figure\": 7\\n}\\n'", Map.of());

        List<Outcome> outcomes = rounds.run(List.of(side), 3, measured -> "").get(side);

        assertThat(Rounds.median(Rounds.measured(outcomes), "/figure")).isEqualTo(7);
        assertThat(outcomes).hasSize(3);
    }

    @Test
    void leave_out_a_side_that_failed_and_say_why() throws InterruptedException {
        Side broken = shell("broken", "echo no such engine >&2; exit 3", Map.of());
        Side whole = shell("whole", "echo '{\"figure\": 7}'", Map.of());

        Map<Side, List<Outcome>> outcomes = rounds.run(List.of(broken, whole), 2, measured -> "");

        assertThat(outcomes.get(broken)).containsExactly(new Outcome.Failed("exit code 3: no such engine"));
        assertThat(outcomes.get(whole)).hasSize(2);
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("no such engine");
    }

    @Test
    void leave_out_a_side_whose_program_does_not_exist() throws InterruptedException {
        Side missing = new Side("missing", "missing", List.of("/no/such/program"), Map.of());

        List<Outcome> outcomes = rounds.run(List.of(missing), 2, measured -> "").get(missing);

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
    }
}
