package io.fovea.machine;

import ai.onnxruntime.OrtEnvironment;
import io.fovea.file.NativeLibraries;
import io.fovea.kernel.Lanes;
import io.fovea.kernel.PeakRate;
import io.fovea.module.Computation;
import io.fovea.module.Engine;
import io.fovea.module.EngineTrial;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.OneDnn;
import io.fovea.tensor.Precision;
import io.fovea.tensor.Processor;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.lmdbjava.Env;

/**
 * What the machine has, one finding per thing that Fovea needs or profits from.
 *
 * @param findings in the order in which things matter
 */
public record Examination(List<Finding> findings) {

    private static final long GIBIBYTE = 1L << 30;
    private static final long MEMORY_TO_TRAIN = 2 * GIBIBYTE;
    private static final long DISK_TO_WORK = 2 * GIBIBYTE;
    private static final double WARM_UP_SECONDS = 2;
    private static final double MEASURED_SECONDS = 0.5;
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Path NVIDIA = Path.of("/proc/driver/nvidia");
    private static final List<String> USEFUL_INSTRUCTIONS = List.of(
            "sse4_2", "avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "asimd", "sve");

    /** Copies. */
    public Examination {
        findings = List.copyOf(findings);
    }

    /** Looks at the machine, and whether a workspace can be written. */
    public static Examination of(Workspace workspace) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(nativeLibrary("libtorch", () -> {
            Libtorch.load();
            return Libtorch.version();
        }));
        findings.add(nativeLibrary("OpenCV", () -> {
            NativeLibraries.unpack("javacpp", "openblas", "opencv");
            Loader.load(Class.forName("org.bytedeco.opencv.global.opencv_imgcodecs"));
            return "loads";
        }));
        findings.add(nativeLibrary("ONNX Runtime", () -> {
            NativeLibraries.unpackOnnxRuntime();
            return OrtEnvironment.getEnvironment().getVersion();
        }));
        findings.add(nativeLibrary("LMDB", Examination::openStore));
        findings.add(processor());
        findings.add(instructions());
        findings.add(convolutions());
        findings.addAll(speed());
        findings.add(gpu());
        findings.add(memory());
        findings.add(writeAccess(workspace));
        findings.add(disk(workspace));
        return new Examination(findings);
    }

    /** Whether Fovea can work here. */
    public boolean works() {
        return findings.stream().noneMatch(finding -> finding.state() == Finding.State.BROKEN);
    }

    /** Returns what was found for people, a line for each finding and one for what to do about it, and in the last whether Fovea works. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(String.format(
                    Locale.ROOT, "%-7s %-13s %s", finding.state().word(), finding.name(), finding.found()));
            if (!finding.remedy().isEmpty()) lines.add(" ".repeat(22) + "do: " + finding.remedy());
        }
        lines.add(
                works() ? "Fovea can work here." : "Fovea cannot work here yet; the lines marked \"broken\" say why.");
        return lines;
    }

    /** Returns it for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("works", works());
        json.put("findings", findings.stream().map(Finding::json).toList());
        return json;
    }

    private static Finding java() {
        Runtime.Version version = Runtime.version();
        return Finding.good(
                "JDK", version + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home"));
    }

    /** Loads a library and says its version. */
    private interface Probe {
        String load() throws Exception;
    }

    private static Finding nativeLibrary(String name, Probe probe) {
        try {
            return Finding.good(name, probe.load());
        } catch (Exception | LinkageError failure) {
            String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
            return Finding.broken(
                    name,
                    "does not load on " + platform + ": " + failure,
                    "delete ~/.javacpp/cache and try again; on a platform other than Linux x64, build with"
                            + " -Dnative.platform=NAME");
        }
    }

    private static String openStore() throws IOException {
        NativeLibraries.unpackLmdb();
        Path folder = Files.createTempDirectory("fovea-doctor-");
        try (Env<?> store = Env.create().setMapSize(1 << 20).open(folder.toFile())) {
            store.sync(true);
            return "opens a store";
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static Finding processor() {
        int cores = Runtime.getRuntime().availableProcessors();
        String model = processorLine("model name");
        String found = cores + (cores == 1 ? " core" : " cores") + (model.isEmpty() ? "" : ", " + model);
        return cores > 1
                ? Finding.good("Processor", found)
                : Finding.less(
                        "Processor", found, "loading pictures and training share one core; two or more are faster");
    }

    private static Finding convolutions() {
        try {
            if (OneDnn.isSound()) return Finding.good("Convolutions", "libtorch computes them right");
        } catch (LinkageError noLibtorch) {
            return Finding.less("Convolutions", "not tried", "see libtorch above");
        }
        return Finding.less(
                "Convolutions",
                Processor.current().hidesCaches()
                        ? "libtorch computes some of them wrongly, as the machine hides its caches"
                        : "libtorch computes some of them wrongly",
                "nothing: Fovea goes round those; a machine that tells the sizes of its caches is faster");
    }

    /** Measures for some seconds: what the processor reaches at best, and what the engines reach of it. */
    private static List<Finding> speed() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty())
            return List.of(Finding.less(
                    "Peak",
                    "not measured, and small networks are trained by libtorch",
                    "start the JVM with --add-modules jdk.incubator.vector, as ./fovea does"));
        int threads = Runtime.getRuntime().availableProcessors();
        PeakRate peak = PeakRate.of(threads);
        Finding reached = Finding.good(
                "Peak",
                String.format(
                        Locale.ROOT,
                        "%.0f GFLOP/s in %d lanes on %d threads, %.1f GB/s from memory",
                        peak.operationsPerSecond() / 1e9,
                        Lanes.COUNT,
                        threads,
                        peak.bytesPerSecond() / 1e9));
        return List.of(reached, engines(threads, peak));
    }

