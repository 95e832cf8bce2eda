package io.fovea.resource;

import io.fovea.event.Event;
import io.fovea.event.TrainingEvent;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.problem.Problem;
import io.fovea.stream.EventTail;
import io.fovea.training.FinishedRun;
import io.fovea.training.RunFolder;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the workspace's finished trainings tell of this machine: how fast each was, and what memory it took. Threads may share it. */
final class KnownRuns {

    private final Workspace workspace;
    private final Map<String, Optional<Known>> known = new ConcurrentHashMap<>();

    KnownRuns(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * A training that is over.
     *
     * @param run             its name
     * @param network         what was trained
     * @param settings        how
     * @param imagesPerSecond of its last epoch, validation left out
     * @param bytes           the most that its process held; 0 where nothing was told
     */
    record Known(String run, Network network, TrainingSettings settings, double imagesPerSecond, long bytes) {

        /** Returns multiply-accumulates a second, forward alone. */
        double macsPerSecond() {
            return imagesPerSecond * Inference.of(network).macs();
        }
    }

    /** Returns all that are over, in the order of their names. */
    List<Known> all() {
        List<String> names = workspace.names(Shelf.RUNS);
        known.keySet().retainAll(names);
        return names.stream()
                .filter(name -> Files.exists(workspace.run(name).resolve("result.json")))
                .flatMap(name -> known.computeIfAbsent(name, this::read).stream())
                .toList();
    }

    private Optional<Known> read(String name) {
        Path folder = workspace.run(name);
        RunFolder files = new RunFolder(folder);
        if (!Files.exists(files.network()) || !Files.exists(files.settings())) return Optional.empty();
        double speed = 0;
        long bytes = 0;
        try {
            EventTail tail = new EventTail(files.events(), 0).withoutPassedSteps();
            for (List<Event> events = tail.next(); !events.isEmpty(); events = tail.next()) {
                for (Event event : events) {
                    switch (event) {
                        case TrainingEvent.EpochFinished epoch -> speed = epoch.imagesPerSecond();
                        case TrainingEvent.MachineUsed used -> bytes = Math.max(bytes, used.bytes());
                        default -> {}
                    }
                }
            }
            if (!(speed > 0)) return Optional.empty();
            return Optional.of(new Known(
                    name, NetworkYaml.read(files.network()), FinishedRun.settings(files.settings()), speed, bytes));
        } catch (IOException | Problem damaged) {
            return Optional.empty();
        }
    }
}
