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
 */
public record Processor(String model, Set<String> instructions, int cores) {

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
            return new Processor(model.isEmpty() ? System.getProperty("os.arch") : model, instructions, cores);
        } catch (IOException notLinux) {
            return new Processor(System.getProperty("os.arch"), Set.of(), cores);
        }
    }

    /** Whether bfloat16 products are computed in hardware, so that the half precision is faster and not slower. */
    public boolean hasBfloat16() {
        return instructions.contains("avx512_bf16") || instructions.contains("amx_bf16");
    }

    private static String field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }
}
