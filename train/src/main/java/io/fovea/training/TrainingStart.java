package io.fovea.training;

import io.fovea.image.Preprocessing;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run starts from.
 *
 * @param weights       the first weights, all that the network has; empty for drawn ones
 * @param preprocessing how pictures become numbers, for weights that were trained so, in the dataset's sizes; empty for the mean and
 *                      deviation of the dataset's training pictures
 */
public record TrainingStart(Optional<Weights> weights, Optional<Preprocessing> preprocessing) {

    /** From drawn weights and the dataset's own mean and deviation. */
    public static final TrainingStart NONE = new TrainingStart(Optional.empty(), Optional.empty());

    /** Checks that both are there or said to be absent. */
    public TrainingStart {
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(preprocessing, "preprocessing");
    }

    /** From weights, on pictures as those weights know them. */
    public static TrainingStart of(Weights weights, Preprocessing preprocessing) {
        return new TrainingStart(Optional.of(weights), Optional.of(preprocessing));
    }

    /** Returns a name that any other start does not have: "none", or a SHA-256 over weights and preprocessing in lower-case hex. */
    public String identity() {
        if (weights.isEmpty() && preprocessing.isEmpty()) return "none";
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            weights.ifPresent(present -> present.tensors().forEach(tensor -> add(tensor, digest)));
            preprocessing.ifPresent(present -> digest.update(words(present).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private static void add(NamedTensor tensor, MessageDigest digest) {
        digest.update((tensor.name() + Arrays.toString(tensor.shape())).getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * Math.min(tensor.values().length, 1 << 16));
        for (int from = 0; from < tensor.values().length; from += 1 << 16) {
            int length = Math.min(1 << 16, tensor.values().length - from);
            bytes.clear();
            bytes.asFloatBuffer().put(tensor.values(), from, length);
            digest.update(bytes.limit(length * Float.BYTES));
        }
    }

    private static String words(Preprocessing preprocessing) {
        return preprocessing.height() + " " + preprocessing.width() + " " + preprocessing.colorMode() + " "
                + preprocessing.resizeMode() + " " + preprocessing.cropMargin() + " "
                + Arrays.toString(preprocessing.mean()) + " " + Arrays.toString(preprocessing.std());
    }
}
