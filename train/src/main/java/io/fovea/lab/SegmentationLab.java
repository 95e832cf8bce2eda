package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.network.Catalogue;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.result.DataJson;
import io.fovea.result.TrainResult;
import io.fovea.training.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lab {@code segmentation}: networks learn to give every pixel a class. */
public final class SegmentationLab {

    private final Site site;

    /** At a place. */
    public SegmentationLab(Site site) {
        this.site = site;
    }

    /**
     * Trains the networks of a set; empty if one was stopped.
     *
     * @throws Choice.OutOfRange if a number of the choice is out of range
     */
    public Optional<MapResult> run(MaskSet set, Choice choice) {
        Recipe recipe = set.recipe();
        for (NetworkRecipe network : recipe.networks()) network.settings(choice); // a wrong number must not wait
        Clock clock = new Clock();
        List<String> remarks = new ArrayList<>();
        List<MapResult.Trained> models = new ArrayList<>();
        try (Dataset pictures = PictureFolder.open(site, recipe.pictures(), choice.folder())) {
            site.note(String.format(
                    Locale.ROOT,
                    "%,d pictures to train on, %,d to choose the epoch, %,d to test on, ready after %.1f s.",
                    pictures.count(Split.TRAINING),
                    pictures.count(Split.VALIDATION),
                    pictures.count(Split.TEST),
                    clock.seconds()));
            for (NetworkRecipe network : recipe.networks()) {
                Optional<String> missing = network.pretrained().filter(this::isMissing);
                if (missing.isPresent()) {
                    remarks.add("There are no weights that know photographs: fovea network import " + missing.get()
                            + ", then the same command again trains a network on them.");
                    continue;
                }
                Optional<MapResult.Trained> trained = train(set, network, pictures, choice);
                if (trained.isEmpty()) return Optional.empty();
                models.add(trained.get());
            }
        }
        return Optional.of(new MapResult("segmentation", choice.seed(), "worst.png", remarks, models));
    }

    private boolean isMissing(String weights) {
        return !Files.isDirectory(site.workspace().weights(weights));
    }

    private Optional<MapResult.Trained> train(MaskSet set, NetworkRecipe recipe, Dataset pictures, Choice choice) {
        String name = recipe.network().orElseGet(() -> onBackbone(recipe));
        String model = DataJson.word(set) + "-" + name;
        site.stage("training " + name);
        NetworkTraining training = new NetworkTraining(site);
        TrainingSettings settings = recipe.settings(choice);
        Optional<TrainResult> done = recipe.pretrained().isPresent()
                ? training.onBackbone(model, pictures, recipe.pretrained().get(), settings)
                : training.run(model, pictures, name, settings);
        return done.map(result -> MapResult.Trained.of(name, pictures, result));
    }

    /** Returns the name of the network that answers with maps on the recipe's weights. */
    private String onBackbone(NetworkRecipe recipe) {
        Path weights = site.workspace().weights(recipe.pretrained().orElseThrow());
        String backbone = PretrainedFolder.read(weights).network();
        return Catalogue.withMapsOn(backbone).orElseThrow().name();
    }
}
