package io.fovea.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A model as a Maven artefact")
class JarFormTest {

    private static final Preprocessing HOW =
            new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {1});

    @TempDir
    Path folder;

    private Path model(List<String> classNames) {
        return ExampleModel.write(
                folder.resolve("example.fovea"),
                Catalogue.network("lenet", new Shape(1, 28, 28), classNames.size()),
                HOW,
                new Classification(classNames),
                new int[] {28, 28});
    }

    private Exported exported(List<String> classNames, String coordinates) {
        return ModelExport.of(model(classNames), new ModelFormat.Jar(Optional.of(coordinates)))
                .write(folder.resolve("repository"), Existing.KEEP);
    }

    @Test
    void lies_where_maven_looks_for_it() {
        Exported exported = exported(List.of("a", "b"), "org.example:pets:3");
        Path place = folder.resolve("repository/org/example/pets/3");
        assertThat(exported.files())
                .extracting(file -> place.relativize(file.path()).toString())
                .containsExactly("pets-3.jar", "pets-3.jar.sha1", "pets-3.pom", "pets-3.pom.sha1");
        assertThat(place.resolve("pets-3.pom")).content().contains("<artifactId>fovea-predict</artifactId>");
    }

    @Test
    void answers_in_a_program_of_its_own() throws IOException, InterruptedException {
        List<String> names = List.of("polar bear", "3", "Bär", "bär", "class", "", "\"\\u0022", "a-b", "a b", "_");
        Exported exported = exported(names, "org.example.new:mnist-lenet:1");
        Path jar = exported.files().getFirst().path();
        Path source = Files.writeString(folder.resolve("Program.java"), """
            import org.example.new_.MnistLenet;

            class Program {
                public static void main(String[] pictures) {
                    try (MnistLenet model = MnistLenet.load()) {
                        MnistLenet.Label best = model.best(java.nio.file.Path.of(pictures[0]));
                        System.out.println(best.title() + " of " + java.util.Arrays.toString(MnistLenet.Label.values()));
                    }
                }
            }
            """);
        String path = jar
                + File.pathSeparator
                + Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(place -> !place.contains("train")) // fovea-predict and what it needs
                        .collect(Collectors.joining(File.pathSeparator));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", path, "-d", folder.toString(), source.toString()))
                .isZero();
        Path picture = folder.resolve("digit.png");
        PngWriter.write(PngWriter.bytes(ExampleModel.picture(28, 28, 1, 0)), picture);
        Process program = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        folder + File.pathSeparator + path,
                        "Program",
                        picture.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        assertThat(said).contains(" of [POLAR_BEAR, _3, BÄR, BÄR_3, CLASS, CLASS_5, U0022, A_B, A_B_8, CLASS_9]");
    }

    @Test
    void adds_to_a_repository_and_replaces_nothing_else_in_it() throws IOException {
        Path other = folder.resolve("repository/org/example/other.txt");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "kept");
        exported(List.of("a", "b"), "org.example:pets:3");
        assertThat(other).hasContent("kept");
        assertThatThrownBy(() -> exported(List.of("a", "b"), "org.example:pets:3"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("There is something in that place already.");
    }

    @Test
    void refuses_coordinates_that_maven_does_not_know() {
        assertThatThrownBy(() -> exported(List.of("a", "b"), "org.example:pets"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Expected GROUP:ARTIFACT:VERSION, found \"org.example:pets\".");
    }

    @Nested
    @DisplayName("names for Java")
    class Names {

        @Test
        void are_a_thousand_where_there_are_a_thousand_classes() {
            List<String> names =
                    IntStream.range(0, 1000).mapToObj(i -> "class " + i % 500).toList();
            assertThat(new ArrayList<>(Set.copyOf(Identifiers.constants(names))))
                    .hasSize(1000);
        }

        @Test
        void stay_different_where_one_name_is_what_another_becomes() {
            assertThat(Identifiers.constants(List.of("a", "a!", "a_1"))).containsExactly("A", "A_1", "A_1_2");
        }

        @Test
        void are_none_that_java_or_the_class_itself_has() {
            assertThat(Identifiers.type("string", Set.of())).isEqualTo("StringModel");
            assertThat(Identifiers.type("label", Set.of("Label"))).isEqualTo("LabelModel");
            assertThat(Identifiers.type("3-pets", Set.of())).isEqualTo("_3Pets");
            assertThat(Identifiers.packageName("org.my-shop.new.9")).isEqualTo("org.my_shop.new_._9");
        }
    }
}
