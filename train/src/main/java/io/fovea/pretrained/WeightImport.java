package io.fovea.pretrained;

import io.fovea.image.Preprocessing;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.Fit;
import io.fovea.weights.Fitting;
import io.fovea.weights.NearestNetwork;
import io.fovea.weights.NonFinite;
import io.fovea.weights.WeightFile;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of weights made into a pretrained network.
 *
 * @param pretrained ready to be kept and used
 * @param fit        what fitted and what did not
 * @param form       of the file
 * @param skipped    names in the file of what is no tensor
 */
public record WeightImport(Pretrained pretrained, Fit fit, WeightFile.Form form, List<String> skipped) {

    /** A name in a sentence; more are counted only. */
    private static final int NAMES_TO_SHOW = 4;

    /** Copies. */
    public WeightImport {
        skipped = List.copyOf(skipped);
    }

    /**
     * What the file does not say itself.
     *
     * @param name          in the workspace
     * @param network       a name of the catalogue
     * @param preprocessing how pictures become the network's input
     * @param order         in which the weights see the channels
     * @param classNames    by label; empty where unknown
     * @param source        where the file came from
     * @param licence       as the source states it; empty where unknown
     * @param prefix        what the names of the tensors to take begin with; empty to find it by what fits the network
     */
    public record Settings(
            String name,
            String network,
            Preprocessing preprocessing,
            ChannelOrder order,
            List<String> classNames,
            String source,
            String licence,
            Optional<String> prefix) {

        /** Of whatever set of tensors fits. */
        public Settings(
                String name,
                String network,
                Preprocessing preprocessing,
                ChannelOrder order,
                List<String> classNames,
                String source,
                String licence) {
            this(name, network, preprocessing, order, classNames, source, licence, Optional.empty());
        }

        /** Copies. */
        public Settings {
            Objects.requireNonNull(preprocessing, "preprocessing");
            Objects.requireNonNull(order, "order");
            classNames = List.copyOf(classNames);
        }
    }

    /**
     * Reads a file and fits it.
     *
     * @throws Problem if the file is damaged or refused, if the network lacks a tensor or the shapes differ (the nearest network is
     *     offered), if a value is NaN or infinite, or if there are more or fewer class names than outputs
     */
    public static WeightImport of(Path file, Settings settings) {
        Catalogue.entry(settings.network());
        WeightFile read = WeightFile.read(file);
        Preprocessing preprocessing = settings.preprocessing();
        Shape input = new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width());
        Fit fit = Fitting.of(read.weights(), settings.network(), input, settings.order(), settings.prefix());
        check(fit, read.weights(), settings, file);
        Pretrained pretrained = new Pretrained(
                settings.name(),
                settings.network(),
                preprocessing,
                fit.outputs(),
                settings.classNames(),
                settings.source(),
                settings.licence(),
                sha256(file),
                fit.weights());
        return new WeightImport(pretrained, fit, read.form(), read.skipped());
    }

    private static void check(Fit fit, Weights weights, Settings settings, Path file) {
        Optional<NearestNetwork.Candidate> nearest =
                fit.isComplete() && fit.leftOver().isEmpty()
                        ? Optional.empty()
                        : NearestNetwork.of(weights)
                                .filter(candidate -> !candidate.name().equals(settings.network()))
                                .filter(candidate -> candidate.share()
                                        > NearestNetwork.share(weights, Catalogue.entry(settings.network())));
        if (!fit.isComplete() || nearest.isPresent()) {
            throw new Problem(
                    "The weights do not fit the network \"" + settings.network() + "\": " + summary(fit) + ".",
                    file + details(fit),
                    nearest.map(candidate -> "they look like those of \"" + candidate.name() + "\": give --network "
                                    + candidate.name())
                            .orElseGet(() -> "give the network that they were trained for; "
                                    + Nearest.suggestion("", Catalogue.names())));
        }
        NonFinite.check(fit.weights(), file.toString());
        int names = settings.classNames().size();
        if (names != 0 && names != fit.outputs()) {
            throw new Problem(
                    "The weights have " + fit.outputs() + " outputs, the list of class names has " + names + ".",
                    file.toString(),
                    "give a list with one name a line for each output, in the order of the labels");
        }
    }

    private static String summary(Fit fit) {
        return fit.weights().names().size() + " tensors fit, " + fit.missing().size() + " are missing, "
                + fit.misshaped().size() + " have another shape, "
                + fit.leftOver().size() + " are left over";
    }

    private static String details(Fit fit) {
        StringBuilder text = new StringBuilder();
        if (!fit.misshaped().isEmpty()) text.append(", ").append(some(fit.misshaped()));
        if (!fit.missing().isEmpty()) text.append(", missing ").append(some(fit.missing()));
        if (!fit.leftOver().isEmpty()) text.append(", left over ").append(some(fit.leftOver()));
        return text.toString();
    }

    private static String some(List<?> things) {
        String shown = String.join(
                ", ", things.stream().limit(NAMES_TO_SHOW).map(Object::toString).toList());
        int rest = things.size() - NAMES_TO_SHOW;
        return rest > 0 ? shown + " and " + rest + " more" : shown;
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new Problem(
                    "The file cannot be read: " + e.getMessage() + ".",
                    file.toString(),
                    "check that it still lies there and that you may read it",
                    e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
