package io.fovea.collection;

import io.fovea.dataset.Preparation;
import io.fovea.download.DownloadListener;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of pictures that an import takes by its name, {@code collection:mnist}, wherever it lies: published ones, found on this machine or else
 * fetched, and those that Fovea makes itself.
 *
 * @param name        after the colon
 * @param description what it shows
 * @param origin      who made it, and when
 * @param licence     the terms, as commonly given
 * @param training    how many pictures there are to learn from
 * @param test        how many to test on
 * @param shape       that every picture has
 * @param files       how it is come by
 */
public record ReadyMade(
        String name,
        String description,
        String origin,
        String licence,
        int training,
        int test,
        Preparation shape,
        SetFiles files) {

    /** What a source begins with that is a ready-made set. */
    public static final String PREFIX = "collection:";

    private static final Preparation DIGIT = new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH);
    private static final Preparation THING = new Preparation(32, 32, ColorMode.COLOR, ResizeMode.SQUASH);
    private static final int DRAWN = 2_000;
    private static final int DRAWN_TEST = 200;
    private static final String MNIST_ORIGIN = "Y. LeCun, C. Cortes, C. Burges 1998";
    private static final String MNIST_LICENCE = "CC BY-SA 3.0, as commonly given";
    private static final SetFiles MNIST = new PublishedFiles(PublicDataset.MNIST);
    private static final SetFiles DIGITS = new DrawnFiles("drawn-digits", DRAWN, DRAWN_TEST);

    private static final List<ReadyMade> ALL = List.of(
            new ReadyMade("mnist", "handwritten digits", MNIST_ORIGIN, MNIST_LICENCE, 60_000, 10_000, DIGIT, MNIST),
            new ReadyMade(
                    "mnist-inverted",
                    "handwritten digits, each once as it is and once as its negative",
                    MNIST_ORIGIN,
                    MNIST_LICENCE,
                    120_000,
                    20_000,
                    DIGIT,
                    new InvertedFiles("mnist-inverted", MNIST)),
            new ReadyMade(
                    "fashion-mnist",
                    "pieces of clothing, in the form of MNIST",
                    "H. Xiao, K. Rasul, R. Vollgraf 2017, arXiv:1708.07747",
                    "MIT",
                    60_000,
                    10_000,
                    DIGIT,
                    new PublishedFiles(PublicDataset.FASHION_MNIST)),
            new ReadyMade(
                    "cifar10",
                    "airplanes, cars, birds, cats, deer, dogs, frogs, horses, ships and trucks, in colour",
                    "A. Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images",
                    "none stated",
                    50_000,
                    10_000,
                    THING,
                    new CifarSetFiles()),
            new ReadyMade(
                    "drawn-digits",
                    "digits that Fovea draws with a pen; easier than handwriting",
                    "Fovea",
                    "as Fovea's own, Apache 2.0",
                    10 * DRAWN,
                    10 * DRAWN_TEST,
                    DIGIT,
                    DIGITS),
            new ReadyMade(
                    "drawn-digits-inverted",
                    "the digits that Fovea draws, each once as it is and once as its negative",
                    "Fovea",
                    "as Fovea's own, Apache 2.0",
                    20 * DRAWN,
                    20 * DRAWN_TEST,
                    DIGIT,
                    new InvertedFiles("drawn-digits-inverted", DIGITS)),
            new ReadyMade(
                    "odd-digits",
                    "digits in colours, half of them printed, to test on and never to learn from",
                    "Fovea, with the outlines of ten free fonts",
                    "as Fovea's own, Apache 2.0",
                    0,
                    10 * OddDigits.PER_DIGIT,
                    DIGIT,
                    new OddFiles("odd-digits")));

    /** Returns every set, in the order in which a learner may want to meet them. */
    public static List<ReadyMade> all() {
        return ALL;
    }

    /** Returns whether a source, as it is written on a command line, is a ready-made set. */
    public static boolean isNamed(String source) {
        return source.startsWith(PREFIX);
    }

    /**
     * Returns the set that a source names.
     *
     * @throws Problem if there is none of this name
     */
    public static ReadyMade named(String source) {
        String name = source.substring(PREFIX.length());
        List<String> names = ALL.stream().map(ReadyMade::name).toList();
        int index = names.indexOf(name);
        if (index >= 0) return ALL.get(index);
        throw new Problem(
                "There is no ready-made set \"" + name + "\"; there are " + String.join(", ", names) + ".",
                "source " + source,
                Nearest.suggestion(name, names));
    }

    /**
     * Returns the shape that all pictures of the sources have, where the first one is ready-made.
     *
     * @throws Problem if a name is unknown
     */
    public static Optional<Preparation> shape(List<String> sources) {
        return sources.stream()
                .filter(ReadyMade::isNamed)
                .map(source -> named(source).shape())
                .findFirst();
    }

    /**
     * Returns what an import reads, in the order in which it was named; what is not on this machine is fetched or made.
     *
     * @param sources as on a command line: paths, and ready-made sets
     * @param made    the folder for what Fovea makes itself
     * @throws Problem if a set cannot be had
     */
    public static List<Source> sources(List<String> sources, Path made, DownloadListener listener) {
        return sources.stream()
                .flatMap(source -> isNamed(source)
                        ? named(source).files().provide(local(), made, listener).stream()
                        : Stream.of(Source.parse(source)))
                .collect(Collectors.toList());
    }

    /** Returns whether an import would fetch nothing. */
    public boolean isHere(Map<String, String> environment, Path home) {
        return files.isHere(LocalData.of(Optional.empty(), environment, home));
    }

    private static LocalData local() {
        return LocalData.of(Optional.empty(), System.getenv(), Path.of(System.getProperty("user.home")));
    }
}
