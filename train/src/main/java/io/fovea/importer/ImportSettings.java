package io.fovea.importer;

import io.fovea.dataset.ExistingDataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.StoredForm;
import io.fovea.source.SourceReading;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a dataset is made of its sources.
 *
 * @param name            the dataset's name, shown to people
 * @param preparation     the size and colour that every picture gets
 * @param splits          the percentages for parts that the sources do not bring
 * @param minimumPerClass classes with fewer training pictures are left out, with a remark in the report; at least 1.
 *                        Classes that a source numbers itself (idx, CIFAR, a file of class names) keep their numbers and stay
 * @param maximumPerClass at most so many pictures of each class, drawn at random with the seed, are taken for training and
 *                        for what is split off it; parts that the sources bring themselves stay whole. In a regression, of all pictures
 * @param truth           what is looked for beside the pictures
 * @param reading         how sources are read where they do not tell it themselves
 * @param form            how pictures lie on disk
 * @param existing        what to do with a dataset of the same name
 * @param threads         how many threads decode and resize, at least 1; the result does not depend on it
 * @param seed            of the random split and the random sample
 */
public record ImportSettings(
        String name,
        Preparation preparation,
        SplitSettings splits,
        int minimumPerClass,
        OptionalInt maximumPerClass,
        Truth truth,
        SourceReading reading,
        StoredForm form,
        ExistingDataset existing,
        int threads,
        long seed) {

    /** Checks the numbers. */
    public ImportSettings {
        Objects.requireNonNull(preparation, "preparation");
        Objects.requireNonNull(splits, "splits");
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(existing, "existing");
        if (name.isBlank()) throw new IllegalArgumentException("A dataset needs a name");
        if (minimumPerClass < 1)
            throw new IllegalArgumentException("minimumPerClass must be at least 1, not " + minimumPerClass);
        if (maximumPerClass.isPresent() && maximumPerClass.getAsInt() < 1) {
            throw new IllegalArgumentException("maximumPerClass must be at least 1, not " + maximumPerClass.getAsInt());
        }
        if (threads < 1) throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }

    /** Settings that find the truth by looking at the sources, and leave a dataset of the same name alone. */
    public ImportSettings(
            String name,
            Preparation preparation,
            SplitSettings splits,
            int minimumPerClass,
            OptionalInt maximumPerClass,
            StoredForm form,
            int threads,
            long seed) {
        this(
                name,
                preparation,
                splits,
                minimumPerClass,
                maximumPerClass,
                new Truth.Detected(),
                SourceReading.DETECTED,
                form,
                ExistingDataset.KEEP,
                threads,
                seed);
    }

    /** Returns the usual settings: 25 % validation, at least 2 pictures per class, raw form, all processors, seed 1. */
    public static ImportSettings of(String name, Preparation preparation) {
        return new ImportSettings(
                name,
                preparation,
                SplitSettings.DEFAULT,
                2,
                OptionalInt.empty(),
                StoredForm.RAW,
                Runtime.getRuntime().availableProcessors(),
                1);
    }

    /** Returns these settings with another size and colour. */
    public ImportSettings withPreparation(Preparation other) {
        return new ImportSettings(
                name, other, splits, minimumPerClass, maximumPerClass, truth, reading, form, existing, threads, seed);
    }

    /** Returns these settings with other splits. */
    public ImportSettings withSplits(SplitSettings other) {
        return new ImportSettings(
                name,
                preparation,
                other,
                minimumPerClass,
                maximumPerClass,
                truth,
                reading,
                form,
                existing,
                threads,
                seed);
    }

    /** Returns these settings with another minimum. */
    public ImportSettings withMinimumPerClass(int other) {
        return new ImportSettings(
                name, preparation, splits, other, maximumPerClass, truth, reading, form, existing, threads, seed);
    }

    /** Returns these settings with a maximum. */
    public ImportSettings withMaximumPerClass(int other) {
        return new ImportSettings(
                name,
                preparation,
                splits,
                minimumPerClass,
                OptionalInt.of(other),
                truth,
                reading,
                form,
                existing,
                threads,
                seed);
    }

    /** Returns these settings with another truth. */
    public ImportSettings withTruth(Truth other) {
        return new ImportSettings(
                name,
                preparation,
                splits,
                minimumPerClass,
                maximumPerClass,
                other,
                reading,
                form,
                existing,
                threads,
                seed);
    }

    /** Returns these settings with another way to read sources. */
    public ImportSettings withReading(SourceReading other) {
        return new ImportSettings(
                name,
                preparation,
                splits,
                minimumPerClass,
                maximumPerClass,
                truth,
                other,
                form,
                existing,
                threads,
                seed);
    }

    /** Returns these settings with another stored form. */
    public ImportSettings withForm(StoredForm other) {
        return new ImportSettings(
                name,
                preparation,
                splits,
                minimumPerClass,
                maximumPerClass,
                truth,
                reading,
                other,
                existing,
                threads,
                seed);
    }

    /** Returns these settings with another way with an existing dataset. */
    public ImportSettings withExisting(ExistingDataset other) {
        return new ImportSettings(
                name,
                preparation,
                splits,
                minimumPerClass,
                maximumPerClass,
                truth,
                reading,
                form,
                other,
                threads,
                seed);
    }

    /** Returns these settings with another number of threads. */
    public ImportSettings withThreads(int other) {
        return new ImportSettings(
                name,
                preparation,
                splits,
                minimumPerClass,
                maximumPerClass,
                truth,
                reading,
                form,
                existing,
                other,
                seed);
    }

    /** Returns these settings with another seed. */
    public ImportSettings withSeed(long other) {
        return new ImportSettings(
                name,
                preparation,
                splits,
                minimumPerClass,
                maximumPerClass,
                truth,
                reading,
                form,
                existing,
                threads,
                other);
    }
}
