package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Bundle;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hybrids that know the digits 0 to 4 learn the five and the six; ten test pictures of each old digit judge. */
@DisplayName("Adding classes to a hybrid by command")
class AddClassToHybridTest {

    @TempDir
    static Path folder;

    private static InProcess program;
    private static InProcess elsewhere;
    private static String small;
    private static String whole;

    @BeforeAll
    static void makes_hybrids_of_five_digits() throws IOException {
        GeneratedDigits digits = GeneratedDigits.generate(40, 10, 4);
        draw(digits.training(), "train");
        draw(digits.test(), "test");
        for (int added = 5; added < 7; added++)
            Files.move(folder.resolve("train/" + added), folder.resolve("digit" + added));
        for (int other = 5; other < 10; other++) {
            remove(folder.resolve("test/" + other));
            remove(folder.resolve("train/" + other));
        }
        program = new InProcess(folder.resolve("workspace"));
        elsewhere = new InProcess(folder.resolve("elsewhere"));
        Outcome imported = program.run(
                "data",
                "import",
                "five",
                "train=" + folder.resolve("train"),
                "test=" + folder.resolve("test"),
                "--size",
                "14",
                "--color",
                "grey",
                "--validation",
                "0",
                "--test",
                "0");
        assertThat(imported.exitCode()).as(imported.progress()).isZero();
        small = hybrid("small", "--engine-size", "16KB");
        whole = hybrid("whole");
    }

    @Test
    void fits_a_small_engine_anew_to_all_classes_within_its_size() {
        Path target = folder.resolve("small-seven.fovea");

        Outcome outcome = program.run(
                "shrink",
                "hybrid",
                "--add-class",
                "5",
                folder.resolve("digit5").toString(),
                "--add-class",
                "6",
                folder.resolve("digit6").toString(),
                "--model",
                "small",
                "--to",
                target.toString(),
                "--json");

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        JsonNode json = outcome.json();
        assertThat(json.path("way").asText()).isEqualTo("refitted");
        assertThat(json.path("judgedOn").asText()).isEqualTo("test pictures of \"five\"");
        assertThat(json.path("engineBytes").asLong()).isBetween(5_000L, 16_384L);
        assertThat(json.at("/oldBefore/pictures").asInt()).isEqualTo(50);
        assertThat(json.at("/oldAfter/accuracy").asDouble()).isGreaterThan(0.8);
        assertThat(json.at("/newAfter/pictures").asInt()).isEqualTo(16);
        assertThat(json.at("/newAfter/accuracy").asDouble()).isGreaterThan(0.5); // by chance a seventh
        assertThat(json.path("dataset").asText()).isEqualTo("five-5-6");
        Bundle grown = Bundle.open(target);
        assertThat(grown.manifest().task().names()).containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThat(grown.manifest().measurements())
                .extracting(measurement -> measurement.measure().name())
                .contains("accuracy", "accuracy on the old classes", "recall of \"5\"", "recall of \"6\"");
        assertThat(grown.manifest().provenance().settings()).containsEntry("engineBytesAllowed", "16384");
        try (Dataset dataset = Dataset.open(folder.resolve("workspace/datasets/five-5-6"))) {
            assertThat(dataset.count(Split.TRAINING)).isEqualTo(5 * 40 + 2 * 32);
            assertThat(dataset.count(Split.TEST)).isEqualTo(5 * 10 + 2 * 8);
            assertThat(dataset.contentHash())
                    .isEqualTo(grown.manifest().provenance().datasetHash());
        }
    }

    @Test
    void adds_one_class_after_the_other() {
        String six = folder.resolve("six.fovea").toString();
        String seven = folder.resolve("seven.fovea").toString();
        assertThat(add(program, whole, "5", six).exitCode()).isZero();

        Outcome outcome = add(program, six, "6", seven);

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("judgedOn").asText()).isEqualTo("test pictures of \"five-5\"");
        assertThat(outcome.json().at("/oldBefore/pictures").asInt()).isEqualTo(5 * 10 + 8);
        assertThat(outcome.json().path("references").asInt()).isEqualTo(5 * 40 + 2 * 32);
    }

    @Test
    void learns_from_the_references_where_all_pictures_are_references_and_the_dataset_is_gone() {
        String target = folder.resolve("from-references.fovea").toString();

        Outcome outcome = add(elsewhere, whole, "5", target);

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("way").asText()).isEqualTo("refitted");
        assertThat(outcome.json().path("judgedOn").asText()).contains("a tenth of its references");
        assertThat(outcome.json().at("/oldBefore/pictures").asInt()).isEqualTo(20);
        assertThat(outcome.json().path("references").asInt()).isEqualTo(180 + 32);
    }

    @Test
    void refuses_a_small_engine_whose_pictures_are_gone() {
        Path target = folder.resolve("blind.fovea");

        Outcome outcome = add(elsewhere, small, "5", target.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress())
                .contains("The model would be poor", "dataset \"five\"", "too few to tell", "--data", "--force");
        assertThat(outcome.json().path("way").asText()).isEqualTo("appended");
        assertThat(outcome.json().at("/problem/what").asText()).contains("Nothing was written");
        assertThat(target).doesNotExist();
        assertThat(add(elsewhere, small, "5", target.toString(), "--force").exitCode())
                .isZero();
        assertThat(Bundle.open(target).manifest().task().names()).endsWith("5");
    }

    @Test
    void refuses_a_dataset_that_the_model_was_not_made_from() {
        Path target = folder.resolve("other.fovea");
        Outcome imported = program.run(
                "data", "import", "other", folder.resolve("train").toString(), "--size", "14", "--color", "grey");
        assertThat(imported.exitCode()).as(imported.progress()).isZero();

        Outcome outcome = add(program, small, "5", target.toString(), "--data", "other");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress())
                .contains("The dataset \"other\" is not the one that the model learned from", "\"five\"");
    }

    private static Outcome add(InProcess by, String model, String digit, String target, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "shrink",
                "hybrid",
                "--add-class",
                digit,
                folder.resolve("digit" + digit).toString(),
                "--model",
                model,
                "--to",
                target,
                "--json"));
        arguments.addAll(List.of(more));
        return by.run(arguments.toArray(new String[0]));
    }

    private static String hybrid(String name, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("shrink", "hybrid", "--data", "five", "--name", name, "--generations", "0", "--json"));
        arguments.addAll(List.of(more));
        Outcome outcome = program.run(arguments.toArray(new String[0]));
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        return outcome.json().path("bundle").asText();
    }

    private static void draw(GeneratedDigits.Part part, String name) throws IOException {
        for (int i = 0; i < part.count(); i++) {
            Path own = Files.createDirectories(folder.resolve(name).resolve(Integer.toString(part.labels()[i])));
            PngWriter.write(part.picture(i), own.resolve(String.format("%03d.png", i)));
        }
    }

    private static void remove(Path own) throws IOException {
        if (!Files.exists(own)) return;
        try (var files = Files.list(own)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(own);
    }
}
