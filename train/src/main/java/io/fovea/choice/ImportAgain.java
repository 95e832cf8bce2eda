package io.fovea.choice;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.result.DataJson;

/** The command that makes a dataset of the same sources, otherwise prepared. */
public final class ImportAgain {

    private ImportAgain() {}

    /** Returns for example {@code fovea data import pets-28 photos --size 28x28 --color grey --resize crop --crop-margin 4 --seed 1}. */
    public static String command(Dataset dataset, Preparation preparation) {
        String sources = dataset.sources().isEmpty() ? "SOURCE" : quoted(dataset);
        String margin = preparation.cropMargin() == 0 ? "" : " --crop-margin " + preparation.cropMargin();
        return "fovea data import " + dataset.name() + "-" + preparation.height() + " " + sources
                + " --size " + preparation.height() + "x" + preparation.width()
                + " --color " + DataJson.word(preparation.colorMode())
                + (dataset.hasMasks() ? " --task segmentation" : "")
                + " --resize " + DataJson.word(preparation.resizeMode()) + margin
                + " --seed " + dataset.seed();
    }

    private static String quoted(Dataset dataset) {
        return String.join(
                " ",
                dataset.sourcesWithRoles().stream()
                        .map(source -> source.matches("[\\w./=+:@%-]+") ? source : "'" + source + "'")
                        .toList());
    }
}
