package io.fovea.server;

import io.fovea.job.Job;
import io.fovea.note.Owners;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who asks, and what is theirs. Every route that deletes, stops or replaces something asks here first:
 *
 * <pre>{@code
 * Visitor.of(ctx).checkMayChange(Shelf.DATASETS, name);
 * … delete …
 * Visitor.of(ctx).deleted(Shelf.DATASETS.folder(), name);
 * }</pre>
 *
 * <p>Whoever sits at this machine, and the one person who started a server with one token, may change everything. With a file of tokens, each changes what
 * they made over REST; what was made at the terminal is changed there.
 */
final class Visitor {

    private final Optional<String> name;
    private final boolean mayChangeAll;
    private final Workspace workspace;
    private final Owners owners;

    private Visitor(Optional<String> name, boolean mayChangeAll, Workspace workspace, Owners owners) {
        this.name = name;
        this.mayChangeAll = mayChangeAll;
        this.workspace = workspace;
        this.owners = owners;
    }

    /** Whoever sits at this machine. */
    static Visitor here(Workspace workspace, Owners owners) {
        return new Visitor(Optional.empty(), true, workspace, owners);
    }

    /** One who has shown a token. */
    static Visitor named(String name, boolean mayChangeAll, Workspace workspace, Owners owners) {
        return new Visitor(Optional.of(name), mayChangeAll, workspace, owners);
    }

    /** Remembers who sent a request. */
    void sent(Context request) {
        request.attribute(Visitor.class.getName(), this);
    }

    /** Returns who sent a request. */
    static Visitor of(Context request) {
        Visitor visitor = request.attribute(Visitor.class.getName());
        if (visitor == null) throw new IllegalStateException("Nobody has looked at who asks: " + request.path());
        return visitor;
    }

    /** Returns the name that stands beside the token. */
    Optional<String> name() {
        return name;
    }

    /**
     * Lets only the owner pass.
     *
     * @throws Refusal if it is another's, or nobody's
     * @throws Problem if the database that knows the owner cannot be read
     */
    void checkMayChange(Shelf shelf, String thing) {
        checkMayChange(shelf.folder(), shelf.noun(), thing);
    }

    /**
     * The same for what stands on no shelf.
     *
     * @param place the name of its folder in the workspace
     * @param noun  what it is called, for sentences
     */
    void checkMayChange(String place, String noun, String thing) {
        if (mayChangeAll) return;
        Optional<String> owner = owners.of(place, thing);
        if (name.isPresent() && owner.equals(name)) return;
        throw new Refusal(
                403,
                new Problem(
                        owner.map(other -> "This " + noun + " belongs to " + other + ".")
                                .orElse("This " + noun + " was made on the machine itself."),
                        noun + " \"" + thing + "\"",
                        owner.map(other -> "ask " + other + ", or make one of your own")
                                .orElse("change it there with the command line, or make one of your own")));
    }

    /** Remembers whose a thing is that was just made. */
    void made(String place, String thing) {
        name.ifPresent(own -> owners.put(place, thing, own));
    }

    /** Forgets the owner of what was deleted. */
    void deleted(String place, String thing) {
        if (name.isPresent()) owners.remove(place, thing);
    }

    /** What a job makes, or puts in the place of what is there. */
    private record Made(Shelf shelf, String thing, boolean replaces) {}

    /**
     * Begins a job, whose run is then this one's, and so is what it makes, unless it was there before.
     *
     * @param begin returns the name of the job's folder
     * @throws Refusal if the job replaces what is not theirs
     */
    String begins(Job job, Supplier<String> begin) {
        if (name.isEmpty()) return begin.get();
        for (Made made : made(job).toList()) if (made.replaces && isThere(made)) checkMayChange(made.shelf, made.thing);
        owners.of(Shelf.RUNS.folder()); // a job that nobody could stop is not begun
        Set<String> before = Set.copyOf(workspace.names(Shelf.RUNS));
        List<Made> added =
                new ArrayList<>(made(job).filter(made -> !isThere(made)).toList());
        String id = begin.get();
        if (before.contains(id)) return id; // gone on with
        added.add(new Made(Shelf.RUNS, id, false));
        for (Made made : added) made(made.shelf.folder(), made.thing);
        return id;
    }

    private boolean isThere(Made made) {
        return workspace.names(made.shelf).contains(made.thing);
    }

    private static Stream<Made> made(Job job) {
        return switch (job) {
            case Job.Import wanted -> Stream.of(new Made(Shelf.DATASETS, wanted.name(), wanted.replace()));
            case Job.ImportWeights wanted -> Stream.of(new Made(Shelf.WEIGHTS, wanted.name(), wanted.replace()));
            case Job.Adopt wanted ->
                Stream.of(
                        new Made(Shelf.DATASETS, wanted.name(), wanted.replace()),
                        new Made(Shelf.MODELS, wanted.name(), false));
            case Job.Train _, Job.Hybrid _ -> Stream.of(new Made(Shelf.MODELS, job.prefix(), false));
            case Job.Recipe wanted -> wanted.jobs().stream().flatMap(Visitor::made);
            default -> Stream.empty();
        };
    }
}
