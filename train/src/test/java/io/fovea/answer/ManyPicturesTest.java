package io.fovea.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.answer.ManyPictures.Content;
import io.fovea.answer.ManyPictures.Told;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Many pictures")
class ManyPicturesTest {

    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    private List<Told> told(Path... places) {
        List<Told> told = new ArrayList<>();
        new ManyPictures.OfPlaces(List.of(places), Set.of("cat", "dog")).each(told::add);
        return told;
    }

    private static String reason(Told told) {
        return told.content() instanceof Content.Missing(String reason) ? reason : "";
    }

    @Nested
    @DisplayName("of a folder")
    class OfFolder {

        @Test
        void come_in_the_order_of_their_paths_with_the_nearest_folder_that_is_called_as_a_class() throws IOException {
            file("b.png");
            file("a/cat/2.jpg");
            file("a/cat/old/1.jpg");
            file("dog/dogs/x.PNG");
            file("a/notes.txt");
            file(".hidden/y.png");
            assertThat(told(folder))
                    .extracting(Told::name, Told::truth)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple("a/cat/2.jpg", Optional.of("cat")),
                            org.assertj.core.api.Assertions.tuple("a/cat/old/1.jpg", Optional.of("cat")),
                            org.assertj.core.api.Assertions.tuple("b.png", Optional.empty()),
                            org.assertj.core.api.Assertions.tuple("dog/dogs/x.PNG", Optional.of("dog")));
            assertThat(new ManyPictures.OfPlaces(List.of(folder), Set.of()).count())
                    .isEqualTo(4);
        }

        @Test
        void do_not_go_in_circles() throws IOException {
            file("x/a.png");
            Files.createSymbolicLink(folder.resolve("x/again"), folder);
            assertThat(told(folder)).hasSize(1);
        }

        @Test
        void may_be_none() {
            assertThat(told(folder)).isEmpty();
        }

        @Test
        void need_a_place_that_is_there() {
            assertThatThrownBy(() -> told(folder.resolve("none")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("none");
        }
    }

    @Nested
    @DisplayName("of a list")
    class OfList {

        private List<Told> lines(String text) throws IOException {
            return told(Files.writeString(folder.resolve("list.txt"), text));
        }

        @Test
        void have_a_class_after_comma_tab_or_the_last_space() throws IOException {
            file("a.png");
            file("with space.png");
            file("a,b.png");
            List<Told> told = lines(
                    "a.png,cat\na.png\t dog\na.png 3\nwith space.png\nwith space.png 7\n\"a,b.png\",cat\na,b.png\n");
            assertThat(told).allSatisfy(each -> assertThat(reason(each)).isEmpty());
            assertThat(told)
                    .extracting(each -> each.truth().orElse("none"))
                    .containsExactly("cat", "dog", "3", "none", "7", "cat", "none");
        }

        @Test
        void leave_out_heads_remarks_and_empty_lines() throws IOException {
            file("a.png");
            assertThat(lines("\ufefffile,class\n# digits\n\na.png,cat\n")).hasSize(1);
        }

        @Test
        void tell_broken_lines_and_missing_pictures_with_their_line() throws IOException {
            file("a.png");
            List<Told> told = lines("a.png\ngone.png,cat\n,,,\n\u0000\u0001\n");
            assertThat(told).hasSize(4);
            assertThat(reason(told.get(0))).isEmpty();
            assertThat(reason(told.get(1))).contains("no such file", "line 2");
            assertThat(told.get(1).truth()).contains("cat");
            for (int i = 2; i < 4; i++) assertThat(reason(told.get(i))).contains("line " + (i + 1));
        }

        @Test
        void may_be_written_in_an_old_alphabet() throws IOException {
            file("a.png");
            Path list = Files.write(folder.resolve("old.csv"), "a.png,Grün\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(told(list)).singleElement().extracting(Told::truth).isEqualTo(Optional.of("Grün"));
        }

        @Test
        void begin_at_the_folder_of_the_list_whatever_the_slashes() throws IOException {
            file("sub/a.png");
            assertThat(reason(lines("sub\\a.png 1\n").getFirst())).isEmpty();
        }
    }
}
