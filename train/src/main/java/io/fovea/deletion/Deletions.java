package io.fovea.deletion;

import io.fovea.file.FileTree;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Deletes datasets, runs and models of a workspace. Threads and processes may share it. */
public final class Deletions {

    private static final int LOOKS = 40;
    private static final long MILLISECONDS_BETWEEN_LOOKS = 50;

    private static final int MOST_TO_NAME = 5;

    private final Workspace workspace;
    private final Jobs jobs;
    private final Predicate<String> waits;

    /**
     * Those of a workspace.
     *
     * @param waits whether a job of this name waits for its turn somewhere
     */
    public Deletions(Workspace workspace, Predicate<String> waits) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
        this.waits = waits;
    }

    /** What a job says of itself. */
    private record Known(String id, JobYaml.Order order, boolean done) {}

    /**
     * Returns what a deletion would free and what is in its way.
     *
     * @throws Problem if something of this name is not there
     */
    public Deletion look(List<Deletion.Name> names) {
        Set<Deletion.Name> wanted = new HashSet<>(names);
        List<Known> known = known();
        List<Deletion.Thing> things = new ArrayList<>();
        for (Deletion.Name name : names.stream().distinct().toList()) {
            workspace.existing(name.shelf(), name.name());
            List<String> neededBy = known.stream()
                    .filter(job -> !job.done() && JobNeeds.of(job.order().job()).contains(name))
                    .map(Known::id)
                    .filter(id -> !wanted.contains(new Deletion.Name(Shelf.RUNS, id)))
                    .toList();
            List<String> usedBy = known.stream()
                    .filter(job -> job.done() && JobNeeds.of(job.order().job()).contains(name))
                    .map(Known::id)
                    .toList();
            things.add(new Deletion.Thing(
                    name, FileTree.sizeInBytes(folder(name)), obstacle(name, neededBy, known), neededBy, usedBy));
        }
        return new Deletion(things);
    }

    /**
     * Deletes all of it, or nothing.
     *
     * @return what was deleted
     * @throws Problem if something is not there, or in the way
     */
    public Deletion delete(List<Deletion.Name> names) {
        Deletion deletion = look(names);
        deletion.obstacle().ifPresent(problem -> {
            throw problem;
        });
        for (Deletion.Thing thing : deletion.things()) {
            switch (thing.name().shelf()) {
                case RUNS -> jobs.delete(thing.name().name());
                case DATASETS, MODELS, WEIGHTS -> FileTree.delete(folder(thing.name()));
            }
        }
        return deletion;
    }

    private Path folder(Deletion.Name name) {
        return workspace.folder().resolve(name.shelf().folder()).resolve(name.name());
    }

    private List<Known> known() {
        List<Known> known = new ArrayList<>();
        for (String id : workspace.names(Shelf.RUNS)) {
            try {
                Optional<JobYaml.Order> order = jobs.order(id);
                if (order.isPresent()) known.add(new Known(id, order.get(), jobs.isDone(id)));
            } catch (Problem gone) {
                // deleted meanwhile
            }
        }
        return known;
    }

    private Optional<Problem> obstacle(Deletion.Name name, List<String> neededBy, List<Known> known) {
        if (!neededBy.isEmpty()) {
            return Optional.of(new Problem(
                    "Unfinished jobs need it: " + some(neededBy) + ".",
                    name.path(),
                    "finish them, or delete them too"));
        }
        return switch (name.shelf()) {
            case RUNS -> ofRun(name);
            case DATASETS -> ofDataset(name, known);
            case MODELS, WEIGHTS -> Optional.empty();
        };
    }

    private Optional<Problem> ofRun(Deletion.Name name) {
        if (waits.test(name.name()))
            return Optional.of(new Problem(
                    "The job waits for its turn.",
                    name.path(),
                    "take it out of the queue first: Take out, or stop it"));
        if (isBeingDone(name.name()))
            return Optional.of(
                    new Problem("The job is being done.", name.path(), "stop it first: fovea job stop " + name.name()));
        return Optional.empty();
    }

    /** A process that has just done a job lets its folder go in a moment. */
    private boolean isBeingDone(String id) {
        for (int look = 0; look < LOOKS && jobs.isHeld(id) && jobs.isDone(id); look++) {
            try {
                Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return jobs.isHeld(id);
    }

    private Optional<Problem> ofDataset(Deletion.Name name, List<Known> known) {
        return known.stream()
                .filter(job -> !job.done()
                        && job.order().job() instanceof Job.Import wanted
                        && wanted.name().equals(name.name()))
                .map(Known::id)
                .filter(id -> waits.test(id) || jobs.isHeld(id))
                .findFirst()
                .map(id -> new Problem(
                        "It is being imported anew by " + id + ".", name.path(), "wait for it, or stop it first"));
    }

    private static String some(List<String> names) {
        String listed = String.join(", ", names.subList(0, Math.min(MOST_TO_NAME, names.size())));
        return names.size() > MOST_TO_NAME ? listed + " and " + (names.size() - MOST_TO_NAME) + " more" : listed;
    }
}
