package io.fovea.resource;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the workspace's finished hybrids tell of this machine: how long each evolved, and all the rest. Threads may share it. */
final class KnownHybrids {

    private final Workspace workspace;
    private final Jobs jobs;
    private final Map<String, Optional<Known>> known = new ConcurrentHashMap<>();

    KnownHybrids(Workspace workspace) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
    }

    /**
     * A hybrid that was made in one go.
     *
     * @param run       its name
     * @param job       what was asked for
     * @param evolution how long kernels were evolved
     * @param rest      how long all else took
     */
    record Known(String run, Job.Hybrid job, Duration evolution, Duration rest) {}

    /** Returns those that are done, the newest last. One that was stopped in between tells no time. */
    List<Known> all() {
        List<String> names = workspace.names(Shelf.RUNS);
        known.keySet().retainAll(names);
        return names.stream()
                .filter(jobs::isDone)
                .flatMap(name -> known.computeIfAbsent(name, this::read).stream())
                .toList();
    }

    /** Returns how many pictures a hybrid here learned from and how they are; empty where its dataset is gone. */
    Optional<List<Integer>> pictures(String data) {
        try (Dataset dataset = Dataset.open(workspace.existing(Shelf.DATASETS, data))) {
            return Optional.of(List.of(
                    dataset.preparation().colorMode().channels(),
                    dataset.preparation().height(),
                    dataset.preparation().width(),
                    dataset.count(Split.TRAINING)));
        } catch (Problem gone) {
            return Optional.empty();
        }
    }

    private Optional<Known> read(String name) {
        Optional<Job.Hybrid> job = jobs.order(name)
                .map(JobYaml.Order::job)
                .filter(Job.Hybrid.class::isInstance)
                .map(Job.Hybrid.class::cast);
        if (job.isEmpty()) return Optional.empty();
        try {
            List<Instant> began = new ArrayList<>();
            List<Instant> evolved = new ArrayList<>();
            Optional<Instant> ended = Optional.empty();
            Optional<Instant> before = Optional.empty();
            for (Event event : EventLog.read(workspace.run(name).resolve("events.jsonl"))) {
                switch (event) {
                    case JobEvent.JobBegan each -> began.add(each.at());
                    case JobEvent.Evolved each -> {
                        if (evolved.isEmpty()) evolved.add(before.orElse(each.at()));
                        evolved.add(each.at());
                    }
                    case JobEvent.JobEnded each -> ended = Optional.of(each.at());
                    default -> {}
                }
                before = Optional.of(event.at());
            }
            if (began.size() != 1 || ended.isEmpty()) return Optional.empty();
            Duration whole = Duration.between(began.getFirst(), ended.get());
            Duration evolution =
                    evolved.isEmpty() ? Duration.ZERO : Duration.between(evolved.getFirst(), evolved.getLast());
            return Optional.of(new Known(name, job.get(), evolution, whole.minus(evolution)));
        } catch (Problem damaged) {
            return Optional.empty();
        }
    }
}
