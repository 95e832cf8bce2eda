package io.fovea.weights;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands before a network's names in a file, found by what fits the network: wrappers for several devices, compilers, the attribute that holds the
 * network. Whatever else the file holds, such as a loss with weights, says nothing about it.
 *
 * <p>A prefix fits as many of the network's tensors as are named by it and the network's name. The one that fits most is taken. Where several fit as many,
 * such as running averages beside the weights, the first that is no average is taken; {@link #remarks} name the others.
 *
 * @param prefix   that is taken, ending in a dot; empty for none
 * @param others   prefixes of sets that fit as well
 * @param fitted   how many of the network's names it fits
 */
record TensorSets(String prefix, List<String> others, int fitted) {

    /** Words of sets that follow others slowly. */
    private static final Set<String> AVERAGES =
            Set.of("ema", "avg", "average", "averaged", "swa", "teacher", "momentum", "shadow", "k");

    /**
     * Finds them.
     *
     * @param names  of the file
     * @param wanted of the network
     * @return nothing if no prefix fits half of the network's layers
     */
    static Optional<TensorSets> of(List<String> names, Set<String> wanted) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : names) {
            for (int from = 0; from >= 0; from = next(name, from)) {
                if (wanted.contains(name.substring(from))) counts.merge(name.substring(0, from), 1, Integer::sum);
            }
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        long layers = wanted.stream().filter(name -> name.endsWith(".weight")).count();
        if (most == 0 || 2L * most < layers) return Optional.empty();
        List<String> sets = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        String taken =
                sets.stream().filter(prefix -> !isAverage(prefix)).findFirst().orElse(sets.getFirst());
        return Optional.of(new TensorSets(
                taken, sets.stream().filter(prefix -> !prefix.equals(taken)).toList(), most));
    }

    /** Returns where the name goes on after the next dot, or -1. */
    private static int next(String name, int from) {
        int dot = name.indexOf('.', from);
        return dot < 0 || dot == name.length() - 1 ? -1 : dot + 1;
    }

    private static boolean isAverage(String prefix) {
        return List.of(prefix.toLowerCase(Locale.ROOT).split("[._]")).stream().anyMatch(AVERAGES::contains);
    }

    /**
     * Returns the same with another set taken.
     *
     * @throws Problem if no tensor of the file begins with it
     */
    static TensorSets chosen(String prefix, List<String> names) {
        String whole = prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
        int count = (int) names.stream().filter(name -> name.startsWith(whole)).count();
        if (count > 0) return new TensorSets(whole, List.of(), count);
        List<String> first = names.stream()
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.') + 1))
                .distinct()
                .toList();
        throw new Problem(
                "No tensor of the file begins with \"" + prefix + "\".",
                "option --prefix",
                Nearest.suggestion(whole, first));
    }

    /** Whether a name belongs to a set that is not taken. */
    boolean isOthers(String name, Set<String> wanted) {
        return others.stream()
                .anyMatch(other -> name.startsWith(other) && wanted.contains(name.substring(other.length())));
    }

    /** Returns what is to be said: which set is taken, if there are several. */
    List<String> remarks() {
        if (others.isEmpty()) return List.of();
        String left = others.stream().map(TensorSets::words).collect(Collectors.joining(", "));
        List<String> remarks = new ArrayList<>();
        remarks.add("the file holds " + (others.size() + 1) + " sets of tensors that fit: those named " + words(prefix)
                + " are taken, those named " + left + " are not; --prefix PREFIX takes another");
        return remarks;
    }

    private static String words(String prefix) {
        return prefix.isEmpty() ? "as the network's" : "\"" + prefix + "…\"";
    }
}
