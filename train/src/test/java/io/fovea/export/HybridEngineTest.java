package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.module.Engine;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.task.Classification;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A hybrid network as ONNX")
class HybridEngineTest {

    private static final int REFERENCES = 300;
    private static final int PICTURES = 20;

    private static final Preprocessing PREPROCESSING =
            new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.1307f}, new float[] {0.3081f});

    private final Network network = ExampleHybrid.network(REFERENCES, 9);
    private final Weights weights = ExampleHybrid.weights(network);

    @Nested
    @DisplayName("in whole numbers")
    class Quantized {

        @ParameterizedTest
        @ValueSource(ints = {8, 4})
        void gives_the_logits_that_libtorch_gives_for_the_floats_they_stand_for(int bits) throws Exception {
            List<QuantizedTensor> quantized = ExampleHybrid.quantized(weights, bits);
            byte[] pixels = pixels();

            try (OnnxSession session = new OnnxSession(onnx(quantized))) {
                float[] logits = session.output("logits", normalised(pixels), PICTURES, 1, 28, 28);

                assertThat(logits)
                        .containsExactly(libtorch(QuantizedTensor.into(weights, quantized), pixels), within(1e-5f));
            }
        }

        @Test
        void needs_little_beyond_the_bytes_of_its_weights() {
            List<QuantizedTensor> quantized = ExampleHybrid.quantized(weights, 8);
            long biases = 4 * (32 + 64 + 27);
            long tensors =
                    quantized.stream().mapToLong(QuantizedTensor::sizeInBytes).sum() + biases + REFERENCES;

            byte[] onnx = onnx(quantized);

            assertThat(tensors).isEqualTo(71_308);
            assertThat(onnx.length - tensors).isBetween(0L, 2_450L);
        }

        @Test
        void asks_for_a_newer_runtime_only_where_a_tensor_has_four_bits() throws Exception {
            assertThat(operatorSet(onnx(ExampleHybrid.quantized(weights, 8)))).isEqualTo(17);
            assertThat(operatorSet(onnx(ExampleHybrid.quantized(weights, 4)))).isEqualTo(21);
        }

        @Test
        void refuses_a_tensor_that_the_weights_do_not_have() {
            QuantizedTensor stranger =
                    new QuantizedTensor("conv9.weight", new int[] {1}, 8, 0, new byte[1], new float[] {1});

            assertThatThrownBy(() -> onnx(List.of(stranger)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The weights hold no tensor \"conv9.weight\" of shape [1]");
        }

        private long operatorSet(byte[] onnx) throws Exception {
            return OnnxMl.ModelProto.parseFrom(onnx).getOpsetImport(0).getVersion();
        }
    }

    private byte[] onnx(List<QuantizedTensor> quantized) {
        return OnnxWriter.write(
                network,
                weights,
                quantized,
                Classification.numbered(Inference.of(network).output().size(0)),
                Map.of());
    }

    private float[] libtorch(Weights floats, byte[] pixels) {
        try (Workers workers = new Workers(1);
                TrainableModule module =
                        Modules.create(network, PREPROCESSING, floats, Engine.LIBTORCH, Precision.FLOAT32, workers)) {
            Batch batch = new Batch(PICTURES, 28, 28, 1, pixels, new int[PICTURES], new int[PICTURES]);
            return module.predict(batch).clone();
        }
    }

    private static byte[] pixels() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] pixels = new byte[PICTURES * 784];
        for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) random.nextInt(256);
        return pixels;
    }

    private static float[] normalised(byte[] pixels) {
        float[] table = PREPROCESSING.table(0);
        float[] floats = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) floats[i] = table[pixels[i] & 0xff];
        return floats;
    }
}
