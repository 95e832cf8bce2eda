package io.fovea.machine;

import io.fovea.tensor.Processor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What figures were measured on.
 *
 * @param processor       its name, as Linux gives it; of a board without, the board's
 * @param cores           processors that the JVM may use
 * @param memoryInGiB     main memory
 * @param instructionSets those that matter to training and prediction
 * @param system          operating system and version
 * @param java            the JVM
 * @param hidesCaches     whether libtorch must keep to AVX here, as the machine does not tell the sizes of its caches
 * @param load            mean number of busy threads in the minute before; far above 0 means that the figures say little
 */
public record Machine(
        String processor,
        int cores,
        double memoryInGiB,
        List<String> instructionSets,
        String system,
        String java,
        boolean hidesCaches,
        double load) {

    private static final Set<String> RELEVANT = Set.of(
            "avx2",
            "avx512f",
            "avx512_vnni",
            "avx512_bf16",
            "avx_vnni",
            "amx_bf16",
            "amx_int8",
            "asimd",
            "asimddp",
            "i8mm",
            "sve",
            "sve2");
    private static final Path BOARD = Path.of("/proc/device-tree/model");
    private static final double QUIET = 0.5;

    /** Copies. */
    public Machine {
        instructionSets = List.copyOf(instructionSets);
    }

    /** Looks at this machine. */
    public static Machine current() {
        List<String> flags =
                new ArrayList<>(Arrays.asList(field("/proc/cpuinfo", "flags").split(" ")));
        flags.addAll(Arrays.asList(field("/proc/cpuinfo", "Features").split(" ")));
        String memory = field("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                memory.isEmpty() ? 0 : Math.round(Long.parseLong(memory) / 104857.6) / 10.0,
                flags.stream().filter(RELEVANT::contains).sorted().toList(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"),
                Processor.current().hidesCaches(),
                Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }

    private static String processorName() {
        String name = field("/proc/cpuinfo", "model name")
                .replaceAll("\\((R|TM)\\)", "")
                .replaceAll(" +", " ");
        if (!name.isEmpty()) return name;
        try {
            if (Files.isReadable(BOARD))
                return Files.readString(BOARD, StandardCharsets.US_ASCII)
                        .replace("\0", "")
                        .strip();
        } catch (IOException _) {
            // a name is all that is lost
        }
        return System.getProperty("os.arch");
    }

    private static String field(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException _) {
            return "";
        }
    }

    /** Returns whether little else was running. */
    public boolean isQuiet() {
        return load < QUIET;
    }

    /** Returns processor, cores and memory in few words, for a table. */
    public String inShort() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GiB%s",
                processor.isEmpty() ? "unknown processor" : processor,
                cores,
                memoryInGiB,
                hidesCaches ? ", caches hidden" : "");
    }

    /** Returns the instruction sets in one word each, for a line. */
    public String instructions() {
        return instructionSets.isEmpty() ? "instruction sets unknown" : String.join(" ", instructionSets);
    }
}
