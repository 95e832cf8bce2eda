package io.fovea.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the processor can do, read from the operating system.
 *
 * @param model        the maker's name, or the architecture where the system does not tell
 * @param instructions instruction sets in the system's spelling, for example {@code avx512f}; empty where unknown
 * @param cores        logical processors that this JVM may use
 * @param hidesCaches  whether it is one of AMD's and the system cannot tell the sizes of its caches, as in some virtual machines
 */
public record Processor(String model, Set<String> instructions, int cores, boolean hidesCaches) {

    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache/index0");

    /** Copies. */
    public Processor {
        instructions = Set.copyOf(instructions);
    }

    /** Reads this machine's processor; on systems without {@code /proc/cpuinfo} only the architecture and cores are known. */
    public static Processor current() {
        int cores = Runtime.getRuntime().availableProcessors();
        try {
            String text = Files.readString(Path.of("/proc/cpuinfo"));
            Set<String> instructions = Arrays.stream(field(text, "flags").split("\\s+"))
                    .filter(s -> !s.isEmpty())
                    .collect(Collectors.toSet());
            String model = field(text, "model name");
            boolean hidesCaches = field(text, "vendor_id").equals("AuthenticAMD") && !Files.exists(CACHES);
            return new Processor(
                    model.isEmpty() ? System.getProperty("os.arch") : model, instructions, cores, hidesCaches);
        } catch (IOException notLinux) {
            return new Processor(System.getProperty("os.arch"), Set.of(), cores, false);
        }
    }

    /**
     * Whether libtorch computes bfloat16 products in hardware, so that the half precision is faster and not slower. Where the processor hides its
     * caches it must do without the instructions.
     */
    public boolean hasBfloat16() {
        return !hidesCaches && (instructions.contains("avx512_bf16") || instructions.contains("amx_bf16"));
    }

    private static String field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }
}
