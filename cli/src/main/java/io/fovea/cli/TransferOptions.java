package io.fovea.cli;

import io.fovea.choice.HeadChoice;
import io.fovea.transfer.Head;
import io.fovea.transfer.TransferMode;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be chosen for learning from pretrained weights, beside all that a training has. */
final class TransferOptions {

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
                            + HeadChoice.USUAL_COPIES + " where pictures are to be varied, as by --flip, else 0.")
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
        @Override
        public TransferMode convert(String text) {
            return read(TransferMode::of, text);
        }
    }

    /** Reads linear, mlp, mlp:N, knn, knn:K. */
    static final class HeadConverter implements ITypeConverter<Head> {
        @Override
        public Head convert(String text) {
            return read(Head::of, text);
        }
    }

    private static <T> T read(Function<String, T> reader, String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException noWord) {
            throw new TypeConversionException(noWord.getMessage());
        }
    }
}
