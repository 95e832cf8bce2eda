package io.fovea.tensor;

import io.fovea.problem.Problem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Ranks that talk by Gloo over TCP, each with every other: sums go around a ring, a part at a time, so that each number is added up in one place and
 * handed to all. Where all are on one machine, the long sums of steps go through its memory ({@link SharedSum}).
 *
 * <p>Memory outside the heap is taken once and grows with the longest message. Sockets are closed by {@link #close}; a process that is killed closes
 * them too, at which the others' calls end with a problem. One that falls silent without its sockets closing, as when a machine loses its network,
 * ends them after the agreed patience.
 */
final class GlooRanks implements Ranks {

    private final int rank;
    private final int count;
    private final Duration patience;
    private final TCPStore store;
    private final PrefixStore prefix;
    private final ProcessGroupGloo group;
    private final Optional<SharedSum> shared;
    private FloatPointer floats = new FloatPointer();
    private long room;
    private boolean isClosed;
    private boolean isBroken;

    /** Meets the others through the store, which is this object's from now on. */
    GlooRanks(TCPStore store, String host, int rank, int count, Duration patience) {
        this.rank = rank;
        this.count = count;
        this.patience = patience;
        this.store = store;
        try (PointerScope _ = new PointerScope()) {
            Milliseconds silence = new Milliseconds(patience.toMillis());
            ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(silence);
            options.devices().push_back(ProcessGroupGloo.createDeviceForHostname(host));
            options.threads(1);
            prefix = new PrefixStore("fovea", store);
            group = new ProcessGroupGloo(prefix, rank, count, options);
            prefix.retainReference();
            group.retainReference();
        }
        try {
            shared = SharedSum.among(this, patience);
        } catch (RuntimeException lost) {
            group.close();
            prefix.close();
            throw lost;
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public void sum(float[] values, int length, float[] more) {
        checkOpen();
        int all = Math.addExact(length, more.length);
        if (all == 0) return;
        if (shared.isPresent() && shared.get().takes(all)) {
            sumHere(shared.get(), values, length, more);
            return;
        }
        makeRoom(all);
        floats.position(0).put(values, 0, length);
        floats.position(length).put(more, 0, more.length);
        floats.position(0);
        summed(floats, all, ScalarType.Float);
        floats.get(values, 0, length);
        floats.position(length).get(more, 0, more.length);
        floats.position(0);
    }

    private void sumHere(SharedSum memory, float[] values, int length, float[] more) {
        try {
            memory.sum(values, length, more);
        } catch (TimeoutException gone) {
            throw lost(gone);
        }
    }

    private void makeRoom(int length) {
        if (room >= length) return;
        floats.close();
        floats = new FloatPointer(length);
        room = length;
    }

    @Override
    public void sum(double[] values) {
        checkOpen();
        if (values.length == 0) return;
        try (DoublePointer numbers = new DoublePointer(values)) {
            summed(numbers, values.length, ScalarType.Double);
            numbers.get(values);
        }
    }

    private void summed(Pointer numbers, long length, ScalarType type) {
        await(numbers, length, type, group::allreduce);
    }

    @Override
    public byte[] broadcast(byte[] bytes) {
        checkOpen();
        byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array();
        byte[] message = new byte[ByteBuffer.wrap(sent(length)).getInt()];
        if (rank == 0) System.arraycopy(bytes, 0, message, 0, message.length);
        return message.length == 0 ? message : sent(message);
    }

    private byte[] sent(byte[] bytes) {
        try (BytePointer memory = new BytePointer(bytes)) {
            await(memory, bytes.length, ScalarType.Char, group::broadcast);
            memory.get(bytes);
            return bytes;
        }
    }

    private void await(Pointer memory, long length, ScalarType type, Function<TensorVector, Work> message) {
        try (PointerScope _ = new PointerScope()) {
            Tensor tensor = torch.from_blob(memory, new long[] {length}, new TensorOptions(type));
            message.apply(new TensorVector(tensor))._wait();
        } catch (RuntimeException failure) {
            throw lost(failure);
        }
    }

    private Problem lost(Exception failure) {
        isBroken = true;
        return new Problem(
                "The ranks have lost each other: " + Rendezvous.words(failure) + ".",
                "rank " + rank + " of " + count + " (counted from 0), which waits for another for "
                        + patience.toSeconds() + " s at most",
                "look what the other ranks say last, then start all of them again: the run goes on from its last"
                        + " checkpoint",
                failure);
    }

    private void checkOpen() {
        if (isClosed) throw new IllegalStateException("The ranks are closed");
    }

    @Override
    public boolean isBroken() {
        return isBroken;
    }

    @Override
    public void close() {
        if (isClosed) return;
        isClosed = true;
        shared.ifPresent(SharedSum::close);
        group.close();
        prefix.close();
        store.close();
        floats.close();
    }
}
