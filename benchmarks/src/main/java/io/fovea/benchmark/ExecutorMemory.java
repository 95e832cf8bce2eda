package io.fovea.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The memory of Spark's executors while a process of this machine uses them that began them. */
final class ExecutorMemory {

    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
    private static final long INTERVAL_IN_MILLIS = 500;

    private final Process driver;
    private final Map<Long, List<Long>> samples = new TreeMap<>();
    private final Thread watch = new Thread(this::watch, "executors");

    private ExecutorMemory(Process driver) {
        this.driver = driver;
        watch.setDaemon(true);
    }

    /** Begins to watch; until the driver ends. */
    static ExecutorMemory of(Process driver) {
        ExecutorMemory memory = new ExecutorMemory(driver);
        memory.watch.start();
        return memory;
    }

    private void watch() {
        try {
            while (driver.isAlive()) {
                driver.descendants().filter(ExecutorMemory::isExecutor).forEach(each -> {
                    long bytes = ResidentMemory.residentBytes(each.pid());
                    if (bytes > 0)
                        samples.computeIfAbsent(each.pid(), _ -> new ArrayList<>())
                                .add(bytes);
                });
                Thread.sleep(INTERVAL_IN_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** A JVM, not a shell that begins it with the same words. */
    private static boolean isExecutor(ProcessHandle process) {
        return process.info()
                        .command()
                        .filter(program -> program.endsWith("java"))
                        .isPresent()
                && process.info()
                        .commandLine()
                        .filter(line -> line.contains(EXECUTOR))
                        .isPresent();
    }

    /** Returns what each executor held, once the driver has ended. */
    List<ResidentMemory> executors() throws InterruptedException {
        watch.join();
        return samples.values().stream()
                .map(each -> new ResidentMemory(each.stream().max(Long::compare).orElseThrow(), each))
                .toList();
    }
}
