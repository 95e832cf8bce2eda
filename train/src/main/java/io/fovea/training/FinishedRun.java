package io.fovea.training;

import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.network.NetworkYaml;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads and draws a run that has been, from {@code events.jsonl}, {@code settings.yaml} and {@code network.yaml} alone. */
public final class FinishedRun {

    private FinishedRun() {}

    /**
     * Writes event files for TensorBoard into the run's folder {@code tensorboard}: curves, graph and settings. What only a running run can
     * tell is missing: distributions, pictures and the projector's points.
     *
     * @return the folder of event files
     * @throws Problem if the run has none or already has event files, or its files are damaged
     */
    public static Path writeTensorBoard(Path run) {
        RunFolder files = new RunFolder(run);
        if (Files.exists(files.tensorBoard())) {
            throw new Problem(
                    "The run has event files already.",
                    files.tensorBoard().toString(),
                    "look at them with tensorboard --logdir, or remove this folder to have it written again");
        }
        List<TrainingEvent> events = EventLog.read(files.events(), TrainingEvent.class);
        if (events.isEmpty()) {
            throw new Problem(
                    "There is no event of a run here.",
                    files.events().toString(),
                    "name the folder of a run, such as runs/pets-lenet-1");
        }
        Map<String, Object> hyperParameters =
                HyperParameters.of(NetworkYaml.read(files.network()), settings(files.settings()));
        Instant start = events.getFirst().at();
        try (RunBoard board = new RunBoard(files.tensorBoard(), 0, start)) {
            board.begin(NetworkYaml.read(files.network()), hyperParameters, start);
            RunHistory.of(events).forEach(board::on);
        }
        return files.tensorBoard();
    }

    /**
     * Returns a run's {@code settings.yaml}.
     *
     * @throws Problem if it cannot be read
     */
    public static TrainingSettings settings(Path file) {
        try {
            return SettingsYaml.read(Files.readString(file), file.toString(), TrainingSettings.defaults(1));
        } catch (IOException e) {
            throw new Problem(
                    "The run's settings cannot be read: " + e.getMessage(),
                    file.toString(),
                    "check that this is the folder of a run and that its files may be read",
                    e);
        }
    }
}
