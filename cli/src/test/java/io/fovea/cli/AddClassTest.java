package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Provenance;
import io.fovea.dataset.GeneratedDigits;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.image.PngWriter;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that knows the digits 0 to 8 learns the nine. */
@DisplayName("Adding a class by command")
class AddClassTest {

    @TempDir
    Path folder;

    private final GeneratedDigits digits = GeneratedDigits.generate(20, 2, 4);
    private Program program;
    private String model;
    private Path nines;
    private String target;

    @BeforeEach
    void writes_a_model_of_nine_digits() throws IOException {
        program = new Program(folder.resolve("workspace"), Map.of());
        model = folder.resolve("digits.fovea").toString();
        target = folder.resolve("grown.fovea").toString();
        nines = Files.createDirectory(folder.resolve("nines"));
        DigitsByNeighbours.write(digits, 9, DigitsByNeighbours.pictures(digits, 9), Path.of(model));
    }

    @Nested
    @DisplayName("from a folder of its pictures")
    class FromAFolder {

        @Test
        void makes_a_model_that_knows_it_and_shows_its_references() throws IOException {
            draw(GeneratedDigits.generate(20, 0, 7));

            Program.Outcome outcome = add("nine", "--to", target, "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            JsonNode json = outcome.json();
            assertThat(json.path("pictures").asInt()).isEqualTo(20);
            assertThat(json.path("references").asInt()).isEqualTo(20);
            assertThat(json.path("classes").asInt()).isEqualTo(10);
            assertThat(json.path("recognisedWhileLeftOut").asInt()).isBetween(5, 20);
            assertThat(json.path("goldenKept").asInt()).isEqualTo(1);
            assertThat(json.path("bytes").asLong()).isEqualTo(Files.size(Path.of(target)));
            Bundle grown = Bundle.open(Path.of(target));
            assertThat(grown.references().orElseThrow().at(180).source()).isEqualTo("nines/09.png");
            assertThat(grown.manifest().golden()).hasSize(2);
            assertThat(grown.manifest().measurements().getLast().name()).isEqualTo("recognised");
            assertThat(answer(target, 9)).isEqualTo("nine");
            assertThat(answer(target, 3)).isEqualTo("3");
        }

        @Test
        void counts_a_picture_as_recognised_only_by_the_others() {
            GeneratedDigits.Part part = GeneratedDigits.generate(1, 0, 7).training();
            for (int i = 0; i < 6; i++) PngWriter.write(part.picture(9), nines.resolve(i + ".png"));
            Program.Outcome six = add("six copies", "--to", target, "--json");
            for (int i = 1; i < 6; i++) nines.resolve(i + ".png").toFile().delete();
            Program.Outcome one = add("one", "--to", target, "--json");

            // five neighbours vote: the five other copies, or none
            assertThat(six.json().path("recognisedWhileLeftOut").asInt()).isEqualTo(6);
            assertThat(one.json().path("recognisedWhileLeftOut").asInt()).isZero();
        }

        @Test
        void takes_prototypes_where_there_are_more_pictures_than_the_others_have_references() throws IOException {
            draw(GeneratedDigits.generate(50, 0, 7));

            Program.Outcome outcome = add("nine", "--to", target, "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.json().path("pictures").asInt()).isEqualTo(50);
            assertThat(outcome.json().path("references").asInt()).isEqualTo(20);
            assertThat(answer(target, 9)).isEqualTo("nine");
        }

        @Test
        void says_in_words_what_came_of_it_and_names_the_file_by_the_class() throws IOException {
            draw(GeneratedDigits.generate(20, 0, 7));
            Files.writeString(nines.resolve("notes.txt"), "no picture");

            Program.Outcome outcome = add("number nine");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.results())
                    .contains("of 20 pictures")
                    .contains("references: 20 more")
                    .contains("1 of 1 golden pictures keep")
                    .contains("left out: 1 unreadable files");
            assertThat(folder.resolve("digits-number-nine.fovea")).isRegularFile();
        }

        @Test
        void can_replace_the_model_itself() throws IOException {
            draw(GeneratedDigits.generate(20, 0, 7));

            Program.Outcome outcome = add("nine", "--to", model);

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(Bundle.open(Path.of(model)).manifest().classNames()).endsWith("nine");
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refusal {

        @Test
        void a_name_that_the_model_has_already() throws IOException {
            draw(GeneratedDigits.generate(2, 0, 7));

            refused(
                    "The model already has a class \"3\".",
                    "shrink",
                    "hybrid",
                    "--add-class",
                    "3",
                    nines.toString(),
                    "--model",
                    model);
        }

        @Test
        void an_empty_folder() {
            refused("holds no pictures", "shrink", "hybrid", "--add-class", "nine", nines.toString(), "--model", model);
        }

        @Test
        void a_folder_that_is_not_there() {
            refused("There is no folder", "shrink", "hybrid", "--add-class", "nine", nines + "x", "--model", model);
        }

        @Test
        void a_folder_without_a_readable_picture() throws IOException {
            Files.writeString(nines.resolve("a.png"), "no picture");

            refused(
                    "None of the 1 files for the class \"nine\" is a readable picture",
                    "shrink",
                    "hybrid",
                    "--add-class",
                    "nine",
                    nines.toString(),
                    "--model",
                    model);
        }

        @Test
        void a_model_that_does_not_decide_by_neighbours() throws IOException {
            draw(GeneratedDigits.generate(2, 0, 7));
            Path lenet = folder.resolve("lenet.fovea");
            writeLenet(lenet);

            refused(
                    "does not decide by references",
                    "shrink",
                    "hybrid",
                    "--add-class",
                    "ten",
                    nines.toString(),
                    "--model",
                    lenet.toString());
        }

        @Test
        void a_missing_model() {
            refused(
                    "The model that gets the class is missing",
                    "shrink",
                    "hybrid",
                    "--add-class",
                    "ten",
                    nines.toString());
        }

        @Test
        void a_model_without_a_class() {
            refused("no class is given", "shrink", "hybrid", "--model", model);
        }

        @Test
        void two_classes_at_a_time() {
            Program.Outcome outcome = add("nine", "--add-class", "ten", nines.toString());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).contains("One class is added at a time");
        }

        @Test
        void what_only_makes_sense_for_a_new_model() {
            for (String option : List.of("--data", "--name", "--k", "--engine-size", "--require-accuracy")) {
                Program.Outcome outcome = add("nine", option, "1");

                assertThat(outcome.exitCode()).as(option).isEqualTo(2);
                assertThat(outcome.progress()).contains("takes no " + option + ": leave one out.");
            }
        }

        @Test
        void to_overwrite_a_file_that_nobody_named() throws IOException {
            draw(GeneratedDigits.generate(2, 0, 7));
            Files.writeString(folder.resolve("digits-nine.fovea"), "mine");

            refused(
                    "There is a file of that name already",
                    "shrink",
                    "hybrid",
                    "--add-class",
                    "nine",
                    nines.toString(),
                    "--model",
                    model);
            assertThat(folder.resolve("digits-nine.fovea")).hasContent("mine");
        }

        private void refused(String words, String... arguments) {
            Program.Outcome outcome = program.run(arguments);

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.progress()).contains(words).contains("where:").contains("do:");
        }
    }

