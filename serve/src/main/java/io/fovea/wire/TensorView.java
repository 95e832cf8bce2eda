package io.fovea.wire;

import io.fovea.predict.ModelInput;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelCall;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model by the network's own input and outputs: whoever asks has prepared the pictures.
 *
 * @param model the version
 */
public record TensorView(LoadedModel model) implements ModelView {

    @Override
    public WireShape input() {
        ModelInput input = model.decoder().model().inputs().getFirst();
        return new WireShape(input.name(), Datatype.FP32, batch(input.shape()));
    }

    @Override
    public List<WireShape> outputs() {
        return networkOutputs(model);
    }

    static List<WireShape> networkOutputs(LoadedModel model) {
        return model.decoder().model().outputs().stream()
                .map(output -> new WireShape(output.name(), datatype(output.type()), batch(output.shape())))
                .toList();
    }

    @Override
    public List<String> usual() {
        Task task = model.manifest().task();
        return task.outputs(model.manifest().result().shape()).stream()
                .map(ModelOutput::name)
                .toList();
    }

    @Override
    public String answer() {
        Task task = model.manifest().task();
        return task.probabilities().orElse(task.result());
    }

    @Override
    public Map<String, WireTensor> outputs(ModelCall call, WireTensor input, List<String> names) {
        float[] values = ((Content.Floats) input.content()).values();
        checkFinite(values);
        int[] shape = input.shape().stream().mapToInt(Integer::intValue).toArray();
        return wire(call.outputs(Tensor.floats(shape, values), names));
    }

    private void checkFinite(float[] values) {
        for (int i = 0; i < values.length; i++)
            if (!Float.isFinite(values[i]))
                throw new Problem(
                        "Element " + i + " of \"" + input().name() + "\" is " + values[i] + ".",
                        "model \"" + ModelName.of(this) + "\"",
                        "send finite numbers");
    }

    static Map<String, WireTensor> wire(Map<String, Tensor> tensors) {
        Map<String, WireTensor> wired = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            List<Integer> shape = new ArrayList<>();
            for (int size : tensor.shape()) shape.add(size);
            Content content = tensor.type() == ModelOutput.Type.FLOAT32
                    ? new Content.Floats(tensor.floats())
                    : new Content.Integers(tensor.integers());
            wired.put(name, new WireTensor(name, datatype(tensor.type()), shape, content));
        });
        return wired;
    }

    private static Datatype datatype(ModelOutput.Type type) {
        return type == ModelOutput.Type.FLOAT32 ? Datatype.FP32 : Datatype.INT64;
    }

    private static List<Integer> batch(List<Integer> shape) {
        List<Integer> batch = new ArrayList<>(List.of(WireShape.ANY));
        batch.addAll(shape);
        return batch;
    }
}
