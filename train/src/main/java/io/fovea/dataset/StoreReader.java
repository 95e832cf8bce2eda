package io.fovea.dataset;

import io.fovea.codec.PictureDecoder;
import io.fovea.file.NativeLibraries;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.jvm.JvmOptions;
import io.fovea.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * The pictures of a complete dataset in LMDB, memory-mapped and never written again; threads may share it.
 *
 * <p>LMDB's own locks are off ({@code MDB_NOLOCK}), since nobody writes: a dataset on a read-only disk opens too. The lock
 * here only keeps {@link #close} from unmapping what another thread is reading.
 */
final class StoreReader implements AutoCloseable {

    /** Beside one database per split there is one for what belongs to all. */
    static final String SHARED_DATABASE = "SHARED";

    static final int DATABASES = Split.values().length + 1;

    private final Path folder;
    private final StoreManifest manifest;
    private final Env<ByteBuffer> environment;
    private final Map<Split, Dbi<ByteBuffer>> databases = new EnumMap<>(Split.class);
    private final Map<Split, int[]> labels = new EnumMap<>(Split.class);
    private final Map<Split, float[]> targets = new EnumMap<>(Split.class);
    private final float[] meanPicture;
    // Memory outside the heap is dear to make and freed late: one key per thread serves all its reads.
    private final ThreadLocal<ByteBuffer> keys = ThreadLocal.withInitial(StoredRecord::keyBuffer);
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private StoreReader(Path folder, StoreManifest manifest, Env<ByteBuffer> environment) {
        this.folder = folder;
        this.manifest = manifest;
        this.environment = environment;
        Dbi<ByteBuffer> shared = environment.openDbi(SHARED_DATABASE);
        try (Txn<ByteBuffer> transaction = environment.txnRead()) {
            for (Split split : Split.values()) {
                databases.put(split, environment.openDbi(split.name()));
                labels.put(split, labels(shared(shared, transaction, labelsKey(split))));
                boolean regressed = !manifest.targets().isEmpty();
                targets.put(split, regressed ? floats(shared(shared, transaction, targetsKey(split))) : new float[0]);
            }
            meanPicture = floats(shared(shared, transaction, MEAN_PICTURE_KEY));
        }
    }

    static final String MEAN_PICTURE_KEY = "mean picture";

    static String labelsKey(Split split) {
        return "labels of " + split.name();
    }

    static String targetsKey(Split split) {
        return "targets of " + split.name();
    }

    /** Opens the store that a manifest describes, and checks that the two agree. */
    static StoreReader open(Path folder, StoreManifest manifest) {
        JvmOptions.checkForDatasets();
        NativeLibraries.unpackLmdb();
        Env<ByteBuffer> environment;
        try {
            environment = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                    .setMaxDbs(DATABASES)
                    .setMapSize(manifest.storeBytes())
                    .open(folder.toFile(), EnvFlags.MDB_RDONLY_ENV, EnvFlags.MDB_NOLOCK, EnvFlags.MDB_NOTLS);
        } catch (LmdbException e) {
            throw unreadable(folder, e);
        }
        try {
            StoreReader reader = new StoreReader(folder, manifest, environment);
            reader.check();
            return reader;
        } catch (LmdbException e) {
            environment.close();
            throw unreadable(folder, e);
        } catch (Problem e) {
            environment.close();
            throw e;
        }
    }

    int count(Split split) {
        return labels.get(split).length;
    }

    int label(Split split, int index) {
        return labels.get(split)[index];
    }

    /** Writes a picture's T targets, in their own units, into {@code out}. */
    void copyTargets(Split split, int index, float[] out, int offset) {
        int length = manifest.targets().size();
        System.arraycopy(targets.get(split), index * length, out, offset, length);
    }

    String source(Split split, int index) {
        return read(split, index, StoredRecord::source);
    }

    String hash(Split split, int index) {
        return HexFormat.of().formatHex(read(split, index, StoredRecord::hash));
    }

    float[] meanPicture() {
        return meanPicture;
    }

    /** Writes a picture's decoded bytes into {@code target}. */
    void copyPicture(Split split, int index, byte[] target, int offset) {
        int size = manifest.preparation().sizeInBytes();
        if (manifest.form() == StoredForm.PNG) {
            byte[] file = read(split, index, record -> bytesFrom(record, pictureAt(record)));
            Pixels decoded = PictureDecoder.decode(
                    file, name(split, index), manifest.preparation().colorMode());
            if (decoded.values().length != size)
                throw StoreManifest.damaged(folder, name(split, index) + " has another size.");
            System.arraycopy(decoded.values(), 0, target, offset, size);
            return;
        }
        int stored = read(split, index, record -> {
            int at = pictureAt(record);
            if (record.limit() - at == size) record.get(at, target, offset, size);
            return record.limit() - at;
        });
        if (stored != size)
            throw StoreManifest.damaged(
                    folder, name(split, index) + " has " + stored + " bytes instead of " + size + ".");
    }

    private int pictureAt(ByteBuffer record) {
        return manifest.hasMasks() ? StoredRecord.pictureAfterMaskAt(record) : StoredRecord.pictureAt(record);
    }

    /** Writes a picture's mask [H, W] into {@code target}. */
    void copyMask(Split split, int index, byte[] target, int offset) {
        int size = manifest.preparation().height() * manifest.preparation().width();
        byte[] stored = read(split, index, record -> {
            byte[] bytes = new byte[StoredRecord.maskLength(record)];
            record.get(StoredRecord.maskAt(record), bytes);
            return bytes;
        });
        byte[] mask = manifest.form() == StoredForm.PNG
                ? PictureDecoder.decode(stored, name(split, index), ColorMode.GREY)
                        .values()
                : stored;
        if (mask.length != size)
            throw StoreManifest.damaged(
                    folder,
                    "The mask of " + name(split, index) + " has " + mask.length + " bytes instead of " + size + ".");
        System.arraycopy(mask, 0, target, offset, size);
    }

    /** Compares a picture, and its mask if it has one, with their hashes. */
    void verify(Split split, int index) {
        byte[] picture = new byte[manifest.preparation().sizeInBytes()];
        copyPicture(split, index, picture, 0);
        if (!Arrays.equals(ContentHash.of(picture), read(split, index, StoredRecord::hash))) {
            throw StoreManifest.damaged(folder, name(split, index) + " was changed since the import.");
        }
        if (manifest.hasMasks()) verifyMask(split, index);
    }

    private void verifyMask(Split split, int index) {
        byte[] mask = new byte
                [manifest.preparation().height() * manifest.preparation().width()];
        copyMask(split, index, mask, 0);
        if (!Arrays.equals(ContentHash.of(mask), maskHash(split, index))) {
            throw StoreManifest.damaged(folder, "The mask of " + name(split, index) + " was changed since the import.");
        }
    }

    private byte[] maskHash(Split split, int index) {
        return manifest.hasMasks() ? read(split, index, StoredRecord::maskHash) : new byte[0];
    }

    /** Returns the fingerprint of what is stored, by the hashes of the pictures as they are written there. */
    String contentHash() {
        ContentHash whole = new ContentHash();
        float[] wanted = new float[manifest.targets().size()];
        for (Split split : Split.values()) {
            for (int i = 0; i < count(split); i++) {
                copyTargets(split, i, wanted, 0);
                whole.add(split, label(split, i), wanted, read(split, i, StoredRecord::hash), maskHash(split, i));
            }
        }
        return whole.finish(manifest.classNames(), manifest.targets(), manifest.preparation());
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) environment.close();
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Hands a record, which is mapped memory and valid only meanwhile, to {@code use}. */
    private <T> T read(Split split, int index, Function<ByteBuffer, T> use) {
        ByteBuffer key = keys.get().putInt(0, index);
        lock.readLock().lock();
        try {
            if (closed) throw new IllegalStateException("The dataset " + manifest.name() + " is closed");
            try (Txn<ByteBuffer> transaction = environment.txnRead()) {
                ByteBuffer record = databases.get(split).get(transaction, key);
                if (record == null) throw StoreManifest.damaged(folder, name(split, index) + " is missing.");
                return use.apply(record);
            } catch (LmdbException e) {
                throw unreadable(folder, e);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private void check() {
        try (Txn<ByteBuffer> transaction = environment.txnRead()) {
            for (Split split : Split.values()) {
                long expected = manifest.counts().get(split).stream()
                        .mapToLong(Integer::intValue)
                        .sum();
                long found = databases.get(split).stat(transaction).entries;
                boolean agrees = expected == found
                        && count(split) == found
                        && targets.get(split).length
                                == found * manifest.targets().size();
                if (!agrees) {
                    throw StoreManifest.damaged(
                            folder,
                            "Expected " + expected + " pictures in the split " + split + ", found " + found + ".");
                }
            }
        }
        if (meanPicture.length != manifest.preparation().sizeInBytes()) {
            throw StoreManifest.damaged(folder, "The mean picture has another size than the pictures.");
        }
    }

    private ByteBuffer shared(Dbi<ByteBuffer> database, Txn<ByteBuffer> transaction, String name) {
        ByteBuffer value = database.get(transaction, sharedKey(name));
        if (value == null) throw StoreManifest.damaged(folder, "The store lacks its " + name + ".");
        return value;
    }

    static ByteBuffer sharedKey(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static int[] labels(ByteBuffer value) {
        int[] labels = new int[value.remaining() / Integer.BYTES];
        value.order(ByteOrder.BIG_ENDIAN).asIntBuffer().get(labels);
        return labels;
    }

    private static float[] floats(ByteBuffer value) {
        float[] floats = new float[value.remaining() / Float.BYTES];
        value.order(ByteOrder.BIG_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    private static byte[] bytesFrom(ByteBuffer record, int at) {
        byte[] bytes = new byte[record.limit() - at];
        record.get(at, bytes);
        return bytes;
    }

    private static String name(Split split, int index) {
        return "Picture " + index + " of the split " + split;
    }

    private static Problem unreadable(Path folder, LmdbException cause) {
        return new Problem(
                "The pictures cannot be read: " + cause.getMessage(),
                folder.resolve(StoreManifest.STORE_FILE_NAME).toString(),
                "the dataset is damaged or its disk fails: import it again",
                cause);
    }
}
