package io.fovea.jvm;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The options without which parts of Fovea cannot work in a JVM; {@code ./fovea} gives all of them.
 *
 * <p>Those that only make it faster, or keep the JVM from warning, are listed in {@code docs/java.md} and not checked.
 */
public final class JvmOptions {

    private static final List<String> OPENED = List.of("java.nio", "sun.nio.ch");

    private JvmOptions() {}

    /**
     * Checks what datasets need: their store is mapped memory, which its library reaches by way of closed packages.
     *
     * @throws Problem that names the missing options
     */
    public static void checkForDatasets() {
        Module base = Object.class.getModule();
        List<String> missing = new ArrayList<>();
        for (String opened : OPENED) {
            if (!base.isOpen(opened, JvmOptions.class.getModule()))
                missing.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        refuse("Datasets cannot be opened by a JVM without these options.", missing);
    }

    /**
     * Checks what the kernels of hybrids need: the Vector API, which the JDK still keeps in an incubator.
     *
     * @throws Problem that names the missing option
     */
    public static void checkForVectors() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        refuse(
                "Hybrids cannot be made by a JVM without the Vector API.",
                present ? List.of() : List.of("--add-modules=jdk.incubator.vector"));
    }

    private static void refuse(String what, List<String> missing) {
        if (missing.isEmpty()) return;
        throw new Problem(
                what,
                "the options of this JVM (" + System.getProperty("java.home") + ")",
                "start it with " + String.join(" ", missing) + "; docs/java.md lists all options");
    }
}
