package io.fovea.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thing that came out of a run.
 *
 * @param name  that no other has
 * @param value in all its bits, or a hash of them
 */
record Finding(String name, String value) {

    /**
     * How what came out differs from what should have.
     *
     * @param lost     names that are not there
     * @param doubled  names that are there again, or should not be
     * @param moved    whether the names stand in another order
     * @param changed  names with another value
     */
    record Difference(List<String> lost, List<String> doubled, boolean moved, List<String> changed) {

        /** Whether there is none. */
        boolean isNone() {
            return lost.isEmpty() && doubled.isEmpty() && !moved && changed.isEmpty();
        }
    }

    /** Compares. */
    static Difference difference(List<Finding> expected, List<Finding> found) {
        Map<String, String> values = new HashMap<>();
        for (Finding each : expected) {
            if (values.put(each.name, each.value) != null)
                throw new IllegalArgumentException("Two findings are named \"" + each.name + "\"");
        }
        Set<String> seen = new HashSet<>();
        List<String> doubled = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> order = new ArrayList<>();
        for (Finding each : found) {
            if (!values.containsKey(each.name) || !seen.add(each.name)) {
                doubled.add(each.name);
                continue;
            }
            order.add(each.name);
            if (!each.value.equals(values.get(each.name))) changed.add(each.name);
        }
        List<String> names = expected.stream().map(Finding::name).toList();
        List<String> lost = names.stream().filter(name -> !seen.contains(name)).toList();
        boolean moved = !order.equals(names.stream().filter(seen::contains).toList());
        return new Difference(lost, doubled, moved, changed);
    }
}
