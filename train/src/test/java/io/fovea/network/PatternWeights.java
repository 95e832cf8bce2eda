package io.fovea.network;

import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Weights that follow from names and indices alone, the same as in src/test/python/networks.py. */
public final class PatternWeights {

    private PatternWeights() {}

    /** Returns weights within √(6 / inputs), batch norms near the identity, small biases and means. */
    public static Weights of(Network network) {
        return new Weights(
                Parameters.of(network).stream().map(PatternWeights::tensor).toList());
    }

    /** Returns numbers from -1 to 1: the upper 24 of 32 mixed bits of index and name. */
    public static float[] pattern(String name, int count) {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long bits = i + checksum.getValue() & 0xffffffffL;
            for (int round = 0; round < 2; round++) bits = (bits ^ bits >> 16) * 0x45d9f3bL & 0xffffffffL;
            values[i] = (bits >> 8) / (float) (1 << 23) - 1;
        }
        return values;
    }

    private static NamedTensor tensor(ParameterSpecification parameter) {
        int[] shape = parameter.shape();
        float[] values = pattern(parameter.name(), (int) parameter.count());
        if (shape.length > 1) {
            int inputs = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
            double bound = Math.sqrt(6.0 / inputs);
            for (int i = 0; i < values.length; i++) values[i] = (float) (values[i] * bound);
        } else if (parameter.name().endsWith("weight") || parameter.name().endsWith("running_var")) {
            for (int i = 0; i < values.length; i++) values[i] = 1 + 0.25f * values[i];
        } else {
            for (int i = 0; i < values.length; i++) values[i] *= 0.1f;
        }
        return new NamedTensor(parameter.name(), shape, values);
    }
}
