package io.fovea.benchmark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingStream;

/**
 * What share of the computing threads' time the vector kernels spend in convolutions, by the samples of the JDK's Flight Recorder: of those that run Java
 * code, all that have a convolution's kernel among their frames. What libtorch does is no Java code and has none.
 */
final class KernelTime implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final String SAMPLE = "jdk.ExecutionSample";

    private final RecordingStream stream = new RecordingStream();
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong convolutions = new AtomicLong();

    private KernelTime() {}

    /** Begins to sample. */
    static KernelTime begin() {
        KernelTime time = new KernelTime();
        time.stream.enable(SAMPLE).withPeriod(PERIOD);
        time.stream.onEvent(SAMPLE, time::count);
        CountDownLatch flowing = new CountDownLatch(1);
        time.stream.onFlush(flowing::countDown);
        time.stream.startAsync();
        try {
            flowing.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return time;
    }

    private void count(RecordedEvent event) {
        if (event.getStackTrace() == null) return;
        boolean computes = false;
        boolean convolution = false;
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            String type = frame.getMethod().getType().getName();
            computes |= type.startsWith("io.fovea.module.") || type.startsWith("io.fovea.optimize.");
            convolution |= type.startsWith("io.fovea.kernel.") && type.contains("Convolution");
        }
        if (!computes) return;
        samples.incrementAndGet();
        if (convolution) convolutions.incrementAndGet();
    }

    /** Returns the share until now, 0 to 1; no number without samples. */
    double convolutionShare() {
        stream.stop();
        return (double) convolutions.get() / samples.get();
    }

    @Override
    public void close() {
        stream.close();
    }
}
