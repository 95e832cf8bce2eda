package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.job.Job;
import io.fovea.pretrained.Pretrained;
import io.fovea.result.FeatureResult;
import io.fovea.training.SettingsYaml;
import io.fovea.transfer.Head;
import io.fovea.transfer.TransferMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The labs on photographs, {@code transfer} and {@code cats-dogs}: pretrained backbone, features, a new head, the model tested and written. */
public final class PhotographLab {

    private final Site site;

    /** At a place. */
    public PhotographLab(Site site) {
        this.site = site;
    }

    /**
     * Does the lab; empty if it was stopped.
     *
     * @param lab     its name
     * @param weights in the workspace, or a network whose public weights are fetched; empty: as the recipe says
     * @param copies  augmented copies of each training picture; empty likewise
     */
    public Optional<PhotographResult> run(
            String lab, Choice choice, Optional<String> weights, Optional<Integer> copies) {
        Recipe recipe = Recipe.named(lab);
        NetworkRecipe head = recipe.network();
        Clock clock = new Clock();
        // the photographs first: weights can be downloaded, and that is not worth it without them
        try (Dataset dataset = PictureFolder.open(site, recipe.pictures(), choice.folder())) {
            Pretrained pretrained =
                    new WeightSource(site).find(weights.or(head::pretrained).orElseThrow());
            double datasetSeconds = clock.seconds();
            site.note(String.format(
                    Locale.ROOT,
                    "%,d photographs to train on, %,d to test on, ready after %.1f s.",
                    dataset.count(Split.TRAINING),
                    dataset.count(Split.TEST),
                    datasetSeconds));
            Job job = new Job.Train(
                    dataset.name(),
                    Optional.empty(),
                    Optional.of(lab + "-" + pretrained.network()),
                    Optional.empty(),
                    Optional.of(pretrained.name()),
                    Optional.of(new TransferMode.CachedFeatures().word()),
                    Optional.of(new Head.Linear().word()),
                    copies.or(head::copies),
                    false,
                    settings(head, choice),
                    List.of(),
                    false,
                    Optional.empty());
            return site.jobs()
                    .run(job)
                    .map(FeatureResult.class::cast)
                    .map(done -> PhotographResult.of(lab, pretrained.name(), dataset, datasetSeconds, done));
        }
    }

    private static Map<String, Object> settings(NetworkRecipe head, Choice choice) {
        Map<String, Object> settings = new LinkedHashMap<>(SettingsYaml.tree(head.settings(choice)));
        ((Map<?, ?>) settings.get("step")).remove("regularisation"); // a head searches its own pull to zero
        return settings;
    }
}
