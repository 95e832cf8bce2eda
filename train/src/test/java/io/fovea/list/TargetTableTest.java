package io.fovea.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.Axis;
import io.fovea.problem.Problem;
import io.fovea.source.SourceReading;
import io.fovea.source.TargetColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table of targets")
class TargetTableTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "x, X",
        "X, X",
        "nose_x, X",
        "nose-x, X",
        "nose x, X",
        "noseX, X",
        "part_0_x, X",
        "y, Y",
        "noseY, Y",
        "eye.y, Y",
        "max, NONE",
        "index, NONE",
        "age, NONE",
        "country, NONE",
        "MAX, NONE"
    })
    void takes_a_column_for_a_place_by_its_name(String name, Axis axis) {
        assertThat(TargetColumn.of(name).axis()).isEqualTo(axis);
    }

    @Nested
    @DisplayName("with a mistake")
    class Mistake {

        @ParameterizedTest
        @ValueSource(strings = {"NaN", "abc", "1f", "0x1p3", "Infinity", "1e999", "4 px", "1.2.3"})
        void names_the_line_of_a_value_that_is_no_number(String value) throws IOException {
            Path table = table("file,x,y", "a.png,4,6", "b.png," + value + ",6");

            assertThat(problem(table).threeLines())
                    .isEqualTo("Expected a number for \"x\", found \"" + value + "\".\n  where: " + table
                            + ", line 3\n  do:    correct or remove the line, or choose other columns with --targets");
        }

        @Test
        void names_the_line_of_a_value_that_is_missing() throws IOException {
            assertThat(problem(table("file,x,y", "a.png,,6")).what())
                    .isEqualTo("Expected a number for \"x\", found nothing.");
        }

        @Test
        void names_the_line_with_too_few_values() throws IOException {
            Path table = table("file,x,y", "a.png,4,6", "", "b.png,4");

            assertThat(problem(table).threeLines())
                    .isEqualTo("Expected 3 values, as in the line of names, found 2.\n  where: " + table
                            + ", line 4\n  do:    correct the line, or remove it");
        }

        @Test
        void names_the_line_with_too_many_values() throws IOException {
            assertThat(problem(table("file;x", "a.png;4;6")).what())
                    .isEqualTo("Expected 2 values, as in the line of names, found 3.");
        }

        @Test
        void names_the_line_without_a_picture() throws IOException {
            assertThat(problem(table("file,x", ",4")).what()).isEqualTo("The line names no picture.");
        }

        @Test
        void suggests_the_column_that_was_meant() throws IOException {
            Path table = table("file,nose_x,nose_y", "a.png,4,6");

            assertThat(problem(table, "nose_x", "noes_y").threeLines())
                    .isEqualTo("There is no column \"noes_y\".\n  where: " + table
                            + ", line 1\n  do:    did you mean \"nose_y\"? Valid: nose_x, nose_y");
        }

        @Test
        void refuses_a_column_that_is_wanted_twice() throws IOException {
            assertThat(problem(table("file,x,y", "a.png,4,6"), "x", "x").what())
                    .isEqualTo("The target \"x\" is wanted twice.");
        }

        @Test
        void misses_the_names_of_the_columns() throws IOException {
            Path table = table("a.png,4,6", "b.png,5,7");

            assertThat(problem(table).threeLines())
                    .isEqualTo("Expected the names of the columns, found \"a.png,4,6\".\n  where: " + table
                            + ", line 1\n  do:    begin with a line such as file,x,y: the picture's file, "
                            + "then the name of each target");
        }

        @Test
        void refuses_two_columns_of_one_name() throws IOException {
            assertThat(problem(table("file,x,x", "a.png,4,6")).what()).isEqualTo("Two columns are called \"x\".");
        }

        @Test
        void refuses_a_table_without_lines() throws IOException {
            assertThat(problem(table("file,x,y")).what())
                    .isEqualTo("The file names its columns, but has no line with a picture.");
        }

        @Test
        void refuses_an_empty_file() throws IOException {
            assertThat(problem(table("")).what()).isEqualTo("The file is empty.");
        }
    }

    private Problem problem(Path table, String... wanted) {
        return catchThrowableOfType(
                Problem.class,
                () -> TargetTable.read(table, List.of(wanted), List.of(temporary), SourceReading.DETECTED));
    }

    private Path table(String... lines) throws IOException {
        return Files.write(temporary.resolve("t.csv"), List.of(lines));
    }
}
