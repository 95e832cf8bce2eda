package io.fovea.choice;

import java.util.List;
import java.util.stream.Stream;

/** Where options of "train" change nothing. */
public final class TrainSituations {

    /** Options that vary a picture by itself. */
    public static final List<String> OF_ONE_PICTURE = List.of(
            "--flip",
            "--flip-vertical",
            "--shift",
            "--rotation",
            "--scale",
            "--crop-padding",
            "--random-crop",
            "--jitter",
            "--brightness",
            "--contrast",
            "--saturation",
            "--hue",
            "--invert",
            "--noise",
            "--erasing");
    /** Options that mix pictures. */
    public static final List<String> OF_SEVERAL_PICTURES = List.of("--mixup", "--cutmix");

    private static final List<String> OF_CLASSES = List.of("--class-weights", "--label-smoothing", "--sampling");
    private static final List<String> OF_A_MODEL =
            List.of("--tensorboard", "--npz", "--with-weights", "--require-accuracy", "--require-error");

    /** There is no backbone. */
    public static final Situation FROM_SCRATCH = Situation.of("without --pretrained")
            .idle(
                    "name the weights to learn from with --pretrained NAME, or leave it out",
                    "--transfer",
                    "--head",
                    "--copies",
                    "--new-head");

    /** New layers that answer with maps lie on the backbone. */
    public static final Situation MAPS_ON_BACKBONE = Situation.of("where every pixel is answered for")
            .idle(
                    "leave it out: new layers answer, and those of the backbone learn with them, a tenth as fast",
                    "--transfer",
                    "--head",
                    "--copies",
                    "--new-head");

    /** The truth of a picture is the picture. */
    public static final Situation RECONSTRUCTION =
            Situation.of("in a reconstruction").idle("leave it out: it is for classes", OF_CLASSES);

    /** A head is fitted to features. */
    public static final Situation FEATURES = Situation.of(
                    "with --transfer features, which fits a head to its minimum at once")
            .idle("leave it out: a head is fitted in this process, in one go", "--on", "--ranks")
            .idle(
                    "leave it out, or let the network learn in epochs with --transfer head, last:N or all",
                    "--epochs",
                    "--batch-size",
                    "--optimizer",
                    "--learning-rate",
                    "--schedule",
                    "--warm-up",
                    "--early-stopping",
                    "--snapshots",
                    "--accumulate",
                    "--clip-norm",
                    "--clip-value",
                    "--average",
                    "--l1",
                    "--loss",
                    "--engine",
                    "--precision",
                    "--tensorboard",
                    "--npz",
                    "--find-learning-rate",
                    "--folds",
                    "--new-head")
            .idle(
                    "leave it out: no layer of the backbone learns; --transfer last:N and all let them",
                    "--freeze",
                    "--layer-rate")
            .idle(
                    "vary copies by --flip, --random-crop and the like, or mix pictures with --transfer head, last:N or"
                            + " all",
                    OF_SEVERAL_PICTURES);

    /** Nothing is fitted. */
    public static final Situation NEIGHBOURS = Situation.of("with --head knn, where the pictures themselves decide")
            .idle("leave it out, or take --head linear or mlp:N", "--copies", "--l2")
            .idle("leave it out, or take --head linear or mlp:N", OF_CLASSES)
            .idle("leave it out, or take --head linear or mlp:N", OF_ONE_PICTURE);

    /** Targets would have to move with the picture. */
    public static final Situation FEATURES_OF_NUMBERS = Situation.of("in a regression with --transfer features")
            .idle(
                    "leave it out, or give --transfer head, last:N or all, where targets move with the picture",
                    OF_ONE_PICTURE)
            .idle("leave it out, or give --transfer head, last:N or all", "--copies")
            .idle("leave it out: it is for classes", OF_CLASSES);

    /** Copies that are not varied are all alike. */
    public static final Situation ALIKE = Situation.of("while all copies are alike")
            .idle("say how they differ, for example with --flip 0.5 --random-crop 0.35", "--copies");

    /** Nothing is varied. */
    public static final Situation NO_COPIES = Situation.of("with --copies 0")
            .idle("leave --copies out, or give a number of copies to vary", OF_ONE_PICTURE);

    /** Order and repetition are nothing to a minimum; that every class counts alike is. */
    public static final Situation UNBALANCED = Situation.of("with --transfer features, unless it is balanced")
            .idle("leave it out, or give --sampling balanced", "--sampling");

    /** Pictures are augmented anew in every epoch. */
    public static final Situation FINE_TUNING = Situation.of("with --transfer head, last:N and all")
            .idle("leave it out: pictures are varied anew in every epoch", "--copies")
            .idle("leave it out: there the head is one dense layer; other heads are for --transfer features", "--head");

    /** A random head is not fitted first. */
    public static final Situation SEARCHING_RATE = Situation.of(
                    "with --find-learning-rate, which tries rates for a few steps")
            .idle(
                    "leave it out, and give it to the training with the rate that is found",
                    "--epochs",
                    "--learning-rate",
                    "--schedule",
                    "--warm-up",
                    "--early-stopping",
                    "--snapshots",
                    "--average")
            .idle("leave it out: the few steps are taken in this process", "--on", "--ranks")
            .idle("leave it out: nothing is trained and no model comes out", OF_A_MODEL);

    /** No model comes out. */
    public static final Situation FOLDS = Situation.of("with --folds, where no model comes out")
            .idle("leave it out; --json tells the accuracy or error of every fold", OF_A_MODEL)
            .idle("leave it out: a fold is trained by one process, and several folds at once", "--ranks");

    /** There is no cluster. */
    public static final Situation ALONE =
            Situation.of("without --on").idle("leave it out, or name a cluster with --on", "--ranks");

    /** There are no classes. */
    public static final Situation REGRESSION = Situation.of("in a regression")
            .idle("leave it out: it is for classes", "--class-weights", "--label-smoothing", "--cutmix");

    /** There are no colours. */
    public static final Situation GREY = Situation.of("on grey pictures")
            .idle("leave it out, or import the dataset with --color color", "--saturation", "--hue");

    private TrainSituations() {}

    /** Returns all of them. */
    public static List<Situation> all() {
        return Stream.of(
                        FROM_SCRATCH,
                        MAPS_ON_BACKBONE,
                        RECONSTRUCTION,
                        FEATURES,
                        NEIGHBOURS,
                        FEATURES_OF_NUMBERS,
                        ALIKE,
                        NO_COPIES,
                        UNBALANCED,
                        FINE_TUNING,
                        SEARCHING_RATE,
                        FOLDS,
                        ALONE,
                        REGRESSION,
                        GREY)
                .toList();
    }
}
