package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Provenance;
import io.fovea.bundle.Reference;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Shape;
import io.fovea.onnx.NeighbourLayer;
import io.fovea.onnx.OnnxReferences;
import io.fovea.onnx.OnnxWriter;
import io.fovea.predict.Classifier;
import io.fovea.predict.Neighbour;
import io.fovea.predict.Neighbourhood;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pixels, black −1 and white 1, searched as they are among four references. */
@DisplayName("A bundle that decides by neighbours")
class NeighboursTest {

    private static final Preprocessing PREPROCESSING =
            new Preprocessing(1, 2, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.5f}, new float[] {0.5f});

    private static final float[] REFERENCES = {-1, -1, 1, -1, 1, 1, 0, 1};
    private static final float[] LABELS = {0, 1, 1, 0};

    @TempDir
    Path folder;

    private final Network network = new NetworkBuilder("pixels", new Shape(1, 1, 2))
            .then("flatten", new Layer.Flatten())
            .then("neighbours", new Layer.NearestNeighbours(3, 4, 2))
            .network();

    private final Weights weights = new Weights(List.of(
            new NamedTensor("neighbours.references", new int[] {4, 2}, REFERENCES),
            new NamedTensor("neighbours.labels", new int[] {4}, LABELS)));

    @Nested
    @DisplayName("with pictures of its references")
    class WithPictures {

        @Test
        void shows_for_a_picture_the_references_that_decided() {
            try (Classifier classifier = Classifier.load(written(contents(pictures(), List.of())))) {
                Neighbourhood shown = classifier.neighbours(picture(255, 255));

                assertThat(classifier.showsNeighbours()).isTrue();
                assertThat(shown.code()).containsExactly(1, 1);
                assertThat(shown.neighbours())
                        .containsExactly(
                                new Neighbour(1, 2, 1, "right", 0, "train/2.png"),
                                new Neighbour(2, 3, 0, "left", 1, "train/3.png"),
                                new Neighbour(3, 1, 1, "right", 2, "train/1.png"));
                assertThat(shown.prediction().best().name()).isEqualTo("right");
                // two votes of three
                assertThat(shown.prediction().best().probability()).isCloseTo(2 / 3f, within(1e-3f));
            }
        }

        @Test
        void gives_the_same_answer_with_and_without_showing_neighbours() {
            try (Classifier classifier = Classifier.load(written(contents(pictures(), List.of())))) {
                assertThat(classifier.neighbours(picture(0, 255)).prediction().logits())
                        .isEqualTo(classifier.classify(picture(0, 255)).logits());
            }
        }

        @Test
        void shows_many_pictures_in_their_order() {
            try (Classifier classifier = Classifier.load(written(contents(pictures(), List.of())))) {
                List<Pixels> many = new ArrayList<>();
                for (int i = 0; i < 40; i++) many.add(picture(i % 2 * 255, 0));

                List<Neighbourhood> shown = classifier.neighboursOfPrepared(many);

                assertThat(shown).hasSize(40);
                assertThat(shown.get(38).neighbours().getFirst().reference()).isZero();
                assertThat(shown.get(39).neighbours().getFirst().reference()).isEqualTo(1);
            }
        }

        @Test
        void carries_table_and_pictures() {
            Bundle bundle = Bundle.open(written(contents(pictures(), List.of())));

            assertThat(bundle.references().orElseThrow().all())
                    .containsExactly(
                            new Reference(0, 0, "left", "train/0.png"),
                            new Reference(1, 1, "right", "train/1.png"),
                            new Reference(2, 1, "right", "train/2.png"),
                            new Reference(3, 0, "left", "train/3.png"));
            assertThat(bundle.references().orElseThrow().picture(3).values()).containsExactly(3, 100);
        }
    }

    @Test
    void names_classes_also_where_it_has_no_pictures_of_its_references() {
        try (Classifier classifier = Classifier.load(written(contents(ReferencePictures.NONE, List.of())))) {
            assertThat(classifier.references()).isEmpty();
            assertThat(classifier.neighbours(picture(0, 0)).neighbours().getFirst())
                    .isEqualTo(new Neighbour(1, 0, 0, "left", 0, ""));
        }
    }

    @Test
    void in_whole_numbers_leaves_out_the_floats() {
        QuantizedTensor small =
                QuantizedTensor.quantize(weights.tensor("neighbours.references").orElseThrow(), 8, 0);

        Bundle bundle = Bundle.open(written(contents(pictures(), List.of(small))));

        assertThat(bundle.weights()).isEmpty();
    }

    @Test
    void refuses_another_number_of_pictures_than_references() {
        ReferencePictures three = new ReferencePictures(3, position -> picture(0, 0), position -> "");

        assertThatThrownBy(() -> written(contents(three, List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected 4 pictures of references, found 3");
    }

    @Nested
    @DisplayName("given one class more")
    class Grown {

        private final Network grown = new NetworkBuilder("pixels", new Shape(1, 1, 2))
                .then("flatten", new Layer.Flatten())
                .then("neighbours", new Layer.NearestNeighbours(3, 6, 3))
                .network();

        private final Weights more = new Weights(List.of(
                new NamedTensor("neighbours.references", new int[] {6, 2}, new float[] {
                    -1, -1, 1, -1, 1, 1, 0, 1, 0.5f, 0.25f, 0.5f, 0
                }),
                new NamedTensor("neighbours.labels", new int[] {6}, new float[] {0, 1, 1, 0, 2, 2})));

        @Test
        void is_the_file_that_would_have_been_written_with_it_from_the_start() {
            byte[] two = OnnxWriter.write(network, weights, Map.of("classNames", "left\nright"));

            byte[] three = OnnxReferences.read(two, "here")
                    .with(new float[] {0.5f, 0.25f, 0.5f, 0}, List.of("left", "right", "middle"));

            assertThat(three).isEqualTo(OnnxWriter.write(grown, more, Map.of("classNames", "left\nright\nmiddle")));
        }

        @Test
        void keeps_the_whole_numbers_of_old_references_where_their_scales_reach_the_new_ones() {
            for (int axis : new int[] {QuantizedTensor.WHOLE, 0, 1}) {
                byte[] two = quantized(network, weights, axis);

                byte[] three = OnnxReferences.read(two, "here")
                        .with(new float[] {0.5f, 0.25f, 0.5f, 0}, List.of("a", "b", "c"));

                assertThat(three).isEqualTo(quantized(grown, more, axis));
            }
        }

        @Test
        void gets_new_scales_where_a_new_reference_lies_further_out() {
            byte[] two = quantized(network, weights, QuantizedTensor.WHOLE);

            byte[] three = OnnxReferences.read(two, "here").with(new float[] {2.54f, 0}, List.of("a", "b", "c"));

            assertThat(OnnxReferences.read(three, "here").search().references())
                    .containsExactly(new float[] {-1, -1, 1, -1, 1, 1, 0, 1, 2.54f, 0}, within(0.011f));
        }

        @Test
        void is_refused_by_a_network_that_decides_otherwise() {
            Network dense = new NetworkBuilder("dense", new Shape(1, 1, 2))
                    .then("flatten", new Layer.Flatten())
                    .network();
            byte[] onnx = OnnxWriter.write(dense, new Weights(List.of()), Map.of());

            assertThatThrownBy(() -> OnnxReferences.read(onnx, "dense.fovea"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("does not decide by references");
        }

        private byte[] quantized(Network of, Weights floats, int axis) {
            NamedTensor references = floats.tensor("neighbours.references").orElseThrow();
            return OnnxWriter.write(
                    of,
                    floats,
                    List.of(QuantizedTensor.quantize(references, 8, axis)),
                    Classification.numbered(Inference.of(of).output().size(0)),
                    Map.of());
        }
    }

    @Nested
    @DisplayName("is sure of its answer")
    class Firmness {

        private final NeighbourLayer search = new NeighbourLayer(3, REFERENCES, LABELS);

        @Test
        void where_references_of_different_classes_lie_apart() {
            // squared distances 0.5, 1.3, 1.7 and 5.3, of the classes 1, 0, 1 and 0
            assertThat(search.firmness(new float[] {0.9f, 0.3f})).isGreaterThan(100);
        }

        @Test
        void not_where_two_of_different_classes_are_equally_far() {
            assertThat(search.firmness(new float[] {0, -1})).isZero(); // 0 and 1 at distance 1
        }

        @Test
        void not_where_the_last_voter_and_the_next_are_equally_far() {
            assertThat(new NeighbourLayer(1, REFERENCES, LABELS).firmness(new float[] {0.5f, 1}))
                    .isZero();
        }

        @Test
        void wherever_all_references_are_of_one_class() {
            assertThat(new NeighbourLayer(3, REFERENCES, new float[4]).firmness(new float[] {0, -1}))
                    .isInfinite();
        }
    }

    private Path written(BundleContents contents) {
        return BundleExport.write(contents, folder.resolve("pixels.fovea")).path();
    }

    private static ReferencePictures pictures() {
        return new ReferencePictures(4, position -> picture(position, 100), position -> "train/" + position + ".png");
    }

    private BundleContents contents(ReferencePictures references, List<QuantizedTensor> quantized) {
        GoldenExample golden;
        try (Classifier classifier = BundleExport.classifier(contents(List.of(), ReferencePictures.NONE, quantized))) {
            float[] logits = classifier.classify(picture(230, 170)).logits();
            golden = new GoldenExample("test/0.png", PngWriter.bytes(picture(230, 170)), 1, logits);
        }
        return contents(List.of(golden), references, quantized);
    }

    private BundleContents contents(
            List<GoldenExample> golden, ReferencePictures references, List<QuantizedTensor> quantized) {
        return new BundleContents(
                "pixels",
                network,
                weights,
                PREPROCESSING,
                new Classification(List.of("left", "right")),
                golden,
                List.of(),
                new Provenance(
                        "pixels", "pixels", "c0ffee", Map.of(), 1, "0.1.0", Instant.parse("2026-01-31T12:00:00Z")),
                quantized,
                references);
    }

    private static Pixels picture(int left, int right) {
        return new Pixels(1, 2, 1, new byte[] {(byte) left, (byte) right});
    }
}
