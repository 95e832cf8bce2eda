package io.fovea.queue;

import io.fovea.deletion.Deletion;
import io.fovea.deletion.JobNeeds;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the jobs of a queue are, each read from its folder once. Threads may share it. */
final class KnownOrders {

    /** One that cannot be read waits among those that learn, and its process says what is wrong. */
    private static final Known UNREADABLE = new Known(Lane.LEARNING, List.of(), Set.of(), Set.of());

    private final Jobs jobs;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    KnownOrders(Jobs jobs) {
        this.jobs = jobs;
    }

    private record Known(Lane lane, List<Pattern> after, Set<Deletion.Name> needs, Set<Deletion.Name> makes) {

        static Known of(JobYaml.Order order) {
            return new Known(
                    Lane.of(order.job()),
                    order.after().stream()
                            .map(name -> Pattern.compile(Pattern.quote(name) + "(-[1-9][0-9]*)?"))
                            .toList(),
                    Set.copyOf(JobNeeds.of(order.job())),
                    made(order.job()).collect(Collectors.toUnmodifiableSet()));
        }

        private static Stream<Deletion.Name> made(Job job) {
            return switch (job) {
                case Job.Import wanted -> Stream.of(new Deletion.Name(Shelf.DATASETS, wanted.name()));
                case Job.Recipe recipe -> recipe.jobs().stream().flatMap(Known::made);
                default -> Stream.empty();
            };
        }

        boolean awaits(String id) {
            return after.stream().anyMatch(name -> name.matcher(id).matches());
        }

        boolean changesWhatIsUsedBy(Known other) {
            return !makes.isEmpty()
                    && !(Collections.disjoint(makes, other.needs) && Collections.disjoint(makes, other.makes));
        }
    }

    private Known known(String id) {
        Known before = known.get(id);
        if (before != null) return before;
        try {
            Optional<Known> read = jobs.order(id).map(Known::of);
            read.ifPresent(order -> known.put(id, order));
            return read.orElse(UNREADABLE);
        } catch (Problem gone) {
            return UNREADABLE;
        }
    }

    /** Forgets all but some. */
    void keep(List<String> ids) {
        known.keySet().retainAll(ids);
    }

    Lane lane(String id) {
        return known(id).lane();
    }

    /**
     * Returns the jobs of a queue that must be over before one of them begins: those that it names in {@code after}, and of those before it the ones
     * that make a dataset which it needs, or need one which it makes.
     *
     * @param on      those that are done just now
     * @param waiting the others, the next one first
     */
    List<String> before(String id, List<String> on, List<String> waiting) {
        Known order = known(id);
        Set<String> earlier = new HashSet<>(on);
        waiting.stream().takeWhile(other -> !other.equals(id)).forEach(earlier::add);
        return Stream.concat(on.stream(), waiting.stream())
                .filter(other -> !other.equals(id))
                .filter(other -> order.awaits(other) || earlier.contains(other) && meet(id, order, known(other)))
                .toList();
    }

    private static boolean meet(String id, Known order, Known earlier) {
        boolean meet = earlier.changesWhatIsUsedBy(order) || order.changesWhatIsUsedBy(earlier);
        return meet && !earlier.awaits(id);
    }
}
