package io.fovea.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** That it runs, {@link DigitsModelTest} tests. */
@DisplayName("The tour of the README")
class TourTest {

    @Test
    void stands_in_the_readme_as_it_is_compiled() throws IOException {
        String program = Files.readString(Path.of("src/main/java/io/fovea/example/Tour.java"));
        String tour = program.substring(
                        program.indexOf("// tour:begin") + "// tour:begin\n".length(),
                        program.indexOf("        // tour:end"))
                .stripTrailing()
                .stripIndent();
        String readme = Files.readString(Path.of("../README.md"));
        assertThat(readme).contains("```java\n" + tour + "\n```");
    }
}
