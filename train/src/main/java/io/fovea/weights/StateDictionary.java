package io.fovea.weights;

import io.fovea.weights.PickledValue.Entry;
import io.fovea.weights.PickledValue.Mapping;
import io.fovea.weights.PickledValue.Parameter;
import io.fovea.weights.PickledValue.Sequence;
import io.fovea.weights.PickledValue.Tensor;
import io.fovea.weights.PickledValue.TensorReference;
import io.fovea.weights.PickledValue.Text;
import io.fovea.weights.PickledValue.Whole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a pickle by name, wherever in it they lie: at the top, under {@code state_dict} or the like, or deeper, and then
 * named by their path.
 *
 * @param tensors {@link Tensor} or {@link TensorReference} by name, in the order of the file
 * @param skipped the names of everything else
 */
record StateDictionary(Map<String, PickledValue> tensors, List<String> skipped) {

    /** Under which keys programs keep the weights beside their optimizer's state, in the order of preference. */
    private static final List<String> KEYS = List.of(
            "state_dict", "model_state_dict", "model_state", "model", "net", "network", "module", "weights", "params");

    /** Deeper than any file of weights, and shallow enough for the stack. */
    private static final int DEEPEST = 24;

    /** A pickle of a few bytes can hold the same list a billion times over. */
    private static final int MOST_VALUES = 1_000_000;

    /**
     * Finds the tensors.
     *
     * @throws io.fovea.problem.Problem if there are none, or the values are nested without end
     */
    static StateDictionary of(PickledValue root, String file) {
        List<String> skipped = new ArrayList<>();
        PickledValue chosen = root;
        List<Entry> beside = new ArrayList<>();
        String prefix = "";
        for (PickledValue inner = nested(chosen); inner != chosen; inner = nested(chosen)) {
            if (prefix.length() > DEEPEST) break;
            for (Entry entry : ((Mapping) chosen).entries()) {
                if (entry.value() == inner) continue;
                if (isAlike(entry.value(), inner))
                    beside.add(new Entry(new Text(prefix + name(entry.key())), entry.value()));
                else skipped.add(prefix + name(entry.key()));
            }
            prefix += name(key(chosen, inner)) + ".";
            chosen = inner;
        }
        Walk walk = new Walk(file, new LinkedHashMap<>(), skipped);
        walk.visit("", chosen, 0);
        for (Entry entry : beside) walk.visit(name(entry.key()), innermost(entry.value()), 0);
        if (walk.tensors.isEmpty()) {
            throw ByteSource.broken("The file holds no tensors", file, null);
        }
        return new StateDictionary(walk.tensors, skipped);
    }

    /** Returns the dictionary within {@code value} that holds the weights, or {@code value} itself. */
    private static PickledValue nested(PickledValue value) {
        if (!(value instanceof Mapping(List<Entry> entries))) return value;
        for (String key : KEYS) {
            for (Entry entry : entries) {
                if (entry.key() instanceof Text(String text)
                        && text.equals(key)
                        && entry.value() instanceof Mapping(List<Entry> within)
                        && !within.isEmpty()) {
                    return entry.value();
                }
            }
        }
        return value;
    }

    /** Follows the same keys down to where they end. */
    private static PickledValue innermost(PickledValue value) {
        PickledValue at = value;
        for (int depth = 0; depth < DEEPEST && nested(at) != at; depth++) at = nested(at);
        return at;
    }

    /** Whether two dictionaries name their tensors alike, such as weights and their running averages do: half of the names end alike. */
    private static boolean isAlike(PickledValue value, PickledValue chosen) {
        Set<String> wanted = endings(innermost(chosen));
        Set<String> found = endings(innermost(value));
        found.retainAll(wanted);
        return !wanted.isEmpty() && 2 * found.size() >= wanted.size();
    }

    private static Set<String> endings(PickledValue value) {
        Set<String> endings = new HashSet<>();
        if (!(value instanceof Mapping(List<Entry> entries))) return endings;
        for (Entry entry : entries) {
            if (!(entry.value() instanceof Tensor
                    || entry.value() instanceof TensorReference
                    || entry.value() instanceof Parameter)) continue;
            String[] words = name(entry.key()).split("\\.");
            endings.add(words.length < 2 ? words[0] : words[words.length - 2] + "." + words[words.length - 1]);
        }
        return endings;
    }

    private static PickledValue key(PickledValue mapping, PickledValue value) {
        for (Entry entry : ((Mapping) mapping).entries()) if (entry.value() == value) return entry.key();
        return new Text("");
    }

    private static String name(PickledValue key) {
        return switch (key) {
            case Text(String text) -> text;
            case Whole(long number) -> Long.toString(number);
            default -> "?";
        };
    }

    /** One pass over the values, with what it has seen. */
    private static final class Walk {
        private final String file;
        private final Map<String, PickledValue> tensors;
        private final List<String> skipped;
        private int visited;

        Walk(String file, Map<String, PickledValue> tensors, List<String> skipped) {
            this.file = file;
            this.tensors = tensors;
            this.skipped = skipped;
        }

        void visit(String name, PickledValue value, int depth) {
            if (depth > DEEPEST || ++visited > MOST_VALUES) {
                throw ByteSource.broken("The values are nested without end", file, null);
            }
            switch (value) {
                case Tensor tensor -> tensors.put(name.isEmpty() ? "tensor" : name, tensor);
                case TensorReference reference -> tensors.put(name.isEmpty() ? "tensor" : name, reference);
                case Parameter parameter -> visit(name, parameter.tensor, depth + 1);
                case Mapping(List<Entry> entries) -> {
                    for (Entry entry : entries) visit(path(name, name(entry.key())), entry.value(), depth + 1);
                }
                case Sequence(List<PickledValue> items) -> {
                    for (int i = 0; i < items.size(); i++) visit(path(name, "" + i), items.get(i), depth + 1);
                }
                default -> skipped.add(name);
            }
        }

        private static String path(String name, String key) {
            return name.isEmpty() ? key : name + "." + key;
        }
    }
}
