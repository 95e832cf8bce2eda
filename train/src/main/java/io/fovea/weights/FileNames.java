package io.fovea.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file's names brought into the form that networks use: dots, {@code weight} and {@code bias}, and no word that all begin with. */
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
     * Returns the file's names under the names that a network would give, in the file's order; counters are gone.
     *
     * @param wanted the network's names, from which nothing is taken away
     */
    static Map<String, String> normalised(Weights weights, Set<String> wanted) {
        Map<String, String> names = new LinkedHashMap<>();
        boolean tensorFlow = areTensorFlow(weights);
        for (String name : weights.names()) {
            String plain = plain(name);
            if (!last(plain).equals(COUNTER)) names.put(name, tensorFlow ? translated(plain) : plain);
        }
        for (String first = commonFirst(names, wanted); !first.isEmpty(); first = commonFirst(names, wanted)) {
            int length = first.length() + 1;
            names.replaceAll((name, now) -> now.substring(length));
        }
        return names;
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
