package io.fovea.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.result.Rung;
import io.fovea.task.Measure;
import io.fovea.task.Measure.Better;
import io.fovea.task.Measure.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rungs that are kept")
class KeptRungsTest {

    @TempDir
    Path folder;

    private KeptRungs kept;
    private Path place;

    @BeforeEach
    void a_model_is_drafted() throws IOException {
        kept = new KeptRungs(folder.resolve("job"));
        place = folder.resolve("models/digits-int8/1/digits-int8.fovea");
        kept.folder("int8");
        Files.writeString(kept.draft("int8"), "a model");
    }

    private static Rung rung(Path model) {
        return new Rung(
                "int8",
                "int8",
                Rung.Form.INT8,
                model,
                List.of(new Measure("accuracy", 0.5, Optional.empty(), Unit.SHARE, Better.HIGHER)),
                Optional.empty(),
                7,
                7,
                1,
                1,
                0.5,
                List.of());
    }

    @Test
    void have_their_model_at_its_place_and_no_draft() {
        assertThat(kept.keep(rung(kept.draft("int8")), place)).isEqualTo(rung(place));

        assertThat(kept.done("int8")).contains(rung(place));
        assertThat(place).hasContent("a model");
        assertThat(kept.draft("int8")).doesNotExist();
    }

    @Test
    void that_were_killed_before_their_model_moved_have_it_moved() {
        kept.keep(rung(place));

        assertThat(kept.done("int8")).contains(rung(place));
        assertThat(place).hasContent("a model");
        assertThat(kept.draft("int8")).doesNotExist();
    }

    @Test
    void leave_what_is_at_the_place_of_their_model() throws IOException {
        kept.keep(rung(place));
        Files.createDirectories(place.getParent());
        Files.writeString(place, "another");

        assertThat(kept.done("int8")).contains(rung(place));
        assertThat(place).hasContent("another");
    }

    @Test
    void that_were_killed_before_they_were_judged_are_not_done() {
        assertThat(kept.done("int8")).isEmpty();
        assertThat(folder.resolve("models")).doesNotExist();
    }
}
