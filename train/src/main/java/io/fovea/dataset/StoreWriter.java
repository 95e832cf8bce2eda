package io.fovea.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
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
final class StoreWriter implements AutoCloseable {

    private static final int RECORDS_PER_TRANSACTION = 4096;
    private static final long BYTES_PER_TRANSACTION = 64L << 20;
    private static final long FIRST_MAP_BYTES = 1L << 30;

    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> shared;
    private final Map<Split, Dbi<ByteBuffer>> databases = new EnumMap<>(Split.class);
    private final Map<Split, GrowingLabels> labels = new EnumMap<>(Split.class);
    private final ByteBuffer key = StoredRecord.keyBuffer();
    private final int pictureBytes;
    private Txn<ByteBuffer> transaction;
    private int records;
    private long bytes;

    StoreWriter(Path folder, int pictureBytes) {
        this.pictureBytes = pictureBytes;
        environment = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                .setMaxDbs(StoreReader.DATABASES)
                .setMapSize(FIRST_MAP_BYTES)
                .open(folder.toFile(), EnvFlags.MDB_NOLOCK, EnvFlags.MDB_NOSYNC);
        shared = environment.openDbi(StoreReader.SHARED_DATABASE, DbiFlags.MDB_CREATE);
        for (Split split : Split.values()) {
            databases.put(split, environment.openDbi(split.name(), DbiFlags.MDB_CREATE));
            labels.put(split, new GrowingLabels());
        }
        transaction = begin();
    }

    /** Appends a picture in its stored form to its split. */
    void append(Split split, int label, byte[] hash, String source, byte[] picture) {
        byte[] name = source.getBytes(StandardCharsets.UTF_8);
        int size = StoredRecord.sizeInBytes(name, picture);
        if (records >= RECORDS_PER_TRANSACTION || bytes + size > BYTES_PER_TRANSACTION && records > 0) commitAndBegin();
        key.putInt(0, labels.get(split).count());
        ByteBuffer record = databases.get(split).reserve(transaction, key, size, PutFlags.MDB_APPEND);
        StoredRecord.write(record, label, hash, name, picture);
        labels.get(split).add(label);
        records++;
        bytes += size;
    }

    /** Writes what belongs to all pictures, and brings everything safely to disk. */
    void finish(float[] meanPicture) {
        commitAndBegin();
        for (Split split : Split.values())
            putShared(StoreReader.labelsKey(split), labels.get(split).toBuffer());
        ByteBuffer mean =
                ByteBuffer.allocateDirect(meanPicture.length * Float.BYTES).order(ByteOrder.BIG_ENDIAN);
        mean.asFloatBuffer().put(meanPicture);
        putShared(StoreReader.MEAN_PICTURE_KEY, mean);
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
}
