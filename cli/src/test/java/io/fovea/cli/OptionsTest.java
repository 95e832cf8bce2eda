package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.choice.Situation;
import io.fovea.choice.TrainSituations;
import io.fovea.choice.VerbSituations;
import io.fovea.collection.GeneratedDigits;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A new option must be written down here: it works, or it says where it does not. */
@DisplayName("Every option of every verb")
class OptionsTest {

    private static final String AUGMENTATION =
            "--flip --flip-vertical --shift --rotation --scale --crop-padding --random-crop --jitter --brightness"
                    + " --contrast --saturation --hue --invert --noise --erasing ";
    private static final String STEPS =
            "--accumulate --clip-norm --clip-value --average --freeze --layer-rate --mixup --cutmix ";
    private static final String LEARNING =
            "--epochs --batch-size --optimizer --learning-rate --schedule --warm-up --l1 --early-stopping --snapshots"
                    + " --loss --engine --precision ";
    private static final String EVERYWHERE =
            "--settings --sampling --l2 --seed --threads --label-smoothing --class-weights"
                    + " --data --network --name --task --anew --workspace --json ";
    private static final String MODEL = "--tensorboard --npz --with-weights --require-accuracy --require-error ";

    /** What has an effect in some use of a verb. */
    private static final Map<String, String> WORKING = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "lab mnist",
                    "--size --fastest --data --network --epochs --batch-size --seed --engine --threads"
                            + " --require-accuracy --workspace --json"),
            Map.entry(
                    "lab transfer",
                    "--data --pretrained --copies --seed --threads --require-accuracy --workspace --json"),
            Map.entry(
                    "lab cats-dogs",
                    "--data --pretrained --copies --seed --threads --require-accuracy --workspace --json"),
            Map.entry("lab regression", "--data --network --epochs --seed --require-error --workspace --json"),
            Map.entry("lab cifar10", "--data --network --epochs --seed --require-accuracy --workspace --json"),
            Map.entry("lab hybrid", "--quick --data --generations --seed --threads --workspace --json"),
            Map.entry("lab segmentation", "--set --data --epochs --seed --workspace --json"),
            Map.entry("lab denoise", "--size --data --network --epochs --seed --workspace --json"),
            Map.entry(
                    "data import",
                    "--task --targets --target-unit --ignore --size --color --resize --crop-margin --validation --test"
                            + " --val-as-test --split-order --min-per-class --max-per-class --form --look --replace"
                            + " --seed --threads --names-encoding --path-column --label-column --workspace --json"),
            Map.entry("data list", "--workspace --json"),
            Map.entry("data show", "--workspace --json"),
            Map.entry("network list", "--profile --workspace --json"),
            Map.entry("network show", "--input --classes --layers --yaml --profile --workspace --json"),
            Map.entry(
                    "network import",
                    "--network --data --classes --size --crop-margin --mean --std --channel-order --prefix"
                            + " --licence --replace --workspace --json"),
            Map.entry("network export", "--classes --data --json --name --with-weights --workspace"),
            Map.entry("network weights", "--workspace --json"),
            Map.entry(
                    "train",
                    EVERYWHERE + LEARNING + STEPS + AUGMENTATION + MODEL + "--pretrained --transfer --head"
                            + " --copies --new-head --find-learning-rate --folds --on --ranks"),
            Map.entry(
                    "tune",
                    "--data --network --settings --epochs --optimizer --learning-rate --batch-size --schedule --l2"
                            + " --label-smoothing --random --halving --seed --threads --anew --on --workspace --json "
                            + STEPS
                            + AUGMENTATION),
            Map.entry(
                    "shrink hybrid",
                    "--data --name --kernels --search --mode --generations --minutes --k --references --engine-size"
                        + " --seed --threads --add-class --model --to --force --resume --anew --on --require-accuracy"
                        + " --workspace --json"),
            Map.entry("shrink int8", "--data --name --pictures --processor --bound --keep-slower --workspace --json"),
            Map.entry("shrink prune", "--data --name --keep --epochs --seed --workspace --json"),
            Map.entry("shrink ladder", "--data --name --rungs --keep --epochs --seed --workspace --json"),
            Map.entry("evaluate", "--data --split --output --require-accuracy --require-error --workspace --json"),
            Map.entry(
                    "predict",
                    "--top --neighbours --neighbours-picture --out --overlay --no-replay --on --workspace --json"),
            Map.entry(
                    "benchmark",
                    "--threads --batch --seconds --pictures --url --protocol --clients --rate --token --trust"
                            + " --workspace --json"),
            Map.entry(
                    "explain",
                    "--out --class --layer --occlusion --window --stride --at --channel --maps --one-range --workspace"
                            + " --json"),
            Map.entry("job run", "--anew --on --ranks --workspace --json"),
            Map.entry("job list", "--workspace --json"),
            Map.entry("job show", "--events --after --workspace --json"),
            Map.entry("job stop", "--wait --workspace --json"),
            Map.entry("delete", "--look --workspace --json"),
            Map.entry(
                    "export",
                    "--format --precision --calibrate --preprocessing --opset --coordinates --to --replace --workspace"
                            + " --json"),
            Map.entry(
                    "adopt",
                    "--name --labels --size --resize --crop-margin --mean --std --channel-order --output --replace"
                            + " --workspace --json"),
            Map.entry(
                    "serve",
                    "--port --grpc-port --address --token --tls --cors --deadline --queue --batch --workers --threads"
                            + " --refresh --auto-tune --split --shadow --keep-unsure --unsure-below --unsure-limit"
                            + " --workspace --json"),
            Map.entry(
                    "workbench",
                    "--port --no-browser --folder --urls --address --host-name --tokens --database-url --workspace"
                            + " --json"),
            Map.entry("tensorboard", "--workspace --json"),
            Map.entry("doctor", "--profile --workspace --json"),
            Map.entry("generate-completion", "")));

    /** Of "train" with the words that make a situation: what still has an effect there; all else is refused. */
    private static final Map<String, String> WORKING_IN_TRAIN = new TreeMap<>(Map.of(
            "",
            EVERYWHERE + LEARNING + STEPS + AUGMENTATION + MODEL + "--pretrained --find-learning-rate --folds --on",
            "--pretrained mine",
            EVERYWHERE + AUGMENTATION + "--pretrained --transfer --head --copies --with-weights --require-accuracy"
                    + " --require-error",
            "--pretrained mine --transfer head",
            EVERYWHERE + LEARNING + STEPS + AUGMENTATION + MODEL
                    + "--pretrained --transfer --new-head --find-learning-rate --folds --on",
            "--pretrained mine --head knn:3",
            "--settings --seed --threads --data --network --name --task --anew --workspace --json --pretrained"
                    + " --transfer --head --with-weights --require-accuracy --require-error",
            "--folds 3",
            EVERYWHERE + LEARNING + STEPS + AUGMENTATION + "--pretrained --find-learning-rate --folds --on",
            "--find-learning-rate",
            EVERYWHERE
                    + "--batch-size --optimizer --l1 --loss --engine --precision --accumulate --clip-norm --clip-value"
                    + " --freeze --layer-rate --mixup --cutmix --pretrained --find-learning-rate --folds "
                    + AUGMENTATION));

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("--scale", "0.8 1.2"),
            Map.entry("--size", "small"),
            Map.entry("--optimizer", "adam"),
            Map.entry("--schedule", "fixed"),
            Map.entry("--sampling", "sequential"),
            Map.entry("--loss", "mse"),
            Map.entry("--engine", "vector"),
            Map.entry("--precision", "float32"),
            Map.entry("--layer-rate", "conv1=0.5"),
            Map.entry("--freeze", "conv1"),
            Map.entry("--transfer", "all"),
            Map.entry("--head", "linear"),
            Map.entry("--class-weights", "balanced"),
            Map.entry("--search", "pso"),
            Map.entry("--mode", "joint"),
            Map.entry("--input", "1x28x28"),
            Map.entry("--epochs", "3"),
            Map.entry("--batch-size", "8"),
            Map.entry("--early-stopping", "3"),
            Map.entry("--folds", "3"),
            Map.entry("--on", "local[2]"),
            Map.entry("--ranks", "2"),
            Map.entry("--accumulate", "2"),
            Map.entry("--copies", "2"),
            Map.entry("--classes", "3"),
            Map.entry("--crop-padding", "2"),
            Map.entry("--min-per-class", "3"),
            Map.entry("--form", "png"),
            Map.entry("--threads", "1"),
            Map.entry("--window", "4"),
            Map.entry("--stride", "2"),
            Map.entry("--urls", "public"),
            Map.entry("--channel", "1"),
            Map.entry("--maps", "4"),
            Map.entry("--protocol", "kserve"),
            Map.entry("--clients", "8"),
            Map.entry("--top", "3"));

    @TempDir
    static Path folder;

    @BeforeAll
    static void has_a_dataset_and_weights() {
        GeneratedDigits.generate(12, 3, 4).write(folder.resolve("idx"));
        Safetensors.write(
                Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(1)),
                Map.of(),
                folder.resolve("lenet.safetensors"));
        assertThat(run("data import digits " + folder.resolve("idx")).exitCode())
                .isZero();
        assertThat(run("network import mine " + folder.resolve("lenet.safetensors") + " --network lenet")
                        .exitCode())
                .isZero();
    }

    private static Outcome run(String line) {
        return new InProcess(folder.resolve("workspace")).run(line);
    }

    private static CommandLine program() {
        return Main.commands(InProcess.silent());
    }

    /** Returns the options of each verb that does something, without help and version. */
    private static Map<String, Set<String>> optionsByVerb() {
        Map<String, Set<String>> options = new TreeMap<>();
        collect(program(), "", options);
        return options;
    }

    private static void collect(CommandLine command, String name, Map<String, Set<String>> options) {
        command.getSubcommands().forEach((word, verb) -> collect(verb, (name + " " + word).strip(), options));
        if (!command.getSubcommands().isEmpty()) return;
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) names.add(option.longestName());
        names.removeAll(Set.of("--help", "--help-all", "--version"));
        options.put(name, names);
    }

    private static Set<String> words(String line) {
        Set<String> words = new TreeSet<>(List.of(line.strip().split("\\s+")));
        words.remove("");
        return words;
    }

    @Test
    void is_known_to_work_in_some_use_of_its_verb() {
        Map<String, Set<String>> written = new TreeMap<>();
        WORKING.forEach((verb, line) -> written.put(verb, words(line)));
        assertThat(optionsByVerb()).isEqualTo(written);
    }

    @Test
    void is_spelt_in_situations_as_its_verb_has_it() {
        Map<String, Set<String>> options = optionsByVerb();
        Set<String> all = new TreeSet<>();
        options.values().forEach(all::addAll);
        TrainSituations.all().forEach(situation -> assertThat(options.get("train"))
                .as(situation.words())
                .containsAll(situation.idle().keySet()));
        VerbSituations.all().forEach(situation -> assertThat(all)
                .as(situation.words())
                .containsAll(situation.idle().keySet()));
    }

    /** Each combination of a situation of "train" and an option that has no effect in it. */
    static Stream<String> idleInTraining() {
        Set<String> options = optionsByVerb().get("train");
        return WORKING_IN_TRAIN.entrySet().stream().flatMap(entry -> options.stream()
                .filter(option -> !words(entry.getValue()).contains(option))
                .map(option -> ("train --data digits " + entry.getKey()).strip() + " " + given("train", option)));
    }

    static Stream<String> idleElsewhere() {
        return Stream.of(
                        idle("train --data digits", TrainSituations.GREY),
                        idle("train --data digits --pretrained mine --copies 0", TrainSituations.NO_COPIES),
                        idle("train --data digits --pretrained mine", TrainSituations.ALIKE),
                        idle("train --data digits --pretrained mine", TrainSituations.UNBALANCED),
                        idle("tune --data digits --learning-rate 0.1,0.2", VerbSituations.TUNING_ON_GREY),
                        idle("tune --data digits --learning-rate 0.1", VerbSituations.NOTHING_TO_HALVE),
                        idle("tune --data digits --learning-rate 0.1,0.2 --epochs 1", VerbSituations.NOTHING_TO_HALVE),
                        idle("shrink hybrid --data digits --generations 0", VerbSituations.NO_EVOLUTION),
                        idle("lab mnist --fastest", VerbSituations.FASTEST),
                        idle("network show mine.yaml", VerbSituations.NETWORK_FILE),
                        idle("network import resnet18-imagenet", VerbSituations.KNOWN_NETWORK),
                        idle("network import a b.npz --network lenet", VerbSituations.KNOWN_NETWORK),
                        idle("network show lenet --yaml", VerbSituations.AS_YAML),
                        idle("network show lenet --json", VerbSituations.AS_JSON),
                        idle("benchmark model", VerbSituations.TIMING_IN_PROCESS),
                        idle("benchmark model --url http://127.0.0.1:1", VerbSituations.TIMING_A_SERVER),
                        idle("predict model digit.png --on local[2]", VerbSituations.PREDICTING_ON_A_CLUSTER),
                        idle("explain model digit.png", VerbSituations.COVERING_NOTHING),
                        idle("explain model digit.png", VerbSituations.AT_NO_PLACE),
                        idle("explain model digit.png", VerbSituations.DRAWING_NOTHING),
                        idle("data import digits2 idx --look", VerbSituations.LOOKING_ONLY),
                        idle("data import numbers faces --targets x,y", VerbSituations.IMPORTING_NUMBERS))
                .flatMap(List::stream);
    }

    private static List<String> idle(String line, Situation situation) {
        String verb = optionsByVerb().keySet().stream()
                .filter(line::startsWith)
                .findFirst()
                .orElseThrow();
        return situation.idle().keySet().stream()
                .map(option -> line + " " + given(verb, option))
                .toList();
    }

    /** Returns the option with a value that it takes. */
    private static String given(String verb, String option) {
        CommandLine command = program();
        for (String word : verb.split(" ")) command = command.getSubcommands().get(word);
        boolean takesNothing =
                command.getCommandSpec().findOption(option).arity().max() == 0;
        return takesNothing ? option : option + " " + VALUES.getOrDefault(option, "0.5");
    }

    @ParameterizedTest
    @MethodSource({"idleInTraining", "idleElsewhere"})
    void is_refused_where_it_changes_nothing(String line) {
        String option = line.substring(line.lastIndexOf("--")).split(" ")[0];
        Outcome outcome = run(line);
        assertThat(outcome.exitCode()).as(outcome.progress()).isEqualTo(2);
        assertThat(outcome.progress().lines()).hasSize(3).first().asString().startsWith(option + " changes nothing ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "data import", "lab mnist"})
    void tells_the_version_whatever_the_verb(String verb) {
        Outcome outcome = run(verb + " --version");
        assertThat(outcome.results()).startsWith("fovea ");
    }

    @Nested
    @DisplayName("that a head on features takes")
    class OnFeatures {

        private Map<String, String> settings(String options) throws IOException {
            Outcome outcome = run("train --data digits --pretrained mine --json " + options);
            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            Path bundle = Path.of(new ObjectMapper()
                    .readTree(outcome.results())
                    .path("bundle")
                    .asText());
            return io.fovea.bundle.Bundle.open(bundle).manifest().provenance().settings();
        }

        @Test
        void is_recorded_in_the_model_and_nothing_else_is() throws IOException {
            assertThat(settings("--name plain"))
                    .containsEntry("copies", "0")
                    .doesNotContainKeys("augmentation.yaml", "classWeights", "labelSmoothing", "l2");
            Map<String, String> all =
                    settings("--name all --flip 0.5 --l2 0.25 --label-smoothing 0.1 --sampling balanced");
            assertThat(all.get("copies")).isEqualTo("3");
            assertThat(all.get("augmentation.yaml")).contains("0.5");
            assertThat(all.get("labelSmoothing")).isEqualTo("0.1");
            assertThat(all.get("l2")).isEqualTo("0.25");
            assertThat(all.get("classWeights")).startsWith("[");
        }

        @Test
        void is_refused_in_a_file_of_settings_too() throws IOException {
            Path file = folder.resolve("settings.yaml");
            Files.writeString(file, "course: {epochs: 7}\npictures: {augmentation: {horizontalFlip: 0.5}}\n");
            Outcome outcome = run("train --data digits --pretrained mine --settings " + file);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress())
                    .contains("Settings change nothing with --transfer features: epochs: 7.", file.toString());
        }
    }

    @Nested
    @DisplayName("that names a layer")
    class Layers {

        @Test
        void is_refused_if_there_is_no_such_layer() {
            Outcome outcome = run("train --data digits --network lenet --freeze conv9");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress())
                    .startsWith("No layer is named \"conv9\"")
                    .contains("conv1");
        }
    }

    @Nested
    @DisplayName("that asks for a quality")
    class Quality {

        @Test
        void is_refused_out_of_range_before_anything_is_trained() {
            assertThat(run("train --data digits --require-accuracy 90").progress())
                    .contains("--require-accuracy must be 0 to 1, such as 0.9 for 90 %: 90");
            assertThat(run("evaluate nothing --data digits --require-error -1").exitCode())
                    .isEqualTo(2);
        }
    }
}
