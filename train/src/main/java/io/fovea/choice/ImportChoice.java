package io.fovea.choice;

import io.fovea.collection.ReadyMade;
import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.Truth;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.source.Source;
import java.util.List;
import java.util.Map;

/** What an import takes where nobody chose. */
public final class ImportChoice {

    /** What pictures of any size become unless it is said: the size that most known networks take. */
    public static final Preparation PHOTOGRAPHS = new Preparation(224, 224, ColorMode.COLOR, ResizeMode.SQUASH);

    private ImportChoice() {}

    /**
     * Returns the usual size and colour: those of a ready-made set, or those that the format of the sources gives to every picture, else those of
     * photographs.
     *
     * @param sources as on a command line
     * @throws io.fovea.problem.Problem if a source is missing
     */
    public static Preparation usual(List<String> sources) {
        return ReadyMade.shape(sources)
                .or(() -> DatasetImport.ownShape(
                        sources.stream().map(Source::parse).toList()))
                .orElse(PHOTOGRAPHS);
    }

    /**
     * Returns the settings of an import.
     *
     * @param sources as on a command line
     * @param chosen  those of {@link ImportSettings} that are chosen, by their names
     * @throws io.fovea.problem.Problem if there is no such setting, or a source is missing
     */
    public static ImportSettings settings(String name, List<String> sources, Map<String, Object> chosen) {
        ImportSettings usual = usual(name, usual(sources), chosen);
        return RecordTree.read(chosen, usual, Place.of("settings of the job"));
    }

    /**
     * Returns the settings of an import where nothing else is chosen. Numbers alone, as the truth, are all columns in the unit that they speak for.
     *
     * @param chosen as for {@link #settings}
     */
    public static ImportSettings usual(String name, Preparation preparation, Map<?, ?> chosen) {
        ImportSettings usual = ImportSettings.of(name, preparation);
        Object truth = chosen.get("truth");
        boolean areNumbers = "numbers".equals(truth instanceof Map<?, ?> map ? map.get("kind") : truth);
        return areNumbers ? usual.withTruth(new Truth.Numbers()) : usual;
    }
}
