package io.fovea.export;

import io.fovea.bundle.AdoptedOrigin;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.image.Preprocessing;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxTensors;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a bundle a network with weights again, to train it on, take its kernels or look into it.
 *
 * <p>The layers are those of {@code network.yaml}, the weights those of {@code model.onnx}: its initializers have the names of the
 * parameters, and batch norms stand in it as they were trained. What only auxiliary outputs needed was left out of both.
 */
public final class BundleImport {

    private BundleImport() {}

    /**
     * Returns the network, its preprocessing and its weights to the bit; without pictures of references.
     *
     * <p>A file before version 1.2 does not describe its network; it is then the one of the catalogue that its provenance names.
     *
     * @param where what problems name
     * @throws Problem if its weights are whole numbers (int8), the file does not describe its network and the catalogue has none that the weights fit, or the description and
     *     the weights do not fit each other
     */
    public static ModelParts read(Bundle bundle, String where) {
        Int8Origin.of(bundle.manifest()).ifPresent(origin -> refuse(origin, where));
        Network network = network(bundle, where);
        OnnxTensors tensors = tensors(bundle, where);
        List<NamedTensor> weights = new ArrayList<>();
        List<QuantizedTensor> quantized = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            NamedTensor tensor = tensors.tensor(parameter.name())
                    .filter(found -> Arrays.equals(found.shape(), parameter.shape()))
                    .orElseThrow(() -> unfit(parameter, network, where));
            weights.add(tensor);
            tensors.quantized(parameter.name()).ifPresent(quantized::add);
        }
        return new ModelParts(
                network, bundle.manifest().preprocessing(), new Weights(weights), quantized, ReferencePictures.NONE);
    }

    /** Rounded weights would lose what further steps change. */
    private static void refuse(Int8Origin origin, String where) {
        throw new Problem(
                "The model is in whole numbers already (int8), and its weights can be neither trained on nor looked"
                        + " into.",
                where,
                "take the model that it was made of, \"" + origin.model() + "\" (SHA-256 " + origin.sha256() + ")");
    }

    /** A graph of others predicts; which layers it stands for is not known. */
    private static void refuse(AdoptedOrigin origin, String where) {
        throw new Problem(
                "The model keeps the network of others as it came (" + origin.kind() + ", " + origin.file()
                        + "): its layers are not known, so it can be neither trained on nor looked into.",
                where,
                "use it to predict, to evaluate, to serve, and to export as onnx, bundle, web or jar; import weights"
                        + " that fit a network of the catalogue with \"fovea network import\"");
    }

    private static OnnxTensors tensors(Bundle bundle, String where) {
        try {
            return OnnxTensors.read(bundle.onnx());
        } catch (IllegalArgumentException broken) {
            throw new Problem(broken.getMessage(), where, "export the model again", broken);
        }
    }

    private static Network network(Bundle bundle, String where) {
        if (bundle.network().isPresent()) {
            return NetworkYaml.read(bundle.network().get(), where + ", entry \"" + Bundle.NETWORK + "\"");
        }
        Manifest manifest = bundle.manifest();
        AdoptedOrigin.of(manifest).ifPresent(origin -> refuse(origin, where));
        Preprocessing preprocessing = manifest.preprocessing();
        String name = manifest.provenance().network();
        if (!Catalogue.names().contains(name)) {
            throw new Problem(
                    "The model does not describe its network, and there is none named \"" + name + "\".",
                    where + ", format version " + manifest.formatVersion(),
                    "train and export the model again with this version of Fovea");
        }
        Shape input = new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width());
        return Catalogue.network(name, input, manifest.result().shape().getFirst())
                .forPrediction();
    }

    private static Problem unfit(ParameterSpecification parameter, Network network, String where) {
        return new Problem(
                "The model holds no tensor \"" + parameter.name() + "\" of the shape "
                        + Arrays.toString(parameter.shape()) + " that its network \"" + network.name()
                        + "\" needs.",
                where,
                "train and export the model again with this version of Fovea");
    }
}
