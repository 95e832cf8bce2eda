package io.fovea.module;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.tensor.OneDnn;
import io.fovea.tensor.Precision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arithmetic by which libtorch computes a network and gets it right on this machine.
 *
 * @param precision as asked for, or 32 bits where bfloat16 comes out wrong
 * @param oneDnn    whether oneDNN computes the convolutions; without it they take several times as long
 * @param remark    what is done otherwise than asked for, and why; mostly nothing
 */
record Arithmetic(Precision precision, boolean oneDnn, Optional<String> remark) {

    /** Chooses it: where oneDNN passes its trial, as asked for; else by a comparison of every convolution of the network. */
    static Arithmetic of(Network network, Precision wanted) {
        if (OneDnn.isSound()) return new Arithmetic(wanted, true, Optional.empty());
        if (wanted == Precision.BFLOAT16) {
            Optional<String> wrong = wrong(network, Precision.BFLOAT16);
            if (wrong.isEmpty()) return new Arithmetic(wanted, true, Optional.empty());
            Arithmetic exact = of(network, Precision.FLOAT32);
            return new Arithmetic(
                    Precision.FLOAT32,
                    exact.oneDnn(),
                    Optional.of(exact.remark()
                            .orElse("On this processor oneDNN, by which libtorch computes convolutions, gets layer \""
                                    + wrong.get() + "\" wrong in bfloat16; products are in 32 bits instead.")));
        }
        return wrong(network, Precision.FLOAT32)
                .map(layer -> new Arithmetic(
                        Precision.FLOAT32,
                        false,
                        Optional.of("On this processor oneDNN, by which libtorch computes convolutions, gets layer \""
                                + layer + "\" wrong; the network is computed without it, which takes longer.")))
                .orElseGet(() -> new Arithmetic(Precision.FLOAT32, true, Optional.empty()));
    }

    /** Returns the first convolution that comes out wrong. */
    private static Optional<String> wrong(Network network, Precision precision) {
        Map<OneDnn.Convolution, Boolean> tried = new HashMap<>();
        for (LayerSummary layer : Inference.of(network).layers()) {
            if (!(layer.layer() instanceof Layer.Convolution convolution)) continue;
            OneDnn.Convolution probe = probe(convolution, layer.inputs());
            if (!tried.computeIfAbsent(probe, each -> OneDnn.computes(each, precision)))
                return Optional.of(layer.name());
        }
        return Optional.empty();
    }

    private static OneDnn.Convolution probe(Layer.Convolution layer, List<Shape> inputs) {
        Shape input = inputs.getFirst();
        return new OneDnn.Convolution(
                input.size(0),
                input.size(1) + layer.padding().top() + layer.padding().bottom(),
                input.size(2) + layer.padding().left() + layer.padding().right(),
                layer.outputChannels(),
                layer.kernelHeight(),
                layer.kernelWidth(),
                layer.stride(),
                layer.dilation(),
                layer.groups());
    }
}
