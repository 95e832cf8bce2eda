package io.fovea.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inputs that a fuzzer found worth keeping: each took another way through the code, or once broke it. */
@DisplayName("Whatever reads other people's bytes")
class KeptInputsTest {

    @ParameterizedTest
    @EnumSource(Parser.class)
    void understands_or_refuses_every_input_that_is_kept(Parser parser) throws IOException {
        List<String> kept = Files.readAllLines(
                Path.of("corpus", parser.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt"));
        assertThat(kept).isNotEmpty();
        for (String line : kept) {
            byte[] input = Base64.getDecoder().decode(line);
            Throwable thrown = catchThrowable(() -> parser.read(input));
            if (thrown != null) assertThat(thrown).as(line).isInstanceOf(Problem.class);
        }
    }
}
