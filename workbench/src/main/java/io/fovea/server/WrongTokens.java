package io.fovea.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often an address has shown a wrong token: ten times at once, then once in six seconds. Threads may share it. */
final class WrongTokens {

    private static final int MOST = 10;
    private static final long NANOSECONDS_EACH = 6_000_000_000L;
    private static final int MOST_ADDRESSES = 10_000;

    private final LongSupplier clock;
    /** Until when each address has used up what it is allowed, in nanoseconds of the clock. */
    private final Map<String, Long> used = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param clock in nanoseconds */
    WrongTokens(LongSupplier clock) {
        this.clock = clock;
    }

    /** Returns the seconds until an address may try again; 0 for now. */
    synchronized long secondsToWait(String address) {
        long now = clock.getAsLong();
        long surplus = used.getOrDefault(address, now) - now - (MOST - 1) * NANOSECONDS_EACH;
        return surplus <= 0 ? 0 : (surplus + 999_999_999) / 1_000_000_000;
    }

    synchronized void add(String address) {
        long now = clock.getAsLong();
        used.put(address, Math.max(now, used.getOrDefault(address, now)) + NANOSECONDS_EACH);
    }
}
