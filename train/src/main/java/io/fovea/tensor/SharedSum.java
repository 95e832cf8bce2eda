package io.fovea.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Sums among ranks that are all on one machine, through memory that all of them see: a copy and an addition, where the loopback takes several times as
 * long (docs/decisions/0067). Every rank adds up in the order of ranks, so that all get the same bits.
 *
 * <p>Layout of the memory: a counter for each rank, then [2, ranks, numbers]. A rank writes its numbers, counts up, waits until all have, and adds up. The
 * next sum takes the other half: whoever writes to a half again has seen all others past the sum between, and so done with reading it.
 *
 * <p>The file has no name any more once all have opened it, so that the system frees it with the last process, however that ends. Each rank holds
 * a lock on a byte of its own, which a process that is killed lets go: so the others know.
 */
final class SharedSum implements AutoCloseable {

    /** Memory that is no disk. In a container it may be small, or not that of its neighbours: then all is sent. */
    private static final Path PLACE = Path.of("/dev/shm");

    /** Two processes that read the same here have one kernel, whatever containers they are in. */
    private static final Path MACHINE = Path.of("/proc/sys/kernel/random/boot_id");

    /** The system property by which a process wants everything sent. */
    private static final String PROPERTY = "fovea.ranks";

    private static final String SENT = "sent";

    private static final int MOST_RANKS = 64;
    /** Beyond this a step takes so long that sending is not felt. */
    private static final long MOST_BYTES = 256L << 20;

    private static final int COUNTER = 64; // bytes, a cache line
    private static final long HEADER = (long) MOST_RANKS * COUNTER;
    private static final int CHUNK = 4096; // numbers that stay in the nearest cache
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private static final int SPINS = 500;
    private static final long YIELDING_NANOS = 2_000_000;
    private static final long PAUSE_NANOS = 50_000;
    private static final long LOOK_NANOS = 200_000_000;

    private final Ranks ranks;
    private final Duration patience;
    private final FileChannel channel;
    private final FileLock own;
    private final float[] chunk = new float[CHUNK];
    private Arena arena = Arena.ofShared();
    private MemorySegment memory = MemorySegment.NULL;
    private int room;
    private boolean isRefused;
    private long sums;

    private SharedSum(Ranks ranks, Duration patience, FileChannel channel, FileLock own) {
        this.ranks = ranks;
        this.patience = patience;
        this.channel = channel;
        this.own = own;
    }

    /** Returns it if all ranks are on one machine, see its memory and may use it; to be called by all. */
    static Optional<SharedSum> among(Ranks ranks, Duration patience) {
        boolean allowed = !SENT.equals(System.getProperty(PROPERTY));
        if (!agreed(ranks, allowed) || !onOneMachine(ranks) || ranks.count() > MOST_RANKS) return Optional.empty();
        Optional<Path> made = ranks.rank() == 0 ? newFile() : Optional.empty();
        byte[] name = made.map(Path::toString).orElse("").getBytes(StandardCharsets.UTF_8);
        String file = new String(ranks.broadcast(name), StandardCharsets.UTF_8);
        Optional<SharedSum> opened = file.isEmpty() ? Optional.empty() : open(Path.of(file), ranks, patience);
        boolean all = agreed(ranks, opened.isPresent());
        made.ifPresent(SharedSum::delete);
        if (!all) opened.ifPresent(SharedSum::close);
        return all ? opened : Optional.empty();
    }

    private static boolean onOneMachine(Ranks ranks) {
        String machine = "";
        try {
            machine = Files.readString(MACHINE).strip();
        } catch (IOException notLinux) {
            // then they say nothing of where they are
        }
        byte[] first = ranks.broadcast(machine.getBytes(StandardCharsets.UTF_8));
        return agreed(ranks, !machine.isEmpty() && machine.equals(new String(first, StandardCharsets.UTF_8)));
    }

    private static boolean agreed(Ranks ranks, boolean own) {
        double[] refusals = {own ? 0 : 1};
        ranks.sum(refusals);
        return refusals[0] == 0;
    }

