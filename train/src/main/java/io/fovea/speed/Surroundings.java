package io.fovea.speed;

import io.fovea.kernel.Lanes;
import io.fovea.tensor.Processor;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a speed was measured on and with: elsewhere it says nothing.
 *
 * @param processor model, cores, lanes of the vector registers that the JVM uses, and what the libraries are held to by variables
 * @param java      the JVM
 * @param fovea     the version of Fovea
 */
public record Surroundings(String processor, String java, String fovea) {

    /** Checks that all are there. */
    public Surroundings {
        Objects.requireNonNull(processor, "processor");
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(fovea, "fovea");
    }

    /** Returns those of this process. */
    public static Surroundings here(String fovea) {
        Processor processor = Processor.current();
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        String limits = new TreeMap<>(System.getenv())
                .entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("_MAX_CPU_ISA")
                                || entry.getKey().equals("ATEN_CPU_CAPABILITY"))
                        .map(entry -> ", " + entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining());
        return new Surroundings(
                processor.model() + ", " + processor.cores() + " cores, "
                        + (vectors ? Lanes.COUNT + " lanes" : "no vectors") + limits,
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"),
                fovea);
    }
}
