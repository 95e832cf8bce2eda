package io.fovea.transfer;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.batch.Order;
import io.fovea.batch.Remainder;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.network.NetworkYaml;
import io.fovea.problem.Problem;
import io.fovea.speed.SpeedRecords;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Features on disk: a backbone sees a picture once, and never again while picture, backbone and preprocessing stay the same.
 *
 * <p>The key is made of the pictures' hashes, not of their labels: after a label has changed, the features are still there.
 *
 * <p>Processes may share a cache: files are complete or absent. One cache object is for one thread at a time; close it.
 */
public final class FeatureCache implements AutoCloseable {

    private static final String TENSOR = "features";

    private final Path folder;
    private final Backbone backbone;
    private final String weightsIdentity;
    private final Preprocessing preprocessing;
    private final FeatureEngine engine;

    /**
     * A cache for one backbone.
     *
     * @param folder          where the files lie
     * @param weightsIdentity tells these weights from all others, for example the SHA-256 of their file
     * @param speeds          what is known of this machine
     */
    public FeatureCache(
            Path folder,
            Backbone backbone,
            String weightsIdentity,
            Preprocessing preprocessing,
            int threads,
            SpeedRecords speeds) {
        this.folder = folder;
        this.backbone = backbone;
        this.weightsIdentity = weightsIdentity;
        this.preprocessing = preprocessing;
        this.engine = new FeatureEngine(backbone, preprocessing, threads, speeds);
    }

    /** Returns the features of a split's pictures as they are, from the cache or computed now. */
    public Features features(Dataset dataset, Split split, IntConsumer progress) {
        return features(dataset, split, Augmentation.NONE, 0, 0, progress);
    }

    /**
     * Returns the features of augmented pictures, in the order of the split.
     *
     * @param copy 0, 1, 2 …: each another draw of the augmentation
     */
    public Features features(
            Dataset dataset, Split split, Augmentation augmentation, long seed, int copy, IntConsumer progress) {
        Path file = folder.resolve(key(dataset, split, augmentation, seed, copy) + ".safetensors");
        Optional<Features> kept = read(file, dataset.count(split));
        if (kept.isPresent()) return kept.get();
        Features computed = compute(dataset, split, augmentation, seed, copy, progress);
        write(file, computed);
        return computed;
    }

    private Features compute(
            Dataset dataset, Split split, Augmentation augmentation, long seed, int copy, IntConsumer progress) {
        int count = dataset.count(split);
        if (count == 0) return new Features(0, backbone.features(), new float[0]);
        float[] values = new float[Math.multiplyExact(count, backbone.features())];
        BatchSettings settings = new BatchSettings(
                Math.min(count, engine.batchSize()), augmentation, Order.SEQUENTIAL, Remainder.KEEP, seed, 1);
        engine.begin(count);
        try (BatchLoader loader = new BatchLoader(dataset, split, settings)) {
            while (!isThrough(loader, copy, values, count, progress)) {
                // again, by what has turned out to be faster
            }
        }
        return new Features(count, backbone.features(), values);
    }

    private boolean isThrough(BatchLoader loader, int copy, float[] values, int count, IntConsumer progress) {
        loader.start(copy, 0);
        int done = 0;
        for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
            Batch batch = next.get();
            int left = count - done - batch.size();
            boolean goesOn = engine.extract(batch, values, done * backbone.features(), left);
            done += batch.size();
            progress.accept(done);
            if (!goesOn) return false;
        }
        return true;
    }

    /** Returns what is to be said of what computed the features, once; mostly nothing. */
    public Optional<String> remark() {
        return engine.remark();
    }

    /** Frees the backbone. */
    @Override
    public void close() {
        engine.close();
    }

    private Optional<Features> read(Path file, int count) {
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            NamedTensor tensor = Safetensors.read(file).tensor(TENSOR).orElseThrow();
            if (!Arrays.equals(tensor.shape(), new int[] {count, backbone.features()})) return Optional.empty();
            return Optional.of(new Features(count, backbone.features(), tensor.values()));
        } catch (Problem | java.util.NoSuchElementException damaged) {
            return Optional.empty(); // a cache may be lost, not in the way
        }
    }

    private void write(Path file, Features features) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new Problem(
                    "The features cannot be kept: " + failure.getMessage() + ".",
                    folder.toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        }
        int[] shape = {features.count(), features.size()};
        Safetensors.write(
                new Weights(List.of(new NamedTensor(TENSOR, shape, features.values()))),
                Map.of("network", backbone.network().name()),
                file);
    }

    private String key(Dataset dataset, Split split, Augmentation augmentation, long seed, int copy) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String settings = String.join(
                    "\n",
                    "features 1",
                    NetworkYaml.write(backbone.network()),
                    weightsIdentity,
                    Arrays.toString(preprocessing.mean()) + Arrays.toString(preprocessing.std()),
                    augmentation.toString(),
                    augmentation.equals(Augmentation.NONE) ? "" : seed + " " + copy);
            digest.update(settings.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < dataset.count(split); i++) {
                digest.update(dataset.pictureHash(split, i).getBytes(StandardCharsets.US_ASCII));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
