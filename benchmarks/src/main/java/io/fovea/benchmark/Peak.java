package io.fovea.benchmark;

import io.fovea.kernel.Lanes;
import io.fovea.kernel.PeakRate;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the processor reaches at best, in a process of its own: with the instructions to which the sides are held. */
@Command(name = "peak")
final class Peak implements Runnable {

    private static final double GIGA = 1e9;

    @Option(names = "--threads", required = true)
    private int threads;

    /** Runs in a process of its own. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Peak()).execute(arguments));
    }

    /** Returns the side. */
    static Side side(int threads) {
        return Launcher.read().side("peak", Peak.class, List.of("--threads", Integer.toString(threads)));
    }

    /** Returns the median of what was measured, in operations per second. */
    static double operations(List<Outcome> outcomes) {
        return GIGA * Rounds.median(Rounds.measured(outcomes), "/gigaOperations");
    }

    @Override
    public void run() {
        PeakRate rate = PeakRate.of(threads);
        System.out.printf(
                Locale.ROOT,
                "{\"gigaOperations\":%.1f,\"gigabytes\":%.1f,\"lanes\":%d,\"threads\":%d}%n",
                rate.operationsPerSecond() / GIGA,
                rate.bytesPerSecond() / GIGA,
                Lanes.COUNT,
                threads);
    }
}
