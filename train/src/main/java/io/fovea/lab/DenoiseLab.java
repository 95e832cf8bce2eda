package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.job.TrainResult;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.training.TrainingSettings;
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
     * @throws Choice.OutOfRange if a number of the choice is out of range
     */
    public Optional<MapResult> run(DigitSize size, Choice choice) {
        Recipe recipe = Recipe.named("denoise");
        TrainingSettings settings = recipe.network().settings(choice, size);
        String network = choice.network().or(recipe.network()::network).orElseThrow();
        Catalogue.network(network, new Shape(1, 28, 28), 1); // a wrong name must not wait for the pictures
        DigitSource sets = new DigitSource(site, recipe.pictures(), size, choice.seed());
        List<String> remarks = new ArrayList<>();
        List<MapResult.Trained> models = new ArrayList<>();
        try (Dataset digits = remarked(sets.openOrDraw(choice.data()), remarks)) {
            if (!train(digits, network, settings, models)) return Optional.empty();
        }
        Optional<Digits> clothes = sets.clothes(choice.data());
        if (clothes.isPresent()) {
            try (Dataset pictures = clothes.get().dataset()) {
                if (!train(pictures, network, settings, models)) return Optional.empty();
            }
        }
        return Optional.of(new MapResult("denoise", choice.seed(), "examples.png", remarks, models));
    }

    private static Dataset remarked(Digits digits, List<String> remarks) {
        remarks.addAll(digits.remarks());
        return digits.dataset();
    }

    /** Returns whether it was trained; false if it was stopped. */
    private boolean train(Dataset stored, String network, TrainingSettings settings, List<MapResult.Trained> models) {
        Dataset pictures = stored.forReconstruction();
        site.note(String.format(
                Locale.ROOT,
                "%s: %,d pictures to train on, %,d to choose the epoch, %,d to test on.",
                stored.name(),
                pictures.count(Split.TRAINING),
                pictures.count(Split.VALIDATION),
                pictures.count(Split.TEST)));
        Optional<TrainResult> done =
                new NetworkTraining(site).run("denoise-" + stored.name() + "-" + network, pictures, network, settings);
        done.ifPresent(result -> models.add(MapResult.Trained.of(network, stored, result)));
        return done.isPresent();
    }
}