    private static Finding engines(int threads, PeakRate peak) {
        Network lenet = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
        EngineTrial trial = new EngineTrial(lenet, 64);
        Map<String, Computation> engines = new LinkedHashMap<>();
        engines.put("vector kernels", new Computation(Engine.VECTOR, Precision.FLOAT32));
        engines.put("libtorch", new Computation(Engine.LIBTORCH, Precision.FLOAT32));
        if (Processor.current().hasBfloat16())
            engines.put("libtorch in bfloat16", new Computation(Engine.LIBTORCH, Precision.BFLOAT16));
        try {
            List<String> words = new ArrayList<>();
            for (Map.Entry<String, Computation> engine : engines.entrySet()) {
                double images = trial.imagesPerSecond(engine.getValue(), threads, WARM_UP_SECONDS, MEASURED_SECONDS);
                words.add(String.format(
                        Locale.ROOT,
                        "%s %,.0f (%.0f %%)",
                        engine.getKey(),
                        images,
                        100 * images * trial.operationsPerPicture() / peak.operationsPerSecond()));
            }
            return Finding.good("Engines", "LeNet, images/s (share of the peak): " + String.join(", ", words));
        } catch (LinkageError noLibtorch) {
            return Finding.less("Engines", "not measured", "see libtorch above");
        }
    }

    private static Finding instructions() {
        Set<String> flags =
                new TreeSet<>(Arrays.asList((processorLine("flags") + " " + processorLine("Features")).split(" ")));
        String found = USEFUL_INSTRUCTIONS.stream().filter(flags::contains).collect(Collectors.joining(" "));
        if (found.isEmpty()) return Finding.good("Instructions", "unknown on this system");
        boolean wide = flags.contains("avx2") || flags.contains("asimd");
        return wide
                ? Finding.good("Instructions", found)
                : Finding.less("Instructions", found, "a processor with AVX2 trains several times faster");
    }

    private static String processorLine(String key) {
        if (!Files.isReadable(PROCESSOR)) return "";
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException failure) {
            return "";
        }
    }

    private static Finding gpu() {
        if (!Files.isDirectory(NVIDIA.resolve("gpus")))
            return Finding.good("GPU", "none; training runs on the processor");
        try (Stream<Path> gpus = Files.list(NVIDIA.resolve("gpus"))) {
            String models = gpus.map(gpu -> modelOf(gpu.resolve("information"))).collect(Collectors.joining(", "));
            return Finding.good("GPU", models + "; training runs on the processor all the same");
        } catch (IOException unreadable) {
            return Finding.good("GPU", "an NVIDIA driver that cannot be read; training runs on the processor");
        }
    }

    private static String modelOf(Path information) {
        try (Stream<String> lines = Files.lines(information)) {
            return lines.filter(line -> line.startsWith("Model:"))
                    .findFirst()
                    .map(line -> line.substring(6).strip())
                    .orElse("an NVIDIA GPU");
        } catch (IOException failure) {
            return "an NVIDIA GPU";
        }
    }

    private static Finding memory() {
        long machine = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        String found = gibibytes(machine) + ", of which the JVM takes at most "
                + gibibytes(Runtime.getRuntime().maxMemory());
        return machine >= MEMORY_TO_TRAIN
                ? Finding.good("Memory", found)
                : Finding.less("Memory", found, "keep batches and pictures small");
    }

    private static Finding writeAccess(Workspace workspace) {
        try {
            workspace.checkWritable();
            return Finding.good("Workspace", workspace.folder() + " can be written");
        } catch (Problem problem) {
            return Finding.broken("Workspace", problem.what() + " (" + problem.where() + ")", problem.remedy());
        }
    }

    private static Finding disk(Workspace workspace) {
        try {
            Path place = workspace.folder();
            while (!Files.exists(place)) place = place.getParent();
            FileStore store = Files.getFileStore(place);
            String found = gibibytes(store.getUsableSpace()) + " free of " + gibibytes(store.getTotalSpace());
            return store.getUsableSpace() >= DISK_TO_WORK
                    ? Finding.good("Disk", found)
                    : Finding.less(
                            "Disk",
                            found,
                            "free some space, or choose a workspace on another disk with --workspace DIR");
        } catch (IOException failure) {
            return Finding.less("Disk", "unknown: " + failure.getMessage(), "check the disk of the workspace");
        }
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBIBYTE);
    }
}
