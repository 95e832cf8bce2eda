package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.task.Regression;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The columns of a table of answers")
class AnswerColumnsTest {

    @TempDir
    Path folder;

    /** A model that gives numbers of these names; its network does not matter here. */
    private Manifest ofTargets(String... names) {
        Manifest any =
                Bundle.open(ExampleModels.lenet(folder.resolve("any.fovea"))).manifest();
        Regression task = new Regression(
                Stream.of(names).map(name -> new Target(name, Axis.NONE, 0, 1)).toList());
        return new Manifest(
                any.formatVersion(),
                any.name(),
                task,
                any.preprocessing(),
                task.outputs(List.of(names.length)),
                any.sizes(),
                List.of(),
                any.provenance(),
                any.tolerance(),
                List.of(),
                any.familiarity(),
                List.of());
    }

    @Test
    void of_numbers_are_no_classes_whatever_they_are_called() {
        AnswerColumns columns = AnswerColumns.of(ofTargets("prediction", "width"), 1);
        assertThat(columns.columns())
                .extracting(AnswerColumns.Column::name)
                .containsExactly("prediction", "width", "problem", "problem_where", "problem_do");
        assertThat(columns.areRanked()).isFalse();
    }

    @Test
    void are_refused_where_two_would_have_one_name() {
        assertThatThrownBy(() -> AnswerColumns.of(ofTargets("X", "x"), 1))
                .hasMessageContaining("Two columns of the table would be called \"x\".");
        assertThatThrownBy(() -> AnswerColumns.of(ofTargets("Picture"), 1))
                .hasMessageContaining("Two columns of the table would be called \"Picture\".");
        assertThatThrownBy(() -> AnswerColumns.of(ofTargets("problem"), 1))
                .hasMessageContaining("Two columns of the table would be called \"problem\".");
    }
}
