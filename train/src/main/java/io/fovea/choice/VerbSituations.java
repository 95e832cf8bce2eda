package io.fovea.choice;

import java.util.List;

/** Where options of the other verbs change nothing; those of "train" are {@link TrainSituations}. */
public final class VerbSituations {

    /** {@code shrink hybrid} that searches nothing. */
    public static final Situation NO_EVOLUTION = Situation.of("with --generations 0, where nothing is searched")
            .idle("leave it out, or let some generations evolve", "--search", "--mode", "--resume")
            .idle("leave it out: there are no candidates to be judged", "--on");

    /** {@code lab mnist} by the recipe that is fixed. */
    public static final Situation FASTEST = Situation.of("with --fastest, which has a recipe of its own")
            .idle("leave one of them out", "--size", "--network", "--epochs", "--batch-size");

    /** {@code network show} of a file. */
    public static final Situation NETWORK_FILE = Situation.of(
                    "with a network file, which states its input and outputs itself")
            .idle("change it in the file", "--input", "--classes");

    /** {@code network show} as a file. */
    public static final Situation AS_YAML =
            Situation.of("with --yaml, which is a file of every layer").idle("leave it out", "--layers", "--profile");

    /** {@code network show} for programs. */
    public static final Situation AS_JSON = Situation.of("with --json, which has every layer anyway")
            .idle("leave it out", "--layers")
            .idle("leave one of them out", "--yaml");

    /** {@code network import} that need not choose. */
    public static final Situation KNOWN_NETWORK = Situation.of(
                    "where the network is known: with --network, or published weights")
            .idle("leave it out; \"fovea network export NAME --data DATASET\" judges imported weights", "--data");

    /** {@code predict} by a model of values. */
    public static final Situation PREDICTING_VALUES = Situation.of(
                    "with a model that regresses values, all of which are shown")
            .idle("leave it out: it is for classes", "--top");

    /** {@code predict} by a model of masks or pictures. */
    public static final Situation PREDICTING_PICTURES = Situation.of("with a model that answers with a picture")
            .idle("leave it out: it is for models that rank classes", "--top");

    /** {@code predict} by a model whose answers are no pictures. */
    public static final Situation PREDICTING_WORDS = Situation.of("with a model that answers in words and numbers")
            .idle("leave it out: it is for models that answer with a picture", "--out", "--overlay");

    /** {@code predict} by a model whose pictures are not about places of the one that was given. */
    public static final Situation PREDICTING_OTHER_PICTURES = Situation.of(
                    "with a model that tells no classes of pixels")
            .idle("write the answer itself with --out", "--overlay");

    /** {@code predict} on a cluster. */
    public static final Situation PREDICTING_ON_A_CLUSTER = Situation.of("with --on, which writes a table")
            .idle("leave it out, or leave out --on", "--neighbours", "--neighbours-picture", "--overlay")
            .idle("leave it out: every executor proves the model before it answers", "--no-replay");

    /** {@code explain} without squares. */
    public static final Situation COVERING_NOTHING =
            Situation.of("without --occlusion").idle("leave it out, or add --occlusion", "--window", "--stride");

    /** {@code explain} without a place. */
    public static final Situation AT_NO_PLACE =
            Situation.of("without --at").idle("leave it out, or name a place with --at X,Y", "--channel");

    /** {@code explain} into no folder. */
    public static final Situation DRAWING_NOTHING = Situation.of("without --out, where nothing is drawn")
            .idle("leave it out, or name a folder with --out", "--maps", "--one-range");

    /** {@code data import} of numbers. */
    public static final Situation IMPORTING_NUMBERS =
            Situation.of("in a regression").idle("leave it out: it is for classes", "--min-per-class");

    /** {@code data import} of masks. */
    public static final Situation IMPORTING_MASKS =
            Situation.of("in a segmentation").idle("leave it out: it is for classes of pictures", "--min-per-class");

    /** {@code data import} that only looks. */
    public static final Situation LOOKING_ONLY =
            Situation.of("with --look, which imports nothing").idle("leave it out", "--form", "--replace", "--threads");

    /** {@code tune} on numbers. */
    public static final Situation TUNING_NUMBERS =
            Situation.of("in a regression").idle("leave it out: it is for classes", "--label-smoothing", "--cutmix");

    /** {@code tune} on grey pictures. */
    public static final Situation TUNING_ON_GREY = Situation.of("on grey pictures")
            .idle("leave it out, or import the dataset with --color color", "--saturation", "--hue");

    /** {@code tune} with nothing to end early. */
    public static final Situation NOTHING_TO_HALVE =
            Situation.of("with one trial, or trials of one epoch").idle("leave it out, or try more", "--halving");

    /** {@code benchmark} of a server. */
    public static final Situation TIMING_A_SERVER = Situation.of("with --url, where the server has threads of its own")
            .idle("leave it out, and start the server with --threads", "--threads");

    /** {@code benchmark} of a model file. */
    public static final Situation TIMING_IN_PROCESS = Situation.of("without --url, where no server is asked")
            .idle(
                    "leave it out, or name the server with --url",
                    "--protocol",
                    "--clients",
                    "--rate",
                    "--token",
                    "--trust");

    private VerbSituations() {}

    /** Returns all of them. */
    public static List<Situation> all() {
        return List.of(
                NO_EVOLUTION,
                FASTEST,
                NETWORK_FILE,
                AS_YAML,
                AS_JSON,
                KNOWN_NETWORK,
                PREDICTING_VALUES,
                PREDICTING_PICTURES,
                PREDICTING_WORDS,
                PREDICTING_OTHER_PICTURES,
                PREDICTING_ON_A_CLUSTER,
                COVERING_NOTHING,
                AT_NO_PLACE,
                DRAWING_NOTHING,
                IMPORTING_NUMBERS,
                IMPORTING_MASKS,
                LOOKING_ONLY,
                TUNING_NUMBERS,
                TUNING_ON_GREY,
                NOTHING_TO_HALVE,
                TIMING_A_SERVER,
                TIMING_IN_PROCESS);
    }
}
