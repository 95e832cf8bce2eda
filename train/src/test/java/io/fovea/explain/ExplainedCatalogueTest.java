package io.fovea.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.task.Classification;
import io.fovea.task.Reconstruction;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A network of the catalogue, explained")
class ExplainedCatalogueTest {

    private static final int SIDE = 64;
    private static final int CLASSES = 5;
    private static final int NARROW = 16;

    @TempDir
    Path folder;

    static Stream<String> names() {
        return Catalogue.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shows_every_layer_in_the_shape_that_follows_from_the_network(String name) {
        Network network = small(Catalogue.entry(name)).forPrediction();
        try (Explainer explainer =
                ExampleModel.explainer(network, ExampleModel.weights(network), task(network), folder)) {
            Explanation explanation = explainer.explain(ExampleModel.prepared(explainer), ExplanationSettings.DEFAULT);

            List<LayerSummary> predicted = Inference.of(network).layers();
            assertThat(explanation.layers())
                    .extracting(LayerActivation::layer)
                    .containsExactlyElementsOf(
                            predicted.stream().map(LayerSummary::name).toList());
            for (int i = 0; i < predicted.size(); i++) {
                LayerActivation layer = explanation.layers().get(i);
                Shape shape = predicted.get(i).output();
                assertThat(layer.shape())
                        .as(layer.layer())
                        .isEqualTo(Arrays.stream(shape.sizes()).boxed().toList());
                assertThat(layer.statistics().count() + layer.statistics().nonFinite())
                        .as(layer.layer())
                        .isEqualTo(shape.count());
                assertThat(layer.sheet().of()).as(layer.layer()).isEqualTo(shape.size(0));
            }
            assertThat(explanation.filters())
                    .extracting(LayerWeights::layer)
                    .containsExactlyElementsOf(predicted.stream()
                            .filter(layer -> layer.parameters() > 0)
                            .map(LayerSummary::name)
                            .toList());
        }
    }

    /** Small pictures, and narrow dense layers, so that a test needs no gigabyte. */
    private static Network small(CatalogueEntry entry) {
        Shape usual = entry.defaultInput();
        int side = Math.min(SIDE, usual.size(1));
        Network network = Catalogue.network(
                entry.name(),
                new Shape(usual.size(0), side, side),
                entry.defaultClasses() == 1 || entry.defaultClasses() == 3 ? entry.defaultClasses() : CLASSES);
        return new Network(
                network.name(),
                network.input(),
                network.nodes().stream().map(ExplainedCatalogueTest::narrow).toList(),
                network.auxiliaries());
    }

    private static Node narrow(Node node) {
        boolean wide = node.layer() instanceof Layer.Dense dense && dense.outputs() > 1000;
        return wide ? new Node(node.name(), new Layer.Dense(NARROW, Layer.Bias.WITH), node.inputs()) : node;
    }

    private static Task task(Network network) {
        Shape output = Inference.of(network).output();
        List<String> names =
                IntStream.range(0, output.size(0)).mapToObj(c -> "class " + c).toList();
        if (output.rank() == 1) return new Classification(names);
        return names.size() == 1 || names.size() == 3 ? new Reconstruction() : new Segmentation(names);
    }
}
