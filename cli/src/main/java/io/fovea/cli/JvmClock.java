package io.fovea.cli;

import java.lang.management.ManagementFactory;

/** How long the JVM has been running: the process itself may be older, if the launcher has built the program first. */
final class JvmClock {

    private JvmClock() {}

    static double secondsSinceStart() {
        return (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1000.0;
    }
}
