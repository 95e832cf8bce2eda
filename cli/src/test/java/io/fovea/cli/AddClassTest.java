package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.image.Pixels;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.task.Classification;
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
    private InProcess program;
    private String model;
    private Path nines;
    private String target;

    @BeforeEach
    void writes_a_model_of_nine_digits() throws IOException {
        program = new InProcess(folder.resolve("workspace"));
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

            Outcome outcome = add("nine", "--to", target, "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            JsonNode json = outcome.json();
            assertThat(json.at("/added/0/className").asText()).isEqualTo("nine");
            assertThat(json.at("/added/0/pictures").asInt()).isEqualTo(20);
            assertThat(json.path("way").asText()).isEqualTo("appended");
            assertThat(json.path("judgedOn").asText()).isEqualTo("golden pictures");
            assertThat(json.path("references").asInt()).isEqualTo(180 + 16);
            assertThat(json.path("classes")).hasSize(2); // the one golden picture's, and the new one
            assertThat(json.at("/oldAfter/accuracy").asDouble()).isEqualTo(1);
            assertThat(json.at("/newAfter/pictures").asInt()).isEqualTo(4);
            assertThat(json.at("/newAfter/interval")).hasSize(2);
            assertThat(json.path("shortfalls")).isEmpty();
            assertThat(json.path("bytes").asLong()).isEqualTo(Files.size(Path.of(target)));
            Bundle grown = Bundle.open(Path.of(target));
            assertThat(grown.references().orElseThrow().at(180).source()).startsWith("nines/");
            assertThat(grown.manifest().golden()).hasSize(2);
            assertThat(grown.manifest().measurements().getLast().measure().name())
                    .isEqualTo("recall of \"nine\"");
            assertThat(grown.manifest().measurements().getLast().count()).isEqualTo(4);
            assertThat(answer(target, 3)).isEqualTo("3");
        }

        @Test
        void judges_by_pictures_that_are_no_references() {
            GeneratedDigits.Part part = GeneratedDigits.generate(1, 0, 7).training();
            for (int i = 0; i < 6; i++) PngWriter.write(part.picture(9), nines.resolve(i + ".png"));

            Outcome outcome = add("six copies", "--to", target, "--json");

            // five neighbours vote: the other copies
            assertThat(outcome.json().at("/newAfter/pictures").asInt()).isEqualTo(1);
            assertThat(outcome.json().at("/newAfter/accuracy").asDouble()).isEqualTo(1);
            assertThat(outcome.json().path("references").asInt()).isEqualTo(180 + 5);
        }

        @Test
        void adds_several_classes_at_once() throws IOException {
            draw(GeneratedDigits.generate(20, 0, 7));
            Path others = Files.createDirectory(folder.resolve("others"));
            for (int i = 0; i < 5; i++) PngWriter.write(black(i), others.resolve(i + ".png"));

            Outcome outcome = add("nine", "--add-class", "black", others.toString(), "--to", target, "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.json().path("references").asInt()).isEqualTo(180 + 16 + 4);
            assertThat(Bundle.open(Path.of(target)).manifest().task().names()).endsWith("8", "nine", "black");
        }

        @Test
        void takes_prototypes_where_there_are_more_pictures_than_the_others_have_references() throws IOException {
            draw(GeneratedDigits.generate(50, 0, 7));

            Outcome outcome = add("nine", "--to", target, "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.json().at("/added/0/pictures").asInt()).isEqualTo(50);
            assertThat(outcome.json().path("references").asInt()).isEqualTo(180 + 20);
            assertThat(answer(target, 9)).isEqualTo("nine");
        }

        @Test
        void says_in_words_what_came_of_it_and_names_the_file_by_the_class() throws IOException {
            draw(GeneratedDigits.generate(20, 0, 7));
            Files.writeString(nines.resolve("notes.txt"), "no picture");

            Outcome outcome = add("number nine");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.results())
                    .contains("Old classes  100.00 % of 1 (95 % interval 20.65 to 100.00), golden pictures")
                    .contains("of 4 (95 % interval")
                    .contains("with its 196 references")
                    .contains("Left out     1 unreadable files");
            assertThat(folder.resolve("digits-number-nine.fovea")).isRegularFile();
        }
    }

    @Nested
    @DisplayName("that would be poor")
    class Poor {

        private final GeneratedDigits.Part known = digits.training();

        @BeforeEach
        void gives_the_pictures_of_an_old_class_another_name() {
            for (int i = 0; i < known.count(); i++) {
                if (known.labels()[i] == 3) PngWriter.write(known.picture(i), nines.resolve(i + ".png"));
            }
        }

        @Test
        void is_refused_with_what_was_measured_and_writes_nothing() {
            Outcome outcome = add("drei", "--to", target);

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.results()).contains("drei: 0.00 % of 4");
            assertThat(outcome.progress())
                    .contains("20 pictures of \"drei\" are known already as \"3\", pixel for pixel.")
                    .contains("The model would be poor: of \"drei\" only 0.0 % are recognised. Nothing was written.")
                    .contains("where:", "do:", "--force");
            assertThat(Path.of(target)).doesNotExist();
        }

        @Test
        void tells_a_program_the_same() {
            JsonNode json = add("drei", "--to", target, "--json").json();

            assertThat(json.at("/newAfter/accuracy").asDouble()).isZero();
            assertThat(json.at("/problem/what").asText()).startsWith("The model would be poor: ");
            assertThat(json.path("remarks")).hasSize(1);
            assertThat(json.has("bundle")).isFalse();
        }

        @Test
        void is_written_if_that_is_wanted_and_says_so() {
            Outcome outcome = add("drei", "--to", target, "--force");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.results()).contains("Poor, written all the same: of \"drei\" only 0.0 %");
            assertThat(Bundle.open(Path.of(target)).manifest().task().names()).endsWith("drei");
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refusal {

        @Test
        void a_name_that_the_model_has_already() throws IOException {
            draw(GeneratedDigits.generate(2, 0, 7));

            refusesToAdd("3", "The model already has a class \"3\".");
        }

        @Test
        void an_empty_folder() {
            refusesToAdd("nine", "holds no picture, but two are needed");
        }

        @Test
        void a_folder_that_is_not_there() {
            refused("There is no folder", "shrink", "hybrid", "--add-class", "nine", nines + "x", "--model", model);
        }

        @Test
        void a_folder_without_a_readable_picture() throws IOException {
            Files.writeString(nines.resolve("a.png"), "no picture");

            refusesToAdd("nine", "Of the 1 files for the class \"nine\", no picture could be read, but two are needed");
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
        void a_folder_of_one_picture() {
            PngWriter.write(black(0), nines.resolve("0.png"));

            refusesToAdd("nine", "holds one picture, but two are needed");
        }

        @Test
        void two_classes_of_one_name() {
            refused(
                    "Two of the new classes are named \"Nine\"",
                    "shrink",
                    "hybrid",
                    "--add-class",
                    "nine",
                    nines.toString(),
                    "--add-class",
                    "Nine",
                    nines.toString(),
                    "--model",
                    model);
        }

        @Test
        void to_choose_the_size_of_a_model_that_only_gets_references() throws IOException {
            draw(GeneratedDigits.generate(20, 0, 7));

            assertThat(add("nine", "--engine-size", "40KB").progress())
                    .contains("The size of this model cannot be chosen anew", "leave --engine-size out");
        }

        @Test
        void to_overwrite_a_model() throws IOException {
            draw(GeneratedDigits.generate(20, 0, 7));

            assertThat(add("nine", "--to", model).progress()).contains("There is a file of that name already");
            assertThat(Bundle.open(Path.of(model)).manifest().task().names()).endsWith("8");
        }

        @Test
        void what_only_makes_sense_for_a_new_model() {
            for (String option : List.of("--name", "--k", "--references", "--require-accuracy")) {
                Outcome outcome = add("nine", option, "1");

                assertThat(outcome.exitCode()).as(option).isEqualTo(2);
                assertThat(outcome.progress()).contains("takes no " + option + ": leave one out.");
            }
        }

        @Test
        void to_overwrite_a_file_that_nobody_named() throws IOException {
            draw(GeneratedDigits.generate(2, 0, 7));
            Files.writeString(folder.resolve("digits-nine.fovea"), "mine");

            refusesToAdd("nine", "There is a file of that name already");
            assertThat(folder.resolve("digits-nine.fovea")).hasContent("mine");
        }

        private void refusesToAdd(String name, String words) {
            refused(words, "shrink", "hybrid", "--add-class", name, nines.toString(), "--model", model);
        }

        private void refused(String words, String... arguments) {
            Outcome outcome = program.run(arguments);

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.progress()).contains(words).contains("where:").contains("do:");
        }
    }

    private Outcome add(String name, String... more) {
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

    private static Pixels black(int lightest) {
        byte[] values = new byte[784];
        values[0] = (byte) lightest;
        return new Pixels(28, 28, 1, values);
    }

    private static void writeLenet(Path target) {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 9);
        BundleExport.write(
                new BundleContents(
                        "lenet",
                        network,
                        Initialization.of(network, new SplittableRandom(1)),
                        DigitsByNeighbours.PREPROCESSING,
                        new Classification(IntStream.range(0, 9)
                                .mapToObj(Integer::toString)
                                .toList()),
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
