package io.fovea.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file's name that is not UTF-8")
@EnabledOnOs(OS.LINUX)
class RawNameTest {

    @TempDir
    Path folder;

    @Test
    void keeps_its_bytes() throws IOException {
        Path file = Files.createFile(named("stra%DFe.png"));

        assertThat(RawName.isText(file)).isFalse();
        assertThat(RawName.of(file)).isEqualTo("stra\u00dfe.png".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(RawName.shown(file)).isEqualTo("stra\\xDFe.png");
        assertThat(RawName.text(RawName.of(file), Optional.of(StandardCharsets.ISO_8859_1)))
                .hasValue("stra\u00dfe.png");
        assertThat(RawName.text(RawName.of(file), Optional.empty())).isEmpty();
    }

    @Test
    void is_found_again_by_what_is_shown() throws IOException {
        Files.createDirectory(named("k%E4fer"));
        Path file = Files.createFile(named("k%E4fer/1%FF.png"));

        assertThat(Files.isSameFile(RawName.below(folder, "k\\xE4fer/1\\xFF.png"), file))
                .isTrue();
        assertThat(RawName.below(folder, "k/1.png")).isEqualTo(folder.resolve("k/1.png"));
    }

    @Test
    void is_meant_by_an_argument_that_only_it_looks_like() throws IOException {
        Path file = Files.createFile(named("stra%DFe.png"));
        String argument = folder + "/stra\uFFFDe.png";

        assertThat(RawName.meant(argument))
                .hasValueSatisfying(meant -> assertThat(meant).isEqualTo(file));
        Files.createFile(named("stra%DEe.png"));
        assertThat(RawName.meant(argument)).isEmpty();
        assertThat(RawName.meant("a.png")).hasValue(Path.of("a.png"));
    }

    /** Returns a path below the folder, with bytes as % and two digits. */
    private Path named(String name) {
        return Path.of(URI.create(folder.toUri() + name));
    }
}
