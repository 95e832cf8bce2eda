package io.fovea.deletion;

import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Things to be deleted, as they stand.
 *
 * @param things in the order that they were named in
 */
public record Deletion(List<Thing> things) {

    /** Copies. */
    public Deletion {
        things = List.copyOf(things);
    }

    /**
     * What a thing is called.
     *
     * @param shelf where it lies
     * @param name  there
     */
    public record Name(Shelf shelf, String name) {

        /** Checks the name. */
        public Name {
            Workspace.checkedName(shelf.noun(), name);
        }

        /** Returns it as people write it: {@code datasets/digits}. */
        public String path() {
            return shelf.folder() + "/" + name;
        }

        /**
         * Reads {@code datasets/digits}.
         *
         * @throws Problem if the part before the slash is no shelf that things are deleted from, or the name is none
         */
        public static Name parse(String path) {
            int slash = path.indexOf('/');
            for (Shelf shelf : List.of(Shelf.DATASETS, Shelf.RUNS, Shelf.MODELS))
                if (slash > 0 && shelf.folder().equals(path.substring(0, slash)))
                    return new Name(shelf, path.substring(slash + 1));
            throw new Problem(
                    "Expected a dataset, a run or a model, found \"" + path + "\".",
                    "what is to be deleted",
                    "write datasets/NAME, runs/NAME or models/NAME");
        }
    }

    /**
     * One of them.
     *
     * @param name        of it
     * @param sizeInBytes what it takes on disk, which is what its deletion frees
     * @param obstacle    why it cannot be deleted now; empty if it can
     * @param neededBy    unfinished jobs that cannot go on without it, and are not deleted with it
     * @param usedBy      finished runs that worked on it: they stay whole, but can no longer show its pictures
     */
    public record Thing(
            Name name, long sizeInBytes, Optional<Problem> obstacle, List<String> neededBy, List<String> usedBy) {

        /** Copies the lists. */
        public Thing {
            neededBy = List.copyOf(neededBy);
            usedBy = List.copyOf(usedBy);
        }
    }

    /** Returns the bytes that are free afterwards. */
    public long sizeInBytes() {
        return things.stream().mapToLong(Thing::sizeInBytes).sum();
    }

    /** Returns the first thing in the way; empty if all can be deleted. */
    public Optional<Problem> obstacle() {
        return things.stream().flatMap(thing -> thing.obstacle().stream()).findFirst();
    }

    /** Returns it as JSON has it. */
    public Map<String, Object> json() {
        return Map.of("things", things.stream().map(Deletion::json).toList(), "sizeInBytes", sizeInBytes());
    }

    private static Map<String, Object> json(Thing thing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shelf", thing.name().shelf().folder());
        json.put("name", thing.name().name());
        json.put("sizeInBytes", thing.sizeInBytes());
        thing.obstacle().ifPresent(problem -> json.put("problem", problem.parts()));
        json.put("neededBy", thing.neededBy());
        json.put("usedBy", thing.usedBy());
        return json;
    }

    /** Returns a line for each thing, and one for what is free afterwards. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Thing thing : things)
            lines.add(String.format(
                    Locale.ROOT,
                    "%-40s %,12.1f kB%s",
                    thing.name().path(),
                    thing.sizeInBytes() / 1e3,
                    thing.obstacle()
                            .map(problem -> "  stays: " + problem.what())
                            .orElse("")));
        lines.add(String.format(Locale.ROOT, "%-40s %,12.1f kB", "in all", sizeInBytes() / 1e3));
        return lines;
    }
}
