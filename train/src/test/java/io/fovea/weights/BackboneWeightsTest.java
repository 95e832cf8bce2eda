package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The weights of a backbone")
class BackboneWeightsTest {

    @ParameterizedTest(name = "{0}: {2} layers, all but the head")
    @CsvSource({"resnet18, fcn-resnet18, 40, 3", "mobilenet_v2, lraspp-mobilenet, 102, 5"})
    void fill_every_layer_of_the_backbone_by_name_and_leave_the_head_as_drawn(
            String backbone, String network, int taken, int drawn) {
        Network whole = Catalogue.entry(backbone).network();
        Network segmenting = Catalogue.withMapsOn(backbone).orElseThrow().network();

        BackboneWeights fit = BackboneWeights.into(segmenting, filled(segmenting, 1), "public", filled(whole, 2));

        assertThat(segmenting.name()).isEqualTo(network);
        assertThat(fit.taken()).hasSize(taken).noneMatch(layer -> layer.startsWith("head"));
        assertThat(fit.drawn()).hasSize(drawn).allMatch(layer -> layer.startsWith("head"));
        assertThat(fit.weights().names())
                .containsExactlyElementsOf(Parameters.of(segmenting).stream()
                        .map(ParameterSpecification::name)
                        .toList());
        for (NamedTensor tensor : fit.weights().tensors()) {
            assertThat(tensor.values()[0])
                    .as(tensor.name())
                    .isEqualTo(tensor.name().startsWith("head") ? 1 : 2);
        }
    }

    @Test
    void are_refused_for_grey_pictures_and_say_how_many_channels_they_know() {
        Network grey = Catalogue.network("fcn-resnet18", new Shape(1, 32, 32), 2);
        Network colour = Catalogue.network("resnet18", new Shape(3, 32, 32), 1000);

        assertThatThrownBy(() -> BackboneWeights.into(grey, filled(grey, 1), "resnet18-imagenet", filled(colour, 2)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what())
                            .isEqualTo("\"conv1.weight\" should have the shape [64, 1, 7, 7] but has [64, 3, 7, 7] in"
                                    + " the pretrained weights.");
                    assertThat(problem.where())
                            .isEqualTo("network \"fcn-resnet18\", layer \"conv1\", weights \"resnet18-imagenet\"");
                    assertThat(problem.remedy())
                            .isEqualTo("use pictures of 3 channels, as the weights were trained with");
                });
    }

    @Test
    void are_refused_by_a_network_that_begins_with_other_layers() {
        Network unet = Catalogue.network("unet-small", new Shape(3, 32, 32), 2);
        Network resnet = Catalogue.network("resnet18", new Shape(3, 32, 32), 1000);

        assertThatThrownBy(() -> BackboneWeights.into(unet, filled(unet, 1), "resnet18-imagenet", filled(resnet, 2)))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("The pretrained weights have no layer \"encoder0.conv1\", with which the network"
                                + " begins."));
    }

    @Test
    void have_no_network_for_segmentation_on_most_backbones() {
        assertThat(Catalogue.withMapsOn("lenet")).isEmpty();
    }

    private static Weights filled(Network network, float value) {
        List<NamedTensor> tensors = Parameters.of(network).stream()
                .map(parameter -> {
                    float[] values = new float[(int) parameter.count()];
                    Arrays.fill(values, value);
                    return new NamedTensor(parameter.name(), parameter.shape(), values);
                })
                .toList();
        return new Weights(tensors);
    }
}
