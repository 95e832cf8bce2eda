package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitOrder;
import io.fovea.importer.SplitSettings;
import io.fovea.importer.Truth;
import io.fovea.source.GivenValidation;
import io.fovea.source.Source;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pictures with masks that a lab learns from, and what suits them. */
enum LabMaskSet {
    /** 11 classes of things in streets, from a car. */
    CAMVID(
            new LabPhotographs(
                    "camvid", "or any folder with train/ and val/, in both pictures/ and masks/, and a classes.txt"),
            new Preparation(192, 256, ColorMode.COLOR, ResizeMode.SQUASH),
            Set.of(11),
            "unet-half",
            60,
            8,
            Augmentation.NONE.withHorizontalFlip(0.5).withScale(0.9, 1.2).withShift(0.08)),
    /** Membranes of cells under the electron microscope: what is up, left or small there is so by chance. */
    MEMBRANE(
            new LabPhotographs("membrane", "or any folder with train/ and val/, in both pictures/ and masks/"),
            new Preparation(256, 256, ColorMode.GREY, ResizeMode.SQUASH),
            Set.of(),
            "unet-small",
            60,
            4,
            Augmentation.NONE
                    .withHorizontalFlip(0.5)
                    .withVerticalFlip(0.5)
                    .withRotation(180)
                    .withScale(0.9, 1.3));

    /** The share of the training pictures, the last by name, on which the epoch is chosen: frames and slices next to one another look alike. */
    private static final SplitSettings SPLITS =
            new SplitSettings(10, 0, GivenValidation.AS_TEST, Set.of(Split.VALIDATION), SplitOrder.BLOCK);

    private final LabPhotographs photographs;
    private final Preparation preparation;
    private final Set<Integer> ignored;
    private final String network;
    private final int epochs;
    private final int batchSize;
    private final Augmentation augmentation;

    LabMaskSet(
            LabPhotographs photographs,
            Preparation preparation,
            Set<Integer> ignored,
            String network,
            int epochs,
            int batchSize,
            Augmentation augmentation) {
        this.photographs = photographs;
        this.preparation = preparation;
        this.ignored = ignored;
        this.network = network;
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.augmentation = augmentation;
    }

    /** Opens the prepared pictures and masks, after importing them if this workspace does not have them or a folder is named. */
    Dataset open(Console console, Workspace workspace, Optional<Path> data) {
        ImportSettings settings = ImportSettings.of("lab-" + photographs.name(), preparation)
                .withTruth(new Truth.Masks(ignored))
                .withSplits(SPLITS);
        LabImport lab = new LabImport(console, workspace);
        Optional<Dataset> kept = data.isEmpty() ? lab.kept(settings) : Optional.empty();
        return kept.orElseGet(
                () -> lab.split(List.of(Source.of(photographs.find(data))), settings, "pictures with masks"));
    }

    /** Returns what learns from drawn weights. */
    String network() {
        return network;
    }

    /** Returns how often that network sees the pictures where nobody says it. */
    int epochs() {
        return epochs;
    }

    /** Returns how many pictures a step of that network takes. */
    int batchSize() {
        return batchSize;
    }

    /** Returns how the pictures may be varied and stay what they are. */
    Augmentation augmentation() {
        return augmentation;
    }

    /** Whether the pictures are like those that published weights were trained on. */
    boolean suitsPretrained() {
        return preparation.colorMode() == ColorMode.COLOR;
    }
}
