package io.fovea.cli;

import io.fovea.transfer.Head;
import io.fovea.transfer.TransferMode;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be chosen for learning from pretrained weights, beside all that a training has. */
final class TransferOptions {

    /** As the labs take. */
    static final int USUAL_COPIES = 3;

    private static final int USUAL_HIDDEN = 64;
    private static final int USUAL_NEIGHBOURS = 9;

    @Option(
            names = "--transfer",
            paramLabel = "MODE",
            defaultValue = "features",
            converter = ModeConverter.class,
            description = {
                "What learns when weights are given with --pretrained:",
                "features: a new head, on features that are computed once per picture and kept (seconds);",
                "head: a new head, with augmented pictures in every epoch;",
                "last:N: the head and the last N layers before it;",
                "all: every layer, in proportion to its weights.",
                "Default: ${DEFAULT-VALUE}."
            })
    private TransferMode mode;

    @Option(
            names = "--head",
            paramLabel = "HEAD",
            defaultValue = "linear",
            converter = HeadConverter.class,
            description = "The new head on features: linear, mlp:N (N hidden units) or knn:K (K neighbours). Default:"
                    + " ${DEFAULT-VALUE}.")
    private Head head;

    @Option(
            names = "--copies",
            paramLabel = "N",
            description =
                    "Augmented copies of every training picture that a head on features also learns from. Default: "
                            + USUAL_COPIES + " where pictures are to be varied, as by --flip, else 0.")
    private Integer copies;

    @Option(
            names = "--new-head",
            description =
                    "Begin fine-tuning with a head of random weights. Default: with one that was trained on features.")
    private boolean newHead;

    TransferMode mode() {
        return mode;
    }

    Head head() {
        return head;
    }

    /** Returns how many copies were asked for, if it was said. */
    OptionalInt copies() {
        return copies == null ? OptionalInt.empty() : OptionalInt.of(copies);
    }

    boolean beginsWithTrainedHead() {
        return !newHead;
    }

    /** Reads features, head, last:N, all. */
    static final class ModeConverter implements ITypeConverter<TransferMode> {
        private static final Pattern LAST = Pattern.compile("last:([1-9][0-9]{0,3})");

        @Override
        public TransferMode convert(String text) {
            String word = text.toLowerCase(Locale.ROOT);
            Matcher last = LAST.matcher(word);
            if (last.matches()) return new TransferMode.LastLayers(Integer.parseInt(last.group(1)));
            return switch (word) {
                case "features" -> new TransferMode.CachedFeatures();
                case "head" -> new TransferMode.HeadOnly();
                case "all" -> new TransferMode.AllLayers();
                default ->
                    throw new TypeConversionException(
                            "write features, head, last:N (such as last:4) or all; found \"" + text + "\"");
            };
        }
    }

    /** Returns how a head is asked for. */
    static String word(Head head) {
        return switch (head) {
            case Head.Linear _ -> "linear";
            case Head.Mlp mlp -> "mlp:" + mlp.hidden();
            case Head.NearestNeighbours neighbours -> "knn:" + neighbours.k();
        };
    }

    /** Reads linear, mlp, mlp:N, knn, knn:K. */
    static final class HeadConverter implements ITypeConverter<Head> {
        private static final Pattern FORM = Pattern.compile("(mlp|knn)(?::([1-9][0-9]{0,3}))?");

        @Override
        public Head convert(String text) {
            String word = text.toLowerCase(Locale.ROOT);
            if (word.equals("linear")) return new Head.Linear();
            Matcher matcher = FORM.matcher(word);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "write linear, mlp:N (such as mlp:64) or knn:K (such as knn:9); found \"" + text + "\"");
            }
            boolean given = matcher.group(2) != null;
            return matcher.group(1).equals("mlp")
                    ? new Head.Mlp(given ? Integer.parseInt(matcher.group(2)) : USUAL_HIDDEN)
                    : new Head.NearestNeighbours(given ? Integer.parseInt(matcher.group(2)) : USUAL_NEIGHBOURS);
        }
    }
}
