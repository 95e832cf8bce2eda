package io.fovea.jvm;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What this process takes of the machine, asked again and again. For one thread. */
public final class ProcessUse {

    private static final Path STATUS = Path.of("/proc/self/status");

    private long askedAt = System.nanoTime();
    private Optional<Duration> busyUntil = ProcessHandle.current().info().totalCpuDuration();

    /** Begins now. */
    public ProcessUse() {}

    /** Returns how many processors were busy with it since it was asked last; below 0 where the system does not tell. */
    public double processors() {
        long now = System.nanoTime();
        Optional<Duration> busy = ProcessHandle.current().info().totalCpuDuration();
        double seconds = (now - askedAt) / 1e9;
        double share = busy.isEmpty() || busyUntil.isEmpty() || seconds <= 0
                ? -1
                : (busy.get().toNanos() - busyUntil.get().toNanos()) / 1e9 / seconds;
        askedAt = now;
        busyUntil = busy;
        return share;
    }

    /** Returns how many bytes of memory it holds, native ones too; where the system does not tell, those that the JVM manages. */
    public static long bytes() {
        if (Files.isReadable(STATUS)) {
            try (Stream<String> lines = Files.lines(STATUS)) {
                Optional<Long> kibibytes = lines.filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst();
                if (kibibytes.isPresent()) return kibibytes.get() * 1024;
            } catch (IOException unreadable) {
                // the JVM tells a part
            }
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
