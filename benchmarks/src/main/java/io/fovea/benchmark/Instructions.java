package io.fovea.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which vector instructions every side may use, so that a processor with wider ones stands for one without. */
enum Instructions {
    /** What the processor has. */
    ALL(List.of(), Map.of()),
    /** No AVX-512: the JVM, PyTorch's own loops, oneDNN and OpenBLAS each by their own switch. */
    AVX2(
            List.of("-XX:UseAVX=2"),
            Map.of(
                    "ATEN_CPU_CAPABILITY", "avx2",
                    "ONEDNN_MAX_CPU_ISA", "AVX2",
                    "DNNL_MAX_CPU_ISA", "AVX2",
                    "OPENBLAS_CORETYPE", "Haswell"));

    private final List<String> jvmOptions;
    private final Map<String, String> environment;

    Instructions(List<String> jvmOptions, Map<String, String> environment) {
        this.jvmOptions = jvmOptions;
        this.environment = environment;
    }

    /** Returns the word for tables and file names. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what a JVM is told. */
    List<String> jvmOptions() {
        return jvmOptions;
    }

    /** Returns a side that is held to them. */
    Side hold(Side side) {
        List<String> command = new ArrayList<>(side.command());
        if (command.getFirst().equals(Launcher.java())) command.addAll(1, jvmOptions);
        Map<String, String> all = new HashMap<>(side.environment());
        all.putAll(environment);
        return new Side(side.name(), side.family(), command, all);
    }
}
