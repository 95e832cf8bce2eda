package io.fovea.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The memory that a process held, watched from outside by {@code /proc/PID/status}.
 *
 * @param peakInBytes   the highest resident size ("VmHWM"), exact up to the last tenth of a second; 0 where there is no {@code /proc}
 * @param samplesInBytes the resident size ("VmRSS") at even distances in time
 */
public record ResidentMemory(long peakInBytes, List<Long> samplesInBytes) {

    private static final long INTERVAL_IN_MILLIS = 100;

    /** Copies. */
    public ResidentMemory {
        samplesInBytes = List.copyOf(samplesInBytes);
    }

    /** Watches a process until it ends. */
    static ResidentMemory of(Process process) throws InterruptedException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        long peak = 0;
        List<Long> samples = new ArrayList<>();
        while (process.isAlive()) {
            peak = Math.max(peak, bytes(status, "VmHWM:"));
            long resident = bytes(status, "VmRSS:");
            if (resident > 0) samples.add(resident);
            Thread.sleep(INTERVAL_IN_MILLIS);
        }
        return new ResidentMemory(peak, samples);
    }

    /** Returns what a process holds now; 0 if it has ended, or this system has no {@code /proc}. */
    static long residentBytes(long pid) {
        return bytes(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
    }

    private static long bytes(Path status, String key) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            return 0; // the process has ended, or this system has no /proc
        }
    }

    /**
     * Returns how much the process grew while it worked: the median of the last quarter of its time by the median of the second
     * quarter. 1 is flat. Empty with fewer than 8 samples.
     */
    OptionalDouble growth() {
        int quarter = samplesInBytes.size() / 4;
        if (quarter < 2) return OptionalDouble.empty();
        double early = Median.of(samplesInBytes.subList(quarter, 2 * quarter));
        double late = Median.of(samplesInBytes.subList(3 * quarter, samplesInBytes.size()));
        return OptionalDouble.of(late / early);
    }
}
