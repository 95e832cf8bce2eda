package io.fovea.module;

import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Passes that some pictures go through together before the next pictures begin; from stage to stage only one value is handed on.
 *
 * <p>Early layers have large maps and small weights: few pictures at a time, so that the maps stay in the cache. Late layers have
 * small maps and large weights: many at a time, so that each weight that is loaded serves all of them.
 *
 * @param steps    the passes in order
 * @param pictures how many go through together
 * @param reads    the value that an earlier stage or the picture provides
 * @param writes   the value that is handed on
 */
record MapStage(List<MapStep> steps, int pictures, int reads, int writes) {

    /** How many floats the values that live at one time may fill, unless the weights that they meet fill more than half of it. */
    private static final long VALUES = 1_600_000;

    /** Cuts a plan into stages. */
    static List<MapStage> of(MapPlan plan, int mostPictures) {
        Map<Integer, Integer> lastReader = new HashMap<>();
        List<MapStep> steps = plan.steps();
        for (int i = 0; i < steps.size(); i++) for (int value : steps.get(i).reads()) lastReader.put(value, i);
        lastReader.put(plan.result(), steps.size());
        List<MapStage> stages = new ArrayList<>();
        List<MapStep> open = new ArrayList<>();
        int reads = 0;
        long largest = 0;
        long weights = 0;
        Set<Integer> alive = new HashSet<>(Set.of(0));
        for (int i = 0; i < steps.size(); i++) {
            MapStep step = steps.get(i);
            open.add(step);
            alive.add(step.writes());
            long values = 0;
            for (int value : alive) values += count(plan.shape(value));
            largest = Math.max(largest, values);
            weights = Math.max(weights, step.weightLength());
            int now = i;
            alive.removeIf(value -> lastReader.getOrDefault(value, -1) <= now);
            if (alive.equals(Set.of(step.writes()))) {
                long fitting = Math.max(VALUES, 2 * weights) / largest;
                int pictures = Math.clamp(Long.highestOneBit(fitting), 1, mostPictures);
                MapStage stage = new MapStage(List.copyOf(open), pictures, reads, step.writes());
                if (!stages.isEmpty() && stages.getLast().pictures == pictures)
                    stages.add(stages.removeLast().with(stage));
                else stages.add(stage);
                open.clear();
                reads = step.writes();
                largest = 0;
                weights = 0;
            }
        }
        return List.copyOf(stages);
    }

    private static long count(Shape shape) {
        return shape.count();
    }

    private MapStage with(MapStage next) {
        List<MapStep> all = new ArrayList<>(steps);
        all.addAll(next.steps);
        return new MapStage(List.copyOf(all), pictures, reads, next.writes);
    }
}
