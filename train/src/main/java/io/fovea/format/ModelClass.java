package io.fovea.format;

import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The Java source of a class that loads one model, with an enum of its classes or targets.
 *
 * <p>All types are named in full, so that a model may be called as any of them is.
 *
 * @param packageName of the class
 * @param name        of the class
 * @param source      the whole of its file
 */
record ModelClass(String packageName, String name, String source) {

    private static final String LABEL = "Label";
    private static final String TARGET = "Target";

    /** The instructions that make an enum's constants have a limit of 64 KiB in a class file, which fewer than 3,000 reach. */
    private static final int MOST_CONSTANTS = 2_500;

    static ModelClass of(ModelSource model, Coordinates coordinates) {
        String packageName = Identifiers.packageName(coordinates.group());
        String name = Identifiers.type(coordinates.artifact(), Set.of(LABEL, TARGET));
        Task task = model.manifest().task();
        if (task.names().size() > MOST_CONSTANTS) {
            throw new Problem(
                    "An enum of Java has room for " + MOST_CONSTANTS + " classes, and the model has "
                            + task.names().size() + ".",
                    model.where(),
                    "load the model file itself with fovea-predict");
        }
        return new ModelClass(packageName, name, source(model, coordinates, packageName, name));
    }

    /** Returns the name of the model file beside the class. */
    String resource() {
        return name + ".fovea";
    }

    /** Returns the class's name in full. */
    String qualified() {
        return packageName + "." + name;
    }

    /** Returns which decoder answers for the model. */
    private static Class<? extends Decoder> decoder(ModelSource model) {
        try (Decoder decoder =
                Decoder.of(model.bundle(), PredictionOptions.DEFAULT.withVerification(Verification.SKIP))) {
            return decoder.getClass();
        }
    }

    private static String source(ModelSource model, Coordinates coordinates, String packageName, String name) {
        Task task = model.manifest().task();
        Class<? extends Decoder> decoder = decoder(model);
        return TEMPLATE.replace("$PACKAGE", packageName)
                .replace("$NAME", name)
                .replace("$DECODER", decoder.getName())
                .replace("$COORDINATES", coordinates.toString())
                .replace("$QUESTION", decoder == Classifier.class ? QUESTION : "")
                .replace("$ENUM", constants(task)); // last: names are as people wrote them
    }

    private static final String QUESTION = """

            /** Returns the most probable class of a picture file. */
            public Label best(java.nio.file.Path picture) {
                return Label.values()[decoder.classify(picture).best().label()];
            }

            /** Returns the most probable class of a picture file's bytes. */
            public Label best(byte[] picture) {
                return Label.values()[decoder.classify(picture).best().label()];
            }
        """;

    private static String constants(Task task) {
        if (task.names().isEmpty()) return "";
        String type = task.noun().equals("target") ? TARGET : LABEL;
        List<String> constants = Identifiers.constants(task.names());
        String list = IntStream.range(0, constants.size())
                .mapToObj(i -> "        " + constants.get(i) + "(\""
                        + escaped(task.names().get(i)) + "\")")
                .collect(Collectors.joining(",\n"));
        return """

                /** What the model knows by name, in its order. */
                public enum $TYPE {
            $LIST;

                    private final java.lang.String title;

                    $TYPE(java.lang.String title) {
                        this.title = title;
                    }

                    /** Returns the name as the dataset had it. */
                    public java.lang.String title() {
                        return title;
                    }
                }
            """.replace("$TYPE", type).replace("$LIST", list);
    }

    /** Returns text as it stands between quotes; by octal numbers, as Java reads those of Unicode before it knows what a quote is. */
    private static String escaped(String text) {
        StringBuilder made = new StringBuilder();
        for (char letter : text.toCharArray()) {
            boolean plain = letter >= ' ' && letter != '"' && letter != '\\';
            if (plain) made.append(letter);
            else made.append(String.format(Locale.ROOT, "\\%03o", (int) letter));
        }
        return made.toString();
    }

    private static final String TEMPLATE = """
        package $PACKAGE;

        /**
         * The model of {@code $COORDINATES}, which travels in this jar.
         *
         * <p>Any number of threads may share it. Close it.
         */
        public final class $NAME implements java.lang.AutoCloseable {
        $ENUM
            private final $DECODER decoder;
            private final java.nio.file.Path file;

            private $NAME($DECODER decoder, java.nio.file.Path file) {
                this.decoder = decoder;
                this.file = file;
            }

            /**
             * Loads the model and replays its golden pictures.
             *
             * @throws io.fovea.problem.Problem if it does not answer here as it did where it was made
             */
            public static $NAME load() {
                try (java.io.InputStream in = $NAME.class.getResourceAsStream("$NAME.fovea")) {
                    java.nio.file.Path file = java.nio.file.Files.createTempFile("fovea-", ".fovea");
                    try {
                        java.nio.file.Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                        return new $NAME($DECODER.load(file), file);
                    } catch (java.lang.RuntimeException | java.io.IOException failure) {
                        java.nio.file.Files.deleteIfExists(file);
                        throw failure;
                    }
                } catch (java.io.IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            }
        $QUESTION
            /** Returns the model with all that can be asked of it. */
            public $DECODER decoder() {
                return decoder;
            }

            @java.lang.Override
            public void close() {
                decoder.close();
                try {
                    java.nio.file.Files.deleteIfExists(file);
                } catch (java.io.IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            }
        }
        """;
}
