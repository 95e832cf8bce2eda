package io.fovea.junit;

import io.fovea.bundle.Bundle;
import io.fovea.predict.Decoder;
import io.fovea.predict.PredictionOptions;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A model file as a test names it.
 *
 * @param file    where it lies
 * @param threads that compute one prediction
 */
record TestedModel(Path file, int threads) {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(TestedModel.class);

    /** A model that is closed at the end of the run. Threads share it. */
    private record Open(Decoder decoder) implements AutoCloseable {

        @Override
        public void close() {
            decoder.close();
        }
    }

    /**
     * Returns the model that is named nearest to a test.
     *
     * @throws Problem if none is
     */
    static TestedModel of(ExtensionContext context) {
        Optional<ModelUnderTest> named =
                AnnotationSupport.findAnnotation(context.getTestMethod(), ModelUnderTest.class);
        Class<?> type = context.getTestClass().orElse(null);
        for (; named.isEmpty() && type != null; type = type.getEnclosingClass())
            named = AnnotationSupport.findAnnotation(type, ModelUnderTest.class);
        return named.map(model -> new TestedModel(Path.of(model.value()), model.threads()))
                .orElseThrow(() -> new Problem(
                        "The test says of no model that it is about it",
                        context.getRequiredTestClass().getName()
                                + context.getTestMethod()
                                        .map(method -> "." + method.getName())
                                        .orElse(""),
                        "put @ModelUnderTest(\"path/of/name.fovea\") on the method or its class"));
    }

    /**
     * Returns it loaded, the same for all tests of the run.
     *
     * @throws Problem if it is damaged, or a golden picture comes out otherwise
     */
    Decoder decoder(ExtensionContext context) {
        TestedModel key = new TestedModel(file.toAbsolutePath().normalize(), threads);
        return context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent(
                        key,
                        absent -> new Open(Decoder.load(file, PredictionOptions.DEFAULT.withThreads(threads))),
                        Open.class)
                .decoder();
    }

    /**
     * Returns the bytes of a picture file, or if none is named those of the model's golden pictures.
     *
     * @throws Problem if there is none
     */
    List<byte[]> pictures(String named) {
        if (named.isEmpty()) {
            Bundle bundle = Bundle.open(file);
            if (bundle.manifest().golden().isEmpty())
                throw new Problem(
                        "The model carries no golden pictures to be asked about",
                        file.toString(),
                        "name a picture: picture = \"path/of/picture.png\"");
            return bundle.manifest().golden().stream().map(bundle::golden).toList();
        }
        try {
            return List.of(Files.readAllBytes(Path.of(named)));
        } catch (IOException failure) {
            throw new Problem(
                    "The picture cannot be read: " + failure,
                    named,
                    "name one that is there, from the folder " + Path.of("").toAbsolutePath(),
                    failure);
        }
    }
}