    private static Optional<Path> newFile() {
        try {
            return Optional.of(Files.createTempFile(PLACE, "fovea-", ".ranks"));
        } catch (IOException | SecurityException absent) {
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    private static Optional<SharedSum> open(Path file, Ranks ranks, Duration patience) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock own = channel.tryLock(ranks.rank(), 1, false);
            if (own != null) return Optional.of(new SharedSum(ranks, patience, channel, own));
            channel.close();
            return Optional.empty();
        } catch (IOException elsewhere) {
            return Optional.empty();
        }
    }

    /** Whether there is memory for so many numbers; to be called by all, with the same number. */
    boolean takes(int length) {
        if (isRefused || length <= room) return !isRefused;
        long bytes = HEADER + 2L * ranks.count() * length * Float.BYTES;
        boolean allocated = bytes <= MOST_BYTES && (ranks.rank() > 0 || allocate(bytes));
        isRefused = !agreed(ranks, allocated) || !agreed(ranks, map(bytes));
        room = length;
        return !isRefused;
    }

    /** Writes to every page, for one that is only promised ends the process when it is not there. */
    private boolean allocate(long bytes) {
        try {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
            for (long at = channel.size(); at < bytes; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
                while (zeros.hasRemaining()) channel.write(zeros, at + zeros.position());
            }
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private boolean map(long bytes) {
        Arena next = Arena.ofShared();
        try {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, next);
            arena.close();
            arena = next;
            return true;
        } catch (IOException refused) {
            next.close();
            return false;
        }
    }

    /**
     * Adds up, as {@link Ranks#sum(float[], int, float[])}.
     *
     * @throws TimeoutException if a rank is gone, or silent for too long; its text says so
     */
    void sum(float[] values, int length, float[] more) throws TimeoutException {
        sums++;
        long half = HEADER + sums % 2 * ranks.count() * room * Float.BYTES;
        long at = half + (long) ranks.rank() * room * Float.BYTES;
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, at, length);
        MemorySegment.copy(more, 0, memory, ValueLayout.JAVA_FLOAT, at + (long) length * Float.BYTES, more.length);
        LONG.setRelease(memory, (long) ranks.rank() * COUNTER, sums);
        for (int rank = 0; rank < ranks.count(); rank++) await(rank);
        add(values, length, half);
        add(more, more.length, half + (long) length * Float.BYTES);
    }

    private void await(int rank) throws TimeoutException {
        for (int spin = 0; spin < SPINS; spin++) {
            if (has(rank)) return;
            Thread.onSpinWait();
        }
        long begin = System.nanoTime();
        long look = begin + LOOK_NANOS;
        while (!has(rank)) {
            long now = System.nanoTime();
            if (now - begin < YIELDING_NANOS) {
                Thread.yield();
                continue;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (now < look) continue;
            look = now + LOOK_NANOS;
            if (isGone(rank) && !has(rank)) throw new TimeoutException("rank " + rank + " has ended");
            if (now - begin > patience.toNanos()) throw new TimeoutException("rank " + rank + " says nothing");
        }
    }

    private boolean has(int rank) {
        return (long) LONG.getAcquire(memory, (long) rank * COUNTER) >= sums;
    }

    private boolean isGone(int rank) {
        try (FileLock free = channel.tryLock(rank, 1, false)) {
            return free != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    private void add(float[] sum, int length, long from) {
        // a + b has the bits of b + a, so that two ranks need not read what is their own
        boolean two = ranks.count() == 2;
        if (!two) MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, from, sum, 0, length);
        for (int first = 0; first < length; first += CHUNK) {
            int count = Math.min(CHUNK, length - first);
            for (int rank = two ? 0 : 1; rank < ranks.count(); rank++) {
                if (two && rank == ranks.rank()) continue;
                long at = from + ((long) rank * room + first) * Float.BYTES;
                MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, at, chunk, 0, count);
                for (int i = 0; i < count; i++) sum[first + i] += chunk[i];
            }
        }
    }

    @Override
    public void close() {
        try {
            arena.close();
            own.close();
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
