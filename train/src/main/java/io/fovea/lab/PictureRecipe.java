package io.fovea.lab;

import io.fovea.dataset.Preparation;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.importer.Truth;
import java.util.Optional;

/**
 * The pictures of a lab.
 *
 * @param dataset     what they are called in the workspace; empty where it follows from what is chosen
 * @param folder      of people who have the set, for example {@code hymenoptera}; empty where it is found otherwise
 * @param address     where people find the set
 * @param preparation size and colour
 * @param masks       of pictures with masks, how these are read; empty: classes or numbers are found out
 * @param splits      what is split off the training pictures; empty: nothing
 */
public record PictureRecipe(
        Optional<String> dataset,
        Optional<String> folder,
        Optional<String> address,
        Preparation preparation,
        Optional<Truth.Masks> masks,
        Optional<SplitSettings> splits) {

    private static final SplitSettings AS_GIVEN = new SplitSettings(0, 0);

    /** Returns how a dataset is made of them. */
    ImportSettings settings(String name) {
        ImportSettings settings = ImportSettings.of(name, preparation).withSplits(splits.orElse(AS_GIVEN));
        return masks.isPresent() ? settings.withTruth(masks.get()) : settings;
    }

    /** Whether something is split off for validation. */
    boolean isValidated() {
        return splits.filter(parts -> parts.validationPercent() > 0).isPresent();
    }

    /** Returns the folder of the set, looked for where a person says or where public sets lie. */
    PictureFolder set() {
        return new PictureFolder(folder.orElseThrow(), address.orElseThrow());
    }
}
