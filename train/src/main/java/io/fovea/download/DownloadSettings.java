package io.fovea.download;

import java.time.Duration;

/**
 * How long a download waits for a mirror.
 *
 * @param connectTimeout  the longest wait for a connection
 * @param responseTimeout the longest wait for the first byte of an answer
 * @param rateWindow      the time over which the rate is looked at
 * @param leastRate       bytes per second, averaged over each window, below which a mirror is given up; 0 allows any
 */
public record DownloadSettings(Duration connectTimeout, Duration responseTimeout, Duration rateWindow, long leastRate) {

    /** Ten seconds to connect, twenty to answer, and then at least 2 kB/s over any twenty seconds. */
    public static final DownloadSettings DEFAULT =
            new DownloadSettings(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20), 2_000);

    /** Checks the values. */
    public DownloadSettings {
        if (!connectTimeout.isPositive() || !responseTimeout.isPositive() || !rateWindow.isPositive()) {
            throw new IllegalArgumentException(
                    "Timeouts must be positive: " + connectTimeout + ", " + responseTimeout + ", " + rateWindow);
        }
        if (leastRate < 0) throw new IllegalArgumentException("leastRate must not be negative: " + leastRate);
    }
}
