package io.fovea.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.ActivationFunction;
import io.fovea.task.Classification;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A value computed by hand")
class ConvolutionStepsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ActivationFunction.class)
    void passes_every_activation_as_the_network_does(ActivationFunction function) {
        String word = function.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String yaml = "name: one\ninput: [3, 12, 10]\nlayers:\n"
                + "  - convolution: {name: conv, outputs: 4, kernel: 5, stride: 3, padding: 4, dilation: 2}\n  - "
                + word + ": {name: function}\n  - flatten\n  - dense: {outputs: 2}\n";
        try (Explainer explainer = ExampleModel.explainer(yaml, new Classification(List.of("ant", "bee")), folder)) {
            PreparedPicture picture = ExampleModel.prepared(explainer);
            for (int channel = 0; channel < 4; channel++) {
                ConvolutionArithmetic found =
                        (ConvolutionArithmetic) explainer.arithmetic(picture, Optional.of("conv"), channel, 1, 2);

                assertThat(found.sum()).isCloseTo(found.given(), within(1e-5));
                ArithmeticStep step = found.steps().getFirst();
                assertThat(step.result()).isCloseTo(step.given(), within(1e-5));
            }
        }
    }
}
