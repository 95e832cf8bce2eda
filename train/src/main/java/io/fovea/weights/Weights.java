package io.fovea.weights;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Named tensors in a fixed order: a network's parameters and buffers. Immutable; the arrays inside are shared. */
public final class Weights {

    private final Map<String, NamedTensor> tensors;

    /** Keeps the order given; names must differ. */
    public Weights(Collection<NamedTensor> tensors) {
        Map<String, NamedTensor> map = new LinkedHashMap<>();
        for (NamedTensor tensor : tensors) {
            if (map.put(tensor.name(), tensor) != null)
                throw new IllegalArgumentException("Two tensors are named \"" + tensor.name() + "\"");
        }
        this.tensors = Collections.unmodifiableMap(map);
    }

    /** Returns all tensors in order. */
    public Collection<NamedTensor> tensors() {
        return tensors.values();
    }

    /** Returns the names in order. */
    public Collection<String> names() {
        return tensors.keySet();
    }

    /** Returns the tensor of that name, if there is one. */
    public Optional<NamedTensor> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** Returns the values of a tensor that must be there. */
    public float[] values(String name) {
        return tensor(name)
                .orElseThrow(() -> new IllegalArgumentException("No tensor \"" + name + "\""))
                .values();
    }
}
