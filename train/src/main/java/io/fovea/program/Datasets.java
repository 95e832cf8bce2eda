package io.fovea.program;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.ExistingDataset;
import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.source.Source;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Pictures as people have them become a dataset, as {@code fovea data import} makes it.
 *
 * <pre>{@code
 * try (Dataset digits = Datasets.of(pictures).size(28, 28).grey().into(folder)) { ... }
 * }</pre>
 *
 * <p>Immutable: each choice returns another.
 */
public final class Datasets {

    /** What pictures of any size become unless it is said: the size that most known networks take. */
    private static final Preparation PHOTOGRAPHS = new Preparation(224, 224, ColorMode.COLOR, ResizeMode.SQUASH);

    private final List<Source> sources;
    private final UnaryOperator<Preparation> preparation;
    private final UnaryOperator<ImportSettings> settings;

    private Datasets(
            List<Source> sources, UnaryOperator<Preparation> preparation, UnaryOperator<ImportSettings> settings) {
        this.sources = sources;
        this.preparation = preparation;
        this.settings = settings;
    }

    /** Of folders, archives, lists, idx or CIFAR files, whose kind is found by looking at them. */
    public static Datasets of(Path... sources) {
        return of(Arrays.stream(sources).map(Source::of).toList());
    }

    /** Of sources that say what they are for. */
    public static Datasets of(List<Source> sources) {
        return new Datasets(List.copyOf(sources), UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** In another size than the pictures' own, or for photographs 224 by 224. */
    public Datasets size(int height, int width) {
        return prepared(form -> new Preparation(height, width, form.colorMode(), form.resizeMode(), form.cropMargin()));
    }

    /** In grey. */
    public Datasets grey() {
        return prepared(form ->
                new Preparation(form.height(), form.width(), ColorMode.GREY, form.resizeMode(), form.cropMargin()));
    }

    /** In colour. */
    public Datasets color() {
        return prepared(form ->
                new Preparation(form.height(), form.width(), ColorMode.COLOR, form.resizeMode(), form.cropMargin()));
    }

    /** Made to fit in another way than by squashing. */
    public Datasets resized(ResizeMode mode) {
        return prepared(
                form -> new Preparation(form.height(), form.width(), form.colorMode(), mode, form.cropMargin()));
    }

    private Datasets prepared(UnaryOperator<Preparation> further) {
        return new Datasets(sources, form -> further.apply(preparation.apply(form)), settings);
    }

    /** With other settings: splits, limits, truth, seed … */
    public Datasets with(UnaryOperator<ImportSettings> change) {
        return new Datasets(sources, preparation, before -> change.apply(settings.apply(before)));
    }

    /**
     * Makes the dataset and opens it; it is called like its folder.
     *
     * @param folder complete or absent afterwards, whatever happens; it must not be there
     * @throws io.fovea.problem.Problem if the sources cannot be read as a dataset, or the folder is there or cannot be written
     */
    public Dataset into(Path folder) {
        return into(folder, ExistingDataset.KEEP);
    }

    /** Makes the dataset in place of one that may be there, and opens it. */
    public Dataset replacing(Path folder) {
        return into(folder, ExistingDataset.REPLACE);
    }

    private Dataset into(Path folder, ExistingDataset existing) {
        Optional<Preparation> own = DatasetImport.ownShape(sources);
        ImportSettings usual =
                ImportSettings.of(folder.getFileName().toString(), preparation.apply(own.orElse(PHOTOGRAPHS)));
        DatasetImport.run(sources, settings.apply(usual).withExisting(existing), folder, (done, total) -> {});
        return Dataset.open(folder);
    }
}
