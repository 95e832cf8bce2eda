package io.fovea.adopt;

import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Keras's HDF5 files, by a library that programs may lack: it is asked for with this class, and with no other. */
final class KerasFile {

    private KerasFile() {}

    /** Reads a whole model. */
    static KerasWeights read(Path file, String where) throws IOException {
        try (HdfFile hdf = new HdfFile(file)) {
            if (hdf.getAttribute("model_config") == null)
                throw new Problem(
                        "The file holds weights without the model's description (model_config).",
                        where,
                        "save the whole model: model.save(\"model.h5\")");
            Object config = hdf.getAttribute("model_config").getData();
            Map<String, NamedTensor> arrays = new HashMap<>();
            Node weights = hdf.getChild("model_weights");
            if (!(weights instanceof Group group))
                throw new Problem("The file holds no weights (model_weights).", where, KerasWeights.STEP);
            collect(group, "", arrays, where);
            return new KerasWeights(KerasWeights.JSON.readTree(String.valueOf(config)), arrays);
        } catch (HdfException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new Problem(
                    "The file is no HDF5 file that can be read: " + damaged.getMessage() + ".",
                    where,
                    KerasWeights.STEP,
                    damaged);
        }
    }

    private static void collect(Group group, String layer, Map<String, NamedTensor> arrays, String where) {
        for (Node child : group.getChildren().values()) {
            if (child instanceof Group inner) collect(inner, inner.getName(), arrays, where);
            else if (child instanceof Dataset dataset) {
                String name = layer + "/" + dataset.getName().replaceFirst(":\\d+$", "");
                if (!(dataset.getDataFlat() instanceof float[] values))
                    throw new Problem(
                            "The weights \"" + name + "\" are no floats of 32 bits.",
                            where,
                            "save the model in float32");
                KerasWeights.put(arrays, name, dataset.getDimensions(), values, where);
            }
        }
    }
}
