package io.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.choice.TaskWord;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.learning.Learning;
import io.fovea.predict.Decoder;
import io.fovea.task.Classification;
import io.fovea.task.Reconstruction;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.task.TaskJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The guide to tasks")
class TasksGuideTest {

    private static final Pattern CLASS_NAME =
            Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.[A-Z][A-Za-z]+)?(?:\\.of|\\.task\\(\\))?`");

    /** An example of each: the compiler does not name this place, the test below does. */
    static Stream<Task> examples() {
        return Stream.of(
                new Classification(List.of("cat", "dog")),
                new Regression(List.of(new Target("age", Axis.NONE, 40, 20))),
                new Segmentation(List.of("sky", "road")),
                new Reconstruction());
    }

    @Test
    void is_followed_by_every_task_that_there_is() {
        assertThat(examples().map(Object::getClass).collect(Collectors.<Class<?>>toSet()))
                .isEqualTo(Set.of(Task.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void finds_each_in_the_manifest_in_learning_among_decoders_and_as_a_word(Task task) {
        assertThat(TaskJson.read(TaskJson.write(task))).isEqualTo(task);
        assertThat(TaskJson.words()).contains(task.word());
        assertThat(Learning.of(task).task()).isEqualTo(task);
        assertThat(Arrays.stream(TaskWord.values()).map(TaskWord::word)).contains(task.word());
        assertThat(Learning.of(task).measures(new double[Learning.of(task).counts()], 1))
                .isNotEmpty();
        assertThat(Decoder.class.getPermittedSubclasses()).hasSameSizeAs(Task.class.getPermittedSubclasses());
    }

    @Test
    void names_no_class_that_there_is_not() throws IOException {
        Set<String> classes = SourceTree.javaFiles().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        String guide = Files.readString(SourceTree.ROOT.resolve(Path.of("docs", "tasks.md")));
        Matcher names = CLASS_NAME.matcher(guide);
        List<String> named =
                names.results().map(found -> found.group(1)).distinct().toList();

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(classes).containsAll(named);
    }
}
