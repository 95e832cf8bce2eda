package io.fovea.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.module.ParameterVector;
import io.fovea.module.Snapshot;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a run needs to go on as if it had never stopped: one safetensors file, complete or absent.
 *
 * <p>Tensors: the network's under their names, the optimizer's memory as {@code optimizer.0}, {@code optimizer.1}, mean weights of a run
 * that averages as {@code average.0} (parameters) and {@code average.1} (buffers). Metadata: {@code progress} (JSON) and
 * {@code fingerprint}.
 *
 * @param weights     parameters and buffers: of the last step in {@code last.safetensors}, where it goes on; mean ones in others
 * @param memory      the optimizer's, each [P']
 * @param average     trained parameters [P'] and buffers; empty if the run does not average, or the weights are mean ones
 * @param progress    where the run stands
 * @param fingerprint of data, network and settings: a continuation must have the same
 */
public record Checkpoint(
        Weights weights, List<float[]> memory, List<float[]> average, Progress progress, String fingerprint) {

    private static final String OPTIMIZER = "optimizer.";
    private static final String AVERAGE = "average.";
    private static final String PROGRESS = "progress";
    private static final String FINGERPRINT = "fingerprint";
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Where a run stands between two steps.
     *
     * @param epoch           finished epochs
     * @param batch           finished batches of the epoch under way
     * @param step            finished steps in all
     * @param tally           of the epoch under way
     * @param trainingSeconds spent on training, all parts of the run together
     * @param trainedPictures in all parts of the run
     * @param bestEpoch       0 for none yet
     * @param bestLoss        the validation loss of the best epoch; the largest number for none yet
     */
    public record Progress(
            int epoch,
            int batch,
            long step,
            Tally tally,
            double trainingSeconds,
            long trainedPictures,
            int bestEpoch,
            double bestLoss) {

        /** The start of a run. */
        public static final Progress START = new Progress(0, 0, 0, Tally.EMPTY, 0, 0, 0, Double.MAX_VALUE);
    }

    /** Returns one of a module's state; the run can go on from it. */
    static Checkpoint of(Snapshot snapshot, ParameterVector vector, Progress progress, String fingerprint) {
        Weights weights = vector.weights(snapshot.parameters(), snapshot.buffers());
        return new Checkpoint(weights, snapshot.memory(), snapshot.average(), progress, fingerprint);
    }

    /**
     * Returns the state of a module.
     *
     * @throws Problem if a tensor is missing or has another shape
     */
    Snapshot snapshot(ParameterVector vector) {
        float[] parameters = new float[vector.parameterCount()];
        float[] buffers = new float[vector.bufferCount()];
        vector.read(weights, parameters, buffers);
        return new Snapshot(parameters, buffers, progress.step(), memory, average);
    }

    /** Writes the file beside and moves it into place. */
    public void write(Path file) {
        List<NamedTensor> tensors = new ArrayList<>(weights.tensors());
        add(tensors, OPTIMIZER, memory);
        add(tensors, AVERAGE, average);
        Map<String, String> metadata = new LinkedHashMap<>();
        try {
            metadata.put(PROGRESS, JSON.writeValueAsString(progress));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        metadata.put(FINGERPRINT, fingerprint);
        Safetensors.write(new Weights(tensors), metadata, file);
    }

    private static void add(List<NamedTensor> tensors, String prefix, List<float[]> arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            tensors.add(new NamedTensor(prefix + i, new int[] {arrays.get(i).length}, arrays.get(i)));
        }
    }

    /**
     * Reads a checkpoint.
     *
     * @throws Problem if it is damaged, or not a checkpoint
     */
    public static Checkpoint read(Path file) {
        Map<String, String> metadata = Safetensors.metadata(file);
        List<NamedTensor> weights = new ArrayList<>();
        List<float[]> memory = new ArrayList<>();
        List<float[]> average = new ArrayList<>();
        for (NamedTensor tensor : Safetensors.read(file).tensors()) {
            // a layer may have either name, but its tensors are not numbered
            if (tensor.name().matches("optimizer\\.[0-9]")) memory.add(tensor.values());
            else if (tensor.name().matches("average\\.[0-9]")) average.add(tensor.values());
            else weights.add(tensor);
        }
        try {
            Progress progress = JSON.readValue(metadata.getOrDefault(PROGRESS, "null"), Progress.class);
            if (progress == null || !metadata.containsKey(FINGERPRINT)) throw notACheckpoint(file);
            return new Checkpoint(new Weights(weights), memory, average, progress, metadata.get(FINGERPRINT));
        } catch (JsonProcessingException e) {
            throw notACheckpoint(file);
        }
    }

    private static Problem notACheckpoint(Path file) {
        return new Problem(
                "The file holds weights but not the state of a run.",
                file.toString(),
                "continue from checkpoints/last.safetensors of a run, or start a new run");
    }
}
