package io.fovea.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Exporting a model")
class ModelExportTest {

    private static final ModelFormat BUNDLE = new ModelFormat.Bundle();

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void a_model() {
        Preprocessing how =
                new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {1});
        model = ExampleModel.write(
                folder.resolve("example.fovea"),
                Catalogue.network("lenet", new Shape(1, 28, 28), 10),
                how,
                Classification.numbered(10),
                new int[] {28, 28});
    }

    @Test
    void hands_the_model_file_on_byte_for_byte() throws IOException {
        Path target = folder.resolve("copy.fovea");
        Exported exported = ModelExport.of(model, BUNDLE).write(target, Existing.KEEP);
        assertThat(target).hasSameBinaryContentAs(model);
        assertThat(exported.bytes()).isEqualTo(Files.size(model));
        assertThat(exported.checks()).hasSize(1);
    }

    @Test
    void is_named_after_the_model() {
        assertThat(ModelExport.of(model, BUNDLE).fileName()).isEqualTo("example.fovea");
    }

    @Test
    void keeps_what_is_there_unless_told_to_replace_it() throws IOException {
        Path target = Files.writeString(folder.resolve("copy.fovea"), "old");
        ModelExport export = ModelExport.of(model, BUNDLE);
        assertThatThrownBy(() -> export.write(target, Existing.KEEP)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo("There is something in that place already.");
            assertThat(problem.remedy()).contains("--replace");
        });
        assertThat(target).hasContent("old");
        export.write(target, Existing.REPLACE);
        assertThat(target).hasSameBinaryContentAs(model);
    }

    @Test
    void never_replaces_a_folder_by_a_file() throws IOException {
        Path target = Files.createDirectory(folder.resolve("pictures"));
        Files.writeString(target.resolve("cat.txt"), "mine");
        assertThatThrownBy(() -> ModelExport.of(model, BUNDLE).write(target, Existing.REPLACE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("was not made by such an export");
        assertThat(target.resolve("cat.txt")).hasContent("mine");
    }

    @Test
    void never_replaces_the_model_itself() {
        assertThatThrownBy(() -> ModelExport.of(model, BUNDLE).write(model, Existing.REPLACE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("That is the model itself.");
    }

    @Test
    void refuses_a_place_that_cannot_be_written_before_it_computes() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> ModelExport.of(model, BUNDLE).check(file.resolve("copy.fovea"), Existing.KEEP))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Results cannot be written there");
    }

    @Test
    void refuses_a_file_that_is_no_model() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.fovea"), "no model");
        assertThatThrownBy(() -> ModelExport.of(text, BUNDLE)).isInstanceOf(Problem.class);
    }
}
