package io.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** All Java files look alike; {@code -Dfovea.format=write} makes them so. */
@DisplayName("The source files")
class SourceFormatTest {

    private static final String COMMAND =
            "mvn -q test -pl cli -am -Dtest=SourceFormatTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dfovea.format=write";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    @Test
    void are_formatted() throws IOException {
        boolean write = "write".equals(System.getProperty("fovea.format"));
        List<Path> unformatted = SourceTree.javaFiles().parallelStream()
                .filter(file -> differs(file, write))
                .toList();
        if (write) unformatted.forEach(file -> System.out.println("formatted " + file));
        else
            assertThat(unformatted)
                    .as("files to format; this command does it: " + COMMAND)
                    .isEmpty();
    }

    private boolean differs(Path file, boolean write) {
        try {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (formatted.equals(source)) return false;
            if (write) Files.writeString(file, formatted);
            return true;
        } catch (IOException | FormatterException failure) {
            throw new IllegalStateException(file + ": " + failure.getMessage(), failure);
        }
    }
}
