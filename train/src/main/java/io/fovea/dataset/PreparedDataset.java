package io.fovea.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lmdbjava.LmdbException;

/**
 * Writes pictures that are prepared already as a dataset like any that was imported.
 *
 * @param name        of the dataset
 * @param classNames  by label
 * @param preparation that the pictures had
 * @param sources     what they come from, for people
 * @param seed        of the random split
 * @param remarks     what there is to say about it
 */
public record PreparedDataset(
        String name,
        List<String> classNames,
        Preparation preparation,
        List<String> sources,
        long seed,
        List<String> remarks) {

    /** Copies. */
    public PreparedDataset {
        classNames = List.copyOf(classNames);
        sources = List.copyOf(sources);
        remarks = List.copyOf(remarks);
    }

    /**
     * Writes the dataset, complete or not at all.
     *
     * @param pictures in the order that they get in their splits; asked for once
     * @param target   the dataset's own folder, which must not exist
     * @throws io.fovea.problem.Problem if it exists, or the disk is full or not writable
     * @throws IllegalArgumentException if a picture has another size or no class
     */
    public void write(Stream<PreparedPicture> pictures, Path target) {
        try (ImportFolder folder = ImportFolder.create(target, ExistingDataset.KEEP)) {
            store(pictures.iterator(), folder.folder());
            folder.complete();
        } catch (LmdbException | IOException e) {
            throw FileFailure.unwritable(target, e);
        }
    }

    private void store(Iterator<PreparedPicture> pictures, Path folder) throws IOException {
        RunningStatistics statistics = new RunningStatistics(preparation);
        ContentHash hash = new ContentHash();
        Map<Split, int[]> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) counts.put(split, new int[classNames.size()]);
        float[] noTargets = {};
        try (StoreWriter writer = new StoreWriter(folder, preparation.sizeInBytes())) {
            while (pictures.hasNext()) {
                PreparedPicture picture = pictures.next();
                byte[] pixels = checked(picture);
                byte[] own = ContentHash.of(pixels);
                writer.append(picture.split(), picture.label(), noTargets, own, picture.source(), pixels);
                hash.add(picture.split(), picture.label(), noTargets, own, new byte[0]);
                counts.get(picture.split())[picture.label()]++;
                if (picture.split() == Split.TRAINING) statistics.add(pixels);
            }
            writer.finish(statistics.meanPicture());
        }
        Map<Split, List<Integer>> perClass = new EnumMap<>(Split.class);
        counts.forEach((split, values) ->
                perClass.put(split, Arrays.stream(values).boxed().toList()));
        new StoreManifest(
                        StoreManifest.FORMAT_VERSION,
                        name,
                        classNames,
                        List.of(),
                        preparation,
                        StoredForm.RAW,
                        perClass,
                        Map.of(),
                        statistics.mean(),
                        statistics.std(),
                        hash.finish(classNames, List.of(), preparation),
                        folder.resolve(StoreManifest.STORE_FILE_NAME).toFile().length(),
                        sources,
                        0,
                        0,
                        seed,
                        OriginalSizes.UNKNOWN,
                        0,
                        List.of(),
                        remarks)
                .write(folder);
    }

    private byte[] checked(PreparedPicture picture) {
        byte[] pixels = picture.pixels().values();
        if (pixels.length != preparation.sizeInBytes() || picture.label() < 0 || picture.label() >= classNames.size())
            throw new IllegalArgumentException("Picture " + picture.source() + " of class " + picture.label() + " and "
                    + pixels.length + " bytes does not fit " + preparation + " and " + classNames.size() + " classes");
        return pixels;
    }
}
