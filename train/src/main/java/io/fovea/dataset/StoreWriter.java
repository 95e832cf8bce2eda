package io.fovea.dataset;

import io.fovea.file.NativeLibraries;
import io.fovea.jvm.JvmOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * Writes pictures into a new LMDB store, each split in order, thousands to a transaction. For the one thread that made it.
 *
 * <p>Nothing is synchronised to disk before {@link #finish}: the folder is a temporary one, and worthless until it is complete.
 */
public final class StoreWriter implements AutoCloseable {

    private static final int RECORDS_PER_TRANSACTION = 4096;
    private static final long BYTES_PER_TRANSACTION = 64L << 20;
    private static final long FIRST_MAP_BYTES = 1L << 30;

    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> shared;
    private final Map<Split, Dbi<ByteBuffer>> databases = new EnumMap<>(Split.class);
    private final Map<Split, GrowingLabels> labels = new EnumMap<>(Split.class);
    private final Map<Split, GrowingTargets> targets = new EnumMap<>(Split.class);
    private final ByteBuffer key = StoredRecord.keyBuffer();
    private final int pictureBytes;
    private Txn<ByteBuffer> transaction;
    private int records;
    private long bytes;

    public StoreWriter(Path folder, int pictureBytes) {
        JvmOptions.checkForDatasets();
        NativeLibraries.unpackLmdb();
        this.pictureBytes = pictureBytes;
        environment = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                .setMaxDbs(StoreReader.DATABASES)
                .setMapSize(FIRST_MAP_BYTES)
                .open(folder.toFile(), EnvFlags.MDB_NOLOCK, EnvFlags.MDB_NOSYNC);
        shared = environment.openDbi(StoreReader.SHARED_DATABASE, DbiFlags.MDB_CREATE);
        for (Split split : Split.values()) {
            databases.put(split, environment.openDbi(split.name(), DbiFlags.MDB_CREATE));
            labels.put(split, new GrowingLabels());
            targets.put(split, new GrowingTargets());
        }
        transaction = begin();
    }

    /** Appends a picture in its stored form to its split; a regression's targets in their own units, none in a classification. */
    public void append(Split split, int label, float[] wanted, byte[] hash, String source, byte[] picture) {
        append(split, label, wanted, hash, source, picture, StoredMask.NONE);
    }

    /** Appends a picture with its mask. */
    public void append(
            Split split, int label, float[] wanted, byte[] hash, String source, byte[] picture, StoredMask mask) {
        byte[] name = source.getBytes(StandardCharsets.UTF_8);
        int size = StoredRecord.sizeInBytes(name, mask, picture);
        if (records >= RECORDS_PER_TRANSACTION || bytes + size > BYTES_PER_TRANSACTION && records > 0) commitAndBegin();
        key.putInt(0, labels.get(split).count());
        ByteBuffer record = databases.get(split).reserve(transaction, key, size, PutFlags.MDB_APPEND);
        StoredRecord.write(record, label, hash, name, mask, picture);
        labels.get(split).add(label);
        targets.get(split).add(wanted);
        records++;
        bytes += size;
    }

    /** Returns what the {@code length} targets of a split's pictures are like so far. */
    public List<TargetStatistics> targetStatistics(Split split, int length) {
        return targets.get(split).statistics(length);
    }

    /** Writes what belongs to all pictures, and brings everything safely to disk. */
    public void finish(float[] meanPicture) {
        commitAndBegin();
        for (Split split : Split.values()) {
            putShared(StoreReader.labelsKey(split), labels.get(split).toBuffer());
            putShared(StoreReader.targetsKey(split), targets.get(split).toBuffer());
        }
        putShared(StoreReader.MEAN_PICTURE_KEY, buffer(meanPicture, meanPicture.length));
        transaction.commit();
        environment.sync(true);
    }

    @Override
    public void close() {
        transaction.close();
        environment.close();
    }

    private void putShared(String name, ByteBuffer value) {
        shared.put(transaction, StoreReader.sharedKey(name), value);
    }

    private void commitAndBegin() {
        transaction.commit();
        transaction.close();
        transaction = begin();
    }

    private Txn<ByteBuffer> begin() {
        records = 0;
        bytes = 0;
        // The map is address space, not disk: it grows ahead of need, and the file only by what is written.
        long used = (environment.info().lastPageNumber + 1) * environment.stat().pageSize;
        long ahead = 4 * BYTES_PER_TRANSACTION + 8L * pictureBytes + 8L * (used >> 8);
        if (used + ahead > environment.info().mapSize) environment.setMapSize(2 * (used + ahead));
        return environment.txnWrite();
    }

    private static ByteBuffer buffer(float[] values, int count) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.BIG_ENDIAN);
        buffer.asFloatBuffer().put(values, 0, count);
        return buffer;
    }

    /** Labels of one split, gathered as they come. */
    private static final class GrowingLabels {

        private int[] values = new int[1024];
        private int count;

        int count() {
            return count;
        }

        void add(int label) {
            if (count == values.length) values = Arrays.copyOf(values, 2 * count);
            values[count++] = label;
        }

        ByteBuffer toBuffer() {
            ByteBuffer buffer = ByteBuffer.allocateDirect(count * Integer.BYTES).order(ByteOrder.BIG_ENDIAN);
            buffer.asIntBuffer().put(values, 0, count);
            return buffer;
        }
    }

    /** Targets [N, T] of one split, likewise. */
    private static final class GrowingTargets {

        private float[] values = new float[1024];
        private int count;

        List<TargetStatistics> statistics(int length) {
            return TargetStatistics.of(Arrays.copyOf(values, count), length);
        }

        void add(float[] wanted) {
            if (count + wanted.length > values.length)
                values = Arrays.copyOf(values, Math.max(2 * values.length, count + wanted.length));
            System.arraycopy(wanted, 0, values, count, wanted.length);
            count += wanted.length;
        }

        ByteBuffer toBuffer() {
            return buffer(values, count);
        }
    }
}
