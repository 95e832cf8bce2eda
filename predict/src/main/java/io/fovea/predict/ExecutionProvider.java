package io.fovea.predict;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a build of ONNX Runtime computes with beside the processor, if the system property {@value #PROPERTY} asks for it: names with commas
 * between, the first preferred; what none of them can compute is left to the processor. The golden pictures tell whether the answers are the
 * model's still.
 */
enum ExecutionProvider {
    /** NVIDIA's TensorRT. */
    TENSORRT(OrtProvider.TENSOR_RT),
    /** NVIDIA's cards by CUDA. */
    CUDA(OrtProvider.CUDA);

    static final String PROPERTY = "fovea.providers";

    private final OrtProvider named;

    ExecutionProvider(OrtProvider named) {
        this.named = named;
    }

    /**
     * Adds those that are asked for to a session's options.
     *
     * @throws Problem if there is none of that name, this build lacks it, or it cannot begin, for want of a driver or a card
     */
    static void addTo(OrtSession.SessionOptions options) {
        Set<OrtProvider> available = EnumSet.noneOf(OrtProvider.class);
        for (ExecutionProvider each : asked()) {
            if (available.isEmpty()) available.addAll(OrtEnvironment.getAvailableProviders());
            if (!available.contains(each.named))
                throw new Problem(
                        "This build of ONNX Runtime has no \"" + each.word() + "\".",
                        PROPERTY + "=" + System.getProperty(PROPERTY),
                        "take a build that has it (docs/distribution.md), or ask for none");
            try {
                switch (each) {
                    case TENSORRT -> options.addTensorrt(0);
                    case CUDA -> options.addCUDA(0);
                }
            } catch (OrtException failure) {
                throw new Problem(
                        "\"" + each.word() + "\" cannot begin: " + failure.getMessage(),
                        PROPERTY + "=" + System.getProperty(PROPERTY),
                        "check driver and card, or ask for none",
                        failure);
            }
        }
    }

    private static List<ExecutionProvider> asked() {
        String names = System.getProperty(PROPERTY, "");
        if (names.isBlank()) return List.of();
        return Arrays.stream(names.split(","))
                .map(ExecutionProvider::of)
                .distinct()
                .toList();
    }

    private static ExecutionProvider of(String name) {
        for (ExecutionProvider each : values()) if (each.word().equals(name.strip())) return each;
        throw new Problem(
                "There is no execution provider \"" + name.strip() + "\".",
                PROPERTY + "=" + System.getProperty(PROPERTY),
                "name some of: "
                        + Arrays.stream(values()).map(ExecutionProvider::word).collect(Collectors.joining(", ")));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
