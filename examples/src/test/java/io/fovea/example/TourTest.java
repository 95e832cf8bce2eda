package io.fovea.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.predict.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The tour of the README")
class TourTest {

    @Test
    void trains_on_drawn_digits_and_answers_for_a_picture(@TempDir Path folder) throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        GeneratedDigits digits = GeneratedDigits.generate(100, 20, 1);
        digits.write(pictures);
        Path picture = folder.resolve("picture.png");
        PngWriter.write(digits.test().picture(0), picture);

        Prediction prediction = Tour.run(pictures, picture, folder);

        assertThat(prediction.ranked()).hasSize(10);
        assertThat(folder.resolve("digits.fovea")).isRegularFile();
    }

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
