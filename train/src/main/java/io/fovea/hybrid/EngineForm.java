package io.fovea.hybrid;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an engine keeps, and in how many bits.
 *
 * @param kernelBits     8 or 4 for the second layer's kernels; the first layer's are always 8
 * @param projectionBits 8 or 4
 * @param subclasses     parts that each class is cut into before the discriminants are found
 * @param dimensions     of a code
 * @param references     all training pictures, or prototypes
 * @param k              neighbours that vote
 */
public record EngineForm(
        int kernelBits, int projectionBits, int subclasses, int dimensions, ReferenceChoice references, int k) {

    /** Checks the ranges. */
    public EngineForm {
        if (subclasses < 1) throw new IllegalArgumentException("subclasses must be at least 1: " + subclasses);
        if (dimensions < 1) throw new IllegalArgumentException("dimensions must be at least 1: " + dimensions);
        if (k < 1) throw new IllegalArgumentException("k must be at least 1: " + k);
    }

    /** Returns it by the names that it has in a bundle's provenance. */
    public Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put(
                "references",
                switch (references) {
                    case ReferenceChoice.All _ -> "all";
                    case ReferenceChoice.PerClass few -> "prototypes:" + few.perClass();
                });
        described.put("k", Integer.toString(k));
        described.put("subclasses", Integer.toString(subclasses));
        described.put("dimensions", Integer.toString(dimensions));
        described.put("kernelBits", Integer.toString(kernelBits));
        described.put("projectionBits", Integer.toString(projectionBits));
        return described;
    }

    /** Returns this form with other references and voters. */
    EngineForm with(ReferenceChoice choice, int voters) {
        return new EngineForm(kernelBits, projectionBits, subclasses, dimensions, choice, voters);
    }

    /** Returns this form with codes of another length. */
    EngineForm with(int length) {
        return new EngineForm(kernelBits, projectionBits, subclasses, length, references, k);
    }
}