    private Program.Outcome add(String name, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("shrink", "hybrid", "--add-class", name, nines.toString(), "--model", model));
        arguments.addAll(List.of(more));
        return program.run(arguments.toArray(new String[0]));
    }

    private String answer(String file, int digit) {
        String picture = folder.resolve("asked.png").toString();
        PngWriter.write(digits.test().picture(digit), Path.of(picture));
        return program.run("predict", file, picture, "--json")
                .json()
                .at("/predictions/0/className")
                .asText();
    }

    private void draw(GeneratedDigits generated) {
        GeneratedDigits.Part part = generated.training();
        for (int i = 0; i < part.count(); i++) {
            if (part.labels()[i] == 9) PngWriter.write(part.picture(i), nines.resolve(String.format("%02d.png", i)));
        }
    }

    private static void writeLenet(Path target) {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 9);
        BundleExport.write(
                new BundleContents(
                        "lenet",
                        network,
                        Initialization.of(network, new SplittableRandom(1)),
                        DigitsByNeighbours.PREPROCESSING,
                        IntStream.range(0, 9).mapToObj(Integer::toString).toList(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new Provenance(
                                "lenet",
                                "digits",
                                "c0ffee",
                                Map.of(),
                                1,
                                "0.1.0",
                                Instant.parse("2026-01-31T12:00:00Z"))),
                target);
    }
}
