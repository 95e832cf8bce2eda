package io.fovea.benchmark;

import static io.fovea.benchmark.UnknownSet.CAMVID;
import static io.fovea.benchmark.UnknownSet.CATS_DOGS;
import static io.fovea.benchmark.UnknownSet.CIFAR10;
import static io.fovea.benchmark.UnknownSet.FACE_XY;
import static io.fovea.benchmark.UnknownSet.FASHION_MNIST;
import static io.fovea.benchmark.UnknownSet.HYMENOPTERA;
import static io.fovea.benchmark.UnknownSet.IMAGENET_SAMPLES;
import static io.fovea.benchmark.UnknownSet.MEMBRANE;
import static io.fovea.benchmark.UnknownSet.MNIST;

import java.util.List;

/**
 * A model that is shown what it does not know.
 *
 * @param name    of the model
 * @param command that makes it, without workspace
 * @param choice  whether it was looked at while the distance was chosen
 * @param unlike  the sets that have no class in common with what it learned; black, white and noise besides
 */
record UnknownModel(String name, List<String> command, Choice choice, List<UnknownSet> unlike) {

    /** Whether a model took part in choosing how distances are measured. */
    enum Choice {
        /** The measure was chosen by looking at it: its figures are no test. */
        CHOSEN_ON,
        /** The measure was fixed before. */
        JUDGED_ONLY
    }

    private static final List<UnknownSet> DIGITS =
            List.of(FASHION_MNIST, CIFAR10, CATS_DOGS, HYMENOPTERA, CAMVID, MEMBRANE, FACE_XY, IMAGENET_SAMPLES);
    /** {@code imagenet-samples} has shoes. */
    private static final List<UnknownSet> CLOTHING =
            List.of(MNIST, CIFAR10, CATS_DOGS, HYMENOPTERA, CAMVID, MEMBRANE, FACE_XY);
    /** {@code cifar10} and {@code imagenet-samples} have dogs. */
    private static final List<UnknownSet> PETS = List.of(MNIST, FASHION_MNIST, HYMENOPTERA, CAMVID, MEMBRANE, FACE_XY);
    /** {@code imagenet-samples} has ants. */
    private static final List<UnknownSet> INSECTS =
            List.of(MNIST, FASHION_MNIST, CIFAR10, CATS_DOGS, CAMVID, MEMBRANE, FACE_XY);
    /** {@code camvid} has cars, {@code cats-dogs} cats, {@code imagenet-samples} ships. */
    private static final List<UnknownSet> CIFAR = List.of(MNIST, FASHION_MNIST, HYMENOPTERA, MEMBRANE, FACE_XY);
    /** {@code imagenet-samples} has people. */
    private static final List<UnknownSet> FACES =
            List.of(MNIST, FASHION_MNIST, CIFAR10, CATS_DOGS, HYMENOPTERA, CAMVID, MEMBRANE);

    /** Returns all, in the order of the results. */
    static List<UnknownModel> all() {
        return List.of(
                model("digits-lenet", Choice.CHOSEN_ON, DIGITS, "train --data digits --network lenet --epochs 6"),
                model("digits-36KB", Choice.JUDGED_ONLY, DIGITS, hybrid("digits", "36KB")),
                model("digits-hybrid", Choice.JUDGED_ONLY, DIGITS, "shrink hybrid --data digits --generations 0"),
                model("clothing-lenet", Choice.CHOSEN_ON, CLOTHING, "train --data clothing --network lenet --epochs 6"),
                model(
                        "clothing-hybrid-16",
                        Choice.JUDGED_ONLY,
                        CLOTHING,
                        "train --data clothing --network hybrid-16 --epochs 6"),
                model("clothing-74KB", Choice.JUDGED_ONLY, CLOTHING, hybrid("clothing", "74KB")),
                model("cifar-cnn", Choice.CHOSEN_ON, CIFAR, "train --data cifar10 --network cifar-cnn --epochs 12"),
                model("pets-resnet18", Choice.CHOSEN_ON, PETS, pretrained("pets", "resnet18")),
                model("pets-squeezenet", Choice.JUDGED_ONLY, PETS, pretrained("pets", "squeezenet")),
                model("insects-resnet18", Choice.JUDGED_ONLY, INSECTS, pretrained("insects", "resnet18")),
                model("insects-mobilenet", Choice.JUDGED_ONLY, INSECTS, pretrained("insects", "mobilenet")),
                model(
                        "faces-point-cnn",
                        Choice.JUDGED_ONLY,
                        FACES,
                        "train --data faces64 --network point-cnn --epochs 20"),
                model("faces-resnet18", Choice.JUDGED_ONLY, FACES, pretrained("faces", "resnet18")));
    }

    private static String hybrid(String data, String size) {
        return "shrink hybrid --data " + data + " --engine-size " + size + " --generations 20";
    }

    private static String pretrained(String data, String network) {
        return "train --data " + data + " --pretrained " + network;
    }

    private static UnknownModel model(String name, Choice choice, List<UnknownSet> unlike, String command) {
        return new UnknownModel(name, List.of((command + " --name " + name + " --seed 1").split(" ")), choice, unlike);
    }
}
