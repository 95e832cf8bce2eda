package io.fovea.kserve;

import io.fovea.problem.Problem;
import io.fovea.wire.Content;
import io.fovea.wire.Datatype;
import io.fovea.wire.WireTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a model answers to a request, before REST or gRPC writes it.
 *
 * @param model   its name as it was asked
 * @param version that answered
 * @param request that it answers
 * @param outputs in the order in which they stand in the answer; numbers, or texts where classes are wanted
 */
public record InferAnswer(String model, long version, InferRequest request, List<WireTensor> outputs) {

    /** Copies. */
    public InferAnswer {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(request, "request");
        outputs = List.copyOf(outputs);
    }

    /**
     * Returns an answer.
     *
     * @param outputs    all that {@code request} names or the usual ones, by name
     * @param classNames for the classification extension
     * @throws Problem if classes are wanted of an output that has none
     */
    public static InferAnswer of(
            String model,
            long version,
            InferRequest request,
            Map<String, WireTensor> outputs,
            List<String> classNames) {
        return new InferAnswer(
                model,
                version,
                request,
                outputs.values().stream()
                        .map(output -> {
                            int classes = request.wanted(output.name()).classification();
                            return classes == 0 ? output : classes(output, classes, classNames);
                        })
                        .toList());
    }

    /** The classification extension: for each picture the k largest values as {@code value:index:label}. */
    private static WireTensor classes(WireTensor output, int k, List<String> classNames) {
        boolean fits = output.content() instanceof Content.Floats
                && output.shape().size() == 2
                && output.shape().get(1) == classNames.size();
        if (!fits)
            throw new Problem(
                    "The output \"" + output.name() + "\" has no number for each class.",
                    "parameter \"classification\"",
                    "leave it out, or ask a classifier for \"probabilities\"");
        float[] values = ((Content.Floats) output.content()).values();
        int classes = classNames.size();
        int shown = Math.min(k, classes);
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < output.shape().getFirst(); row++) {
            int from = row * classes;
            IntStream.range(0, classes)
                    .boxed()
                    .sorted((left, right) -> Float.compare(values[from + right], values[from + left]))
                    .limit(shown)
                    .forEach(label -> texts.add(values[from + label] + ":" + label + ":" + classNames.get(label)));
        }
        return new WireTensor(
                output.name(), Datatype.BYTES, List.of(output.shape().getFirst(), shown), new Content.Texts(texts));
    }
}
