package io.fovea.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * <p>Tensors: the network's under their names, the optimizer's memory as {@code optimizer.0}, {@code optimizer.1}. Metadata:
 * {@code progress} (JSON) and {@code fingerprint}.
 *
 * @param weights     parameters and buffers
 * @param memory      the optimizer's, each [P]
 * @param progress    where the run stands
 * @param fingerprint of data, network and settings: a continuation must have the same
 */
public record Checkpoint(Weights weights, List<float[]> memory, Progress progress, String fingerprint) {

    private static final String OPTIMIZER = "optimizer.";
    private static final String PROGRESS = "progress";
    private static final String FINGERPRINT = "fingerprint";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Where a run stands between two steps.
     *
     * @param epoch           finished epochs
     * @param batch           finished batches of the epoch under way
     * @param step            finished steps in all
     * @param eventNumber     the last event before this checkpoint
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
            long eventNumber,
            Tally tally,
            double trainingSeconds,
            long trainedPictures,
            int bestEpoch,
            double bestLoss) {

        /** The start of a run. */
        public static final Progress START = new Progress(0, 0, 0, 0, Tally.EMPTY, 0, 0, 0, Double.MAX_VALUE);
    }

    /** Writes the file beside and moves it into place. */
    public void write(Path file) {
        List<NamedTensor> tensors = new ArrayList<>(weights.tensors());
        for (int i = 0; i < memory.size(); i++) {
            tensors.add(new NamedTensor(OPTIMIZER + i, new int[] {memory.get(i).length}, memory.get(i)));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        try {
            metadata.put(PROGRESS, JSON.writeValueAsString(progress));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        metadata.put(FINGERPRINT, fingerprint);
        Safetensors.write(new Weights(tensors), metadata, file);
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
        for (NamedTensor tensor : Safetensors.read(file).tensors()) {
            if (tensor.name().startsWith(OPTIMIZER)) memory.add(tensor.values());
            else weights.add(tensor);
        }
        try {
            Progress progress = JSON.readValue(metadata.getOrDefault(PROGRESS, "null"), Progress.class);
            if (progress == null || !metadata.containsKey(FINGERPRINT)) throw notACheckpoint(file);
            return new Checkpoint(new Weights(weights), memory, progress, metadata.get(FINGERPRINT));
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
