package io.fovea.format;

import io.fovea.export.ModelParts;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Npz;
import io.fovea.weights.Safetensors;
import io.fovea.weights.WeightPrecision;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's weights as a file of arrays; those that a model keeps in whole numbers as the floats that these stand for. */
final class WeightsForm implements FormatWriter {

    /** Half a unit in the last of binary16's 11 bits. */
    private static final double HALF_ROUNDING = 0x1p-11;
    /** Below its smallest normal number, 2⁻¹⁴, steps of binary16 are all alike. */
    private static final double HALF_SMALLEST = 0x1p-14;

    private final ModelSource model;
    private final ModelFormat format;
    private final WeightPrecision precision;
    private final ModelParts parts;

    private WeightsForm(ModelSource model, ModelFormat format, WeightPrecision precision) {
        this.model = model;
        this.format = format;
        this.precision = precision;
        this.parts = model.parts();
    }

    static WeightsForm of(ModelSource model, ModelFormat.Npz format) {
        return new WeightsForm(model, format, format.precision().orElse(WeightPrecision.FP32));
    }

    static WeightsForm of(ModelSource model, ModelFormat.Safetensors format) {
        return new WeightsForm(model, format, format.precision().orElse(WeightPrecision.FP32));
    }

    @Override
    public String fileName() {
        return model.fileStem() + "." + format.word();
    }

    @Override
    public Exported write(Path target) {
        List<Check> checks = new ArrayList<>();
        if (precision == WeightPrecision.FP16) checks.add(OnnxForm.halved(model));
        ReadBack.write(target, part -> {
            Weights read = written(part);
            checks.addFirst(compared(read));
        });
        return new Exported(format, target, Written.files(target), checks, List.of());
    }

    private Weights written(Path file) {
        if (format instanceof ModelFormat.Npz) {
            Npz.write(parts.weights(), precision, file);
            return Npz.read(file);
        }
        Safetensors.write(parts.weights(), precision, metadata(), file);
        return Safetensors.read(file);
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt"); // what PyTorch's readers ask for
        metadata.put("name", model.manifest().name());
        metadata.put("network", parts.network().name());
        return metadata;
    }

    private Check compared(Weights read) {
        double largest = 0;
        if (!List.copyOf(read.names()).equals(List.copyOf(parts.weights().names()))) throw damaged("names");
        for (NamedTensor tensor : parts.weights().tensors()) {
            NamedTensor found = read.tensor(tensor.name()).orElseThrow();
            if (!Arrays.equals(found.shape(), tensor.shape())) throw damaged(tensor.name());
            double allowed = precision.halves(tensor) ? HALF_ROUNDING : 0;
            for (int i = 0; i < tensor.values().length; i++) {
                double value = tensor.values()[i];
                double difference = Math.abs(value - found.values()[i]) / Math.max(Math.abs(value), HALF_SMALLEST);
                if (!(difference <= allowed)) throw damaged(tensor.name());
                largest = Math.max(largest, difference);
            }
        }
        return new Check(
                read.tensors().size() + " tensors read back",
                largest,
                precision == WeightPrecision.FP16 ? HALF_ROUNDING : 0);
    }

    private Problem damaged(String tensor) {
        return new Problem(
                "What was written reads otherwise: \"" + tensor + "\".",
                model.where(),
                "try again, and check the disk; nothing was put in place");
    }
}
