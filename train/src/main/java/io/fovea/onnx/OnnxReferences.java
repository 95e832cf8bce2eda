package io.fovea.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fovea.network.Layer;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The references inside an ONNX file that {@link OnnxWriter} wrote: read, and written with further ones and one more class. All other
 * weights stay as they are, to the bit.
 */
public final class OnnxReferences {

    private final OnnxMl.ModelProto model;
    private final String layer;
    private final int k;
    private final int classes;
    private final int size;
    private final float[] references;
    private final float[] labels;
    private final Optional<QuantizedTensor> quantized;

    private OnnxReferences(OnnxMl.ModelProto model, String layer) {
        OnnxTensors tensors = new OnnxTensors(model);
        this.model = model;
        this.layer = layer;
        this.k = (int) tensors.integer("/k");
        this.classes = (int) tensors.integer(layer + OnnxNearestNeighbours.CLASSES);
        this.labels = values(tensors, layer + OnnxNearestNeighbours.LABELS);
        this.quantized = tensors.quantized(referencesName());
        this.references = values(tensors, referencesName());
        this.size = references.length / labels.length;
    }

    /**
     * Reads the references.
     *
     * @param where what problems name
     * @throws Problem if the network does not end with a search that this version of Fovea wrote
     */
    public static OnnxReferences read(byte[] onnx, String where) {
        try {
            OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(onnx);
            String ending = OnnxNearestNeighbours.CLASSES;
            String layer = model.getGraph().getInitializerList().stream()
                    .map(OnnxMl.TensorProto::getName)
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .findFirst()
                    .orElseThrow(() -> unknown(where));
            return new OnnxReferences(model, layer);
        } catch (InvalidProtocolBufferException
                | IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException e) { // sizes and bytes that do not fit together
            throw unknown(where);
        }
    }

    private static Problem unknown(String where) {
        return new Problem(
                "The model does not decide by references that classes could be added to.",
                where,
                "use a model that \"fovea shrink hybrid\" made");
    }

    public NeighbourLayer search() {
        return new NeighbourLayer(k, references, labels);
    }

    /** Returns D. */
    public int size() {
        return size;
    }

    /**
     * Returns the file with further references, all of one new class.
     *
     * @param codes      [M, D]
     * @param classNames of all classes, the new one last
     */
    public byte[] with(float[] codes, List<String> classNames) {
        int more = codes.length / size;
        int count = labels.length + more;
        float[] all = Arrays.copyOf(references, count * size);
        System.arraycopy(codes, 0, all, references.length, codes.length);
        float[] allLabels = Arrays.copyOf(labels, count);
        Arrays.fill(allLabels, labels.length, count, classes);

        // the writer's own parts, so that what is replaced is written as it was
        OnnxGraph parts = new OnnxGraph("", OperatorSet.USUAL, OnnxGraph.Notes.NONE);
        Layer.NearestNeighbours grown = new Layer.NearestNeighbours(k, count, classes + 1);
        OnnxInitializers.labels(parts, layer + OnnxNearestNeighbours.LABELS, allLabels, classes + 1);
        OnnxNearestNeighbours.constants(parts, layer, "", grown);
        NamedTensor tensor = new NamedTensor(referencesName(), new int[] {count, size}, all);
        if (quantized.isPresent()) OnnxInitializers.numbers(parts, requantized(quantized.get(), tensor));
        else parts.initializer(tensor.name(), tensor.shape(), all);

        OnnxMl.GraphProto.Builder graph = model.getGraph().toBuilder();
        for (OnnxMl.TensorProto changed : parts.build().getInitializerList()) {
            for (int i = 0; i < graph.getInitializerCount(); i++) {
                if (graph.getInitializer(i).getName().equals(changed.getName())) graph.setInitializer(i, changed);
            }
        }
        for (OnnxMl.ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
            boolean perClass =
                    List.of(ModelOutput.LOGITS, ModelOutput.PROBABILITIES).contains(output.getName());
            if (perClass) {
                output.getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(1)
                        .setDimValue(classes + 1);
            }
        }
        OnnxMl.ModelProto.Builder changed = model.toBuilder().setGraph(graph);
        for (OnnxMl.StringStringEntryProto.Builder entry : changed.getMetadataPropsBuilderList()) {
            if (entry.getKey().equals("classNames")) entry.setValue(String.join("\n", classNames));
        }
        return changed.build().toByteArray();
    }

    /** Keeps every scale that reaches far enough, so that numbers of old references change only where new ones lie further out. */
    private static QuantizedTensor requantized(QuantizedTensor before, NamedTensor tensor) {
        QuantizedTensor fresh = QuantizedTensor.quantize(tensor, before.bits(), before.axis());
        float[] scales = fresh.scales();
        for (int s = 0; s < Math.min(scales.length, before.scales().length); s++)
            scales[s] = Math.max(scales[s], before.scales()[s]);
        return QuantizedTensor.quantize(tensor, before.bits(), before.axis(), scales);
    }

    private String referencesName() {
        return layer + OnnxNearestNeighbours.REFERENCES;
    }

    private static float[] values(OnnxTensors tensors, String name) {
        return tensors.tensor(name)
                .map(NamedTensor::values)
                .orElseThrow(() -> new IllegalArgumentException("No initializer \"" + name + "\""));
    }
}
