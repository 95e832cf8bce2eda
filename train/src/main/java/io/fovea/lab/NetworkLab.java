package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The labs that train one network from scratch: {@code mnist}, {@code cifar10} and {@code regression}. */
public final class NetworkLab {

    private static final int DIGITS = 10;

    private final Site site;

    /** At a place. */
    public NetworkLab(Site site) {
        this.site = site;
    }

    /**
     * Trains on handwritten digits; empty if it was stopped.
     *
     * @throws Choice.OutOfRange if a number of the choice is out of range
     */
    public Optional<NetworkResult> mnist(DigitSize size, Choice choice) {
        return digits("mnist", "", size, choice);
    }

    /** The same on all digits, in the fewest seconds in which 99 % of the test digits come out right. */
    public Optional<NetworkResult> fastestMnist(Choice choice) {
        return digits("mnist-fastest", "-fastest", DigitSize.FULL, choice);
    }

    private Optional<NetworkResult> digits(String file, String ending, DigitSize size, Choice choice) {
        Recipe recipe = Recipe.named(file);
        TrainingSettings settings = recipe.network().settings(choice);
        String network = network(recipe, choice);
        Catalogue.network(network, new Shape(1, 28, 28), DIGITS); // a wrong name must not wait for the digits
        Clock clock = new Clock();
        Digits chosen = new DigitSource(site, recipe.pictures(), size, choice.seed()).openOrDraw(choice.data());
        String lab = chosen.origin().word();
        try (Dataset digits = chosen.dataset()) {
            double ready = ready(digits, "digits", clock);
            return new NetworkTraining(site)
                    .run(lab + "-" + network + ending, digits, network, settings)
                    .map(done -> NetworkResult.of(lab, network, digits, ready, choice.seed(), done)
                            .of(size, chosen.remarks())
                            .withExample(ExamplePictures.write(digits, done.runFolder())));
        }
    }

    /** Trains on small pictures of ten kinds of things, likewise. */
    public Optional<NetworkResult> cifar10(Choice choice) {
        return run("cifar10", "pictures", choice, CifarFiles::open);
    }

    /** Trains to point at the tip of the nose, likewise. */
    public Optional<NetworkResult> regression(Choice choice) {
        return run("regression", "photographs", choice, PictureFolder::open);
    }

    /** Opens pictures as a recipe says. */
    private interface Opening {
        Dataset open(Site site, PictureRecipe recipe, Optional<Path> data);
    }

    private Optional<NetworkResult> run(String lab, String noun, Choice choice, Opening opening) {
        Recipe recipe = Recipe.named(lab);
        TrainingSettings settings = recipe.network().settings(choice);
        String network = network(recipe, choice);
        Clock clock = new Clock();
        try (Dataset pictures = opening.open(site, recipe.pictures(), choice.folder())) {
            double ready = ready(pictures, noun, clock);
            return new NetworkTraining(site)
                    .run(lab + "-" + network, pictures, network, settings)
                    .map(done -> NetworkResult.of(lab, network, pictures, ready, choice.seed(), done));
        }
    }

    private static String network(Recipe recipe, Choice choice) {
        return choice.network().or(recipe.network()::network).orElseThrow();
    }

    private double ready(Dataset pictures, String noun, Clock clock) {
        site.note(String.format(
                Locale.ROOT,
                "%,d %s to train on, %,d to test on, ready after %.1f s.",
                pictures.count(Split.TRAINING),
                noun,
                pictures.count(Split.TEST),
                clock.seconds()));
        return clock.seconds();
    }
}
