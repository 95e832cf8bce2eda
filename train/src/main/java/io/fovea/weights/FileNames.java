package io.fovea.weights;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file's names brought into the form that networks use: dots, {@code weight} and {@code bias}, and nothing before them. */
final class FileNames {

    /** What programs put before every name: wrappers for several devices, compilers, and the attribute that holds the network. */
    private static final Set<String> WRAPPERS =
            Set.of("module", "model", "net", "network", "backbone", "encoder", "_orig_mod", "state_dict", "ema");

    /** Counters that PyTorch keeps beside running means. */
    private static final String COUNTER = "num_batches_tracked";

    private static final Map<String, String> TENSORFLOW = Map.of(
            "kernel", "weight",
            "depthwise_kernel", "weight",
            "gamma", "weight",
            "beta", "bias",
            "moving_mean", "running_mean",
            "moving_variance", "running_var");

    /** Words that only TensorFlow's names have. */
    private static final Set<String> TELLTALES = TENSORFLOW.keySet();

    private FileNames() {}

    /** Returns whether the names are those that Keras and TensorFlow give. */
    static boolean areTensorFlow(Weights weights) {
        return weights.names().stream().anyMatch(name -> TELLTALES.contains(last(plain(name))));
    }

    /** Returns whether the tensor belongs to a depthwise convolution of TensorFlow. */
    static boolean isDepthwise(String name) {
        return plain(name).toLowerCase(java.util.Locale.ROOT).contains("depthwise");
    }

    /**
     * Names in the form that networks use.
     *
     * @param inside  the name that a network would give by the file's own, in the file's order; counters are gone
     * @param outside what stands beside the set of tensors that is taken
     * @param remarks what was done that a reader may not expect, in sentences
     */
    record Normalised(Map<String, String> inside, List<String> outside, List<String> remarks) {}

    /**
     * Returns the file's names under the names that a network would give.
     *
     * @param wanted the network's names
     * @param prefix of the set that is to be taken; empty to find it
     * @throws Problem if no name begins with the prefix
     */
    static Normalised normalised(Weights weights, Set<String> wanted, Optional<String> prefix) {
        Map<String, String> names = new LinkedHashMap<>();
        boolean tensorFlow = areTensorFlow(weights);
        for (String name : weights.names()) {
            String plain = withoutWrappers(plain(name));
            if (!last(plain).equals(COUNTER)) names.put(name, tensorFlow ? translated(plain) : plain);
        }
        List<String> plain = List.copyOf(names.values());
        Optional<TensorSets> sets =
                prefix.isPresent() ? Optional.of(TensorSets.chosen(prefix.get(), plain)) : TensorSets.of(plain, wanted);
        return sets.isPresent() ? taken(names, wanted, sets.get()) : withoutCommonWords(names, wanted);
    }

    private static Normalised taken(Map<String, String> names, Set<String> wanted, TensorSets sets) {
        Map<String, String> inside = new LinkedHashMap<>();
        Map<String, String> outside = new LinkedHashMap<>();
        names.forEach((old, now) -> {
            if (sets.isOthers(now, wanted)) return; // the remarks say so
            if (now.startsWith(sets.prefix()))
                inside.put(old, now.substring(sets.prefix().length()));
            else outside.put(old, now);
        });
        List<String> remarks = new ArrayList<>(sets.remarks());
        Set<String> known = new HashSet<>(inside.values());
        List<String> complements = outside.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getValue()) && !known.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        for (String old : complements) inside.put(old, outside.remove(old));
        if (!complements.isEmpty())
            remarks.add("without the \"" + sets.prefix() + "\" of the others taken: " + String.join(", ", complements));
        return new Normalised(inside, List.copyOf(outside.values()), remarks);
    }

    /** Where no name fits, shapes and order may: words that all names begin with only stand in the way. */
    private static Normalised withoutCommonWords(Map<String, String> names, Set<String> wanted) {
        for (String first = commonFirst(names, wanted); !first.isEmpty(); first = commonFirst(names, wanted)) {
            int length = first.length() + 1;
            names.replaceAll((name, now) -> now.substring(length));
        }
        return new Normalised(names, List.of(), List.of());
    }

    /** Compilers and wrappers of memory put their word anywhere in a name. */
    private static String withoutWrappers(String plain) {
        return plain.replace("_orig_mod.", "")
                .replace("_fsdp_wrapped_module.", "")
                .replace("_checkpoint_wrapped_module.", "");
    }

    private static String plain(String name) {
        return name.replaceFirst(":0$", "").replace('/', '.');
    }

    /** Keras says a layer's name twice: {@code conv1.conv1.kernel}. */
    private static String translated(String plain) {
        String last = last(plain);
        List<String> words = new ArrayList<>(List.of(plain.split("\\.", -1)));
        for (int i = words.size() - 2; i > 0; i--) if (words.get(i).equals(words.get(i - 1))) words.remove(i);
        words.set(words.size() - 1, TENSORFLOW.getOrDefault(last, last));
        return String.join(".", words);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Returns the wrapper's word that all names begin with, unless the network's own do; else nothing. */
    private static String commonFirst(Map<String, String> names, Set<String> wanted) {
        if (names.isEmpty() || names.values().stream().anyMatch(wanted::contains)) return "";
        String any = names.values().iterator().next();
        if (any.indexOf('.') <= 0) return "";
        String first = any.substring(0, any.indexOf('.'));
        boolean common = names.values().stream().allMatch(name -> name.startsWith(first + "."));
        return common && WRAPPERS.contains(first) ? first : "";
    }
}
