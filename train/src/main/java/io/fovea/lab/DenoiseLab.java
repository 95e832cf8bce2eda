package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.result.TrainResult;
import io.fovea.training.CodeProjection;
import io.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lab {@code denoise}: a network learns to take noise off digits and clothes. */
public final class DenoiseLab {

    private final Site site;

    /** At a place. */
    public DenoiseLab(Site site) {
        this.site = site;
    }

    /**
     * Trains on digits, and on clothes if they are here; empty if it was stopped.
     *
     * @param networks instead of the recipe's, if any
     * @throws Choice.OutOfRange if a number of the choice is out of range
     */
    public Optional<MapResult> run(DigitSize size, Choice choice, List<String> networks) {
        Recipe recipe = Recipe.named("denoise");
        TrainingSettings settings = recipe.network().settings(choice, size);
        List<String> names = networks.isEmpty()
                ? recipe.networks().stream()
                        .map(each -> each.network().orElseThrow())
                        .toList()
                : networks;
        // a wrong name must not wait for the pictures
        List<Network> layers = names.stream()
                .map(name -> Catalogue.network(name, new Shape(1, 28, 28), 1))
                .toList();
        DigitSource sets = new DigitSource(site, recipe.pictures(), size, choice.seed());
        List<String> remarks = new ArrayList<>();
        List<MapResult.Trained> models = new ArrayList<>();
        try (Dataset digits = remarked(sets.openOrDraw(choice.data()), remarks)) {
            if (!train(digits, layers, settings, models)) return Optional.empty();
        }
        Optional<Digits> clothes = sets.clothes(choice.data());
        if (clothes.isPresent()) {
            try (Dataset pictures = clothes.get().dataset()) {
                if (!train(pictures, layers, settings, models)) return Optional.empty();
            }
        }
        return Optional.of(new MapResult("denoise", choice.seed(), "examples.png", remarks, models));
    }

    private static Dataset remarked(Digits digits, List<String> remarks) {
        remarks.addAll(digits.remarks());
        return digits.dataset();
    }

    /** Returns whether all were trained; false if one was stopped. */
    private boolean train(
            Dataset stored, List<Network> networks, TrainingSettings settings, List<MapResult.Trained> models) {
        Dataset pictures = stored.forReconstruction();
        site.note(String.format(
                Locale.ROOT,
                "%s: %,d pictures to train on, %,d to choose the epoch, %,d to test on.",
                stored.name(),
                pictures.count(Split.TRAINING),
                pictures.count(Split.VALIDATION),
                pictures.count(Split.TEST)));
        for (Network layers : networks) {
            String model = "denoise-" + stored.name() + "-" + layers.name();
            Optional<TrainResult> done = new NetworkTraining(site).run(model, pictures, layers.name(), settings);
            if (done.isEmpty()) return false;
            TrainResult trained = done.get();
            if (CodeProjection.isPossible(layers)) {
                Path codes = trained.runFolder().resolve(MapResult.CODES);
                CodeProjection.write(trained.training(), pictures, settings, codes);
            }
            models.add(MapResult.Trained.of(layers.name(), stored, trained));
        }
        return true;
    }
}
