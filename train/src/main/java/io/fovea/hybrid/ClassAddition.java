package io.fovea.hybrid;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.export.GrownBundle;
import io.fovea.export.ReferencePictures;
import io.fovea.image.PictureDecoder;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.kernel.NeighbourSearch;
import io.fovea.network.Layer;
import io.fovea.predict.Classifier;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.tensor.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Teaches a hybrid one more class from a folder of pictures, without training and without the pictures that it was made from: their
 * codes become references beside the others.
 *
 * <p>The class gets as many references as the others have in the middle; where there are fewer pictures, each of them is one, and where
 * there are more, {@link Prototypes} stand for them. Kernels and projection were not made to tell the new class apart, so the report
 * says how many of its pictures are recognised while they are left out, and which golden pictures of old classes keep theirs.
 *
 * @param model  the bundle
 * @param name   of the new class
 * @param folder of its pictures, which lie in it directly
 * @param target where the grown bundle goes; may be {@code model}, which is replaced as a whole
 * @param seed   of the prototypes
 */
public record ClassAddition(Path model, String name, Path folder, Path target, long seed) {

    private static final int FOLDS = 10;

    /** Checks that nothing is missing. */
    public ClassAddition {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(target, "target");
    }

    /**
     * What was added.
     *
     * @param bundle     what was written
     * @param bytes      its size
     * @param pictures   of the new class
     * @param references that stand for them
     * @param recognised how many of the pictures get the new class while they are left out: each by itself where every picture is a
     *                   reference, a tenth at a time where prototypes stand for them
     * @param golden     golden pictures of the model before
     * @param goldenKept how many of them get the class that they got before
     * @param broken     pictures that could not be read, and were left out
     */
    public record Report(
            Path bundle,
            long bytes,
            int pictures,
            int references,
            int recognised,
            int golden,
            int goldenKept,
            List<Problem> broken) {

        /** Copies. */
        public Report {
            broken = List.copyOf(broken);
        }
    }

    private record Picture(String source, Pixels prepared) {}

    private record Chosen(float[] codes, int[] pictures) {}

    /**
     * Adds the class and writes the bundle.
     *
     * @throws Problem if the model does not decide by neighbours or has the class already, or the folder holds no readable picture
     */
    public Report run(Workers workers) {
        Bundle bundle = Bundle.open(model);
        GrownBundle before = new GrownBundle(bundle, model.toString());
        before.checkName(name);
        List<Problem> broken = new ArrayList<>();
        List<Picture> pictures = pictures(bundle.manifest().preprocessing(), broken);
        float[] codes = codes(bundle, pictures, before.size());
        int most =
                usualReferences(before.labels(), bundle.manifest().classNames().size());
        Chosen chosen = chosen(codes, before.size(), most, workers);
        int recognised = recognised(before, codes, most, workers);
        ReferencePictures shown = new ReferencePictures(
                chosen.pictures().length,
                position -> pictures.get(chosen.pictures()[position]).prepared(),
                position -> pictures.get(chosen.pictures()[position]).source());
        GrownBundle.Growth growth = before.with(new GrownBundle.Addition(
                name,
                chosen.codes(),
                shown,
                pictures.stream().map(Picture::prepared).toList(),
                pictures.stream().map(Picture::source).toList(),
                name + ": " + pictures.size() + " pictures, " + chosen.pictures().length + " references, seed " + seed,
                recognised,
                pictures.size()));
        Classifier.of(growth.bundle(), PredictionOptions.DEFAULT.withThreads(1)).close(); // replays its golden pictures
        BundleWriter.write(growth.bundle(), target);
        return new Report(
                target,
                size(target),
                pictures.size(),
                chosen.pictures().length,
                recognised,
                growth.golden(),
                growth.goldenKept(),
                broken);
    }

    private List<Picture> pictures(Preprocessing preprocessing, List<Problem> broken) {
        List<Picture> pictures = new ArrayList<>();
        for (Path file : files()) {
            try {
                Pixels picture = PictureDecoder.decode(file, preprocessing.colorMode());
                String source = folder.getFileName() + "/" + file.getFileName();
                pictures.add(new Picture(source, preprocessing.prepare(picture)));
            } catch (Problem unreadable) {
                broken.add(unreadable);
            }
        }
        if (!pictures.isEmpty()) return pictures;
        throw new Problem(
                broken.isEmpty()
                        ? "The folder for the class \"" + name + "\" holds no pictures."
                        : "None of the " + broken.size() + " files for the class \"" + name
                                + "\" is a readable picture; of the first: "
                                + broken.getFirst().what(),
                folder.toString(),
                "name a folder that holds pictures of the class, such as JPEG or PNG files");
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            throw new Problem(
                    (Files.exists(folder) ? "Expected a folder of pictures, found a file: \"" : "There is no folder \"")
                            + folder + "\".",
                    folder.toAbsolutePath().normalize().toString(),
                    "name a folder that holds pictures of the class");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new Problem(
                    "The folder cannot be read: " + failure.getMessage() + ".",
                    folder.toString(),
                    "check that you may read it",
                    failure);
        }
    }

    private static float[] codes(Bundle bundle, List<Picture> pictures, int size) {
        PredictionOptions options = PredictionOptions.DEFAULT.withVerification(Verification.REPLAY);
        try (Classifier classifier = Classifier.of(bundle, options)) {
            List<Neighbourhood> found = classifier.neighboursOfPrepared(
                    pictures.stream().map(Picture::prepared).toList());
            float[] codes = new float[found.size() * size];
            for (int n = 0; n < found.size(); n++) System.arraycopy(found.get(n).code(), 0, codes, n * size, size);
            return codes;
        }
    }

    /** Returns how many references the class in the middle has, when classes are ordered by it. */
    private static int usualReferences(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) counts[label]++;
        Arrays.sort(counts);
        return Math.max(1, counts[classes / 2]);
    }

    /** Returns every code, or prototypes if there are more than {@code most}. */
    private Chosen chosen(float[] codes, int size, int most, Workers workers) {
        int count = codes.length / size;
        if (count <= most) return new Chosen(codes, IntStream.range(0, count).toArray());
        Prototypes prototypes = Prototypes.of(codes, size, new int[count], List.of(name), most, seed, workers);
        return new Chosen(prototypes.codes(), prototypes.pictures());
    }

    private int recognised(GrownBundle before, float[] codes, int most, Workers workers) {
        int size = before.size();
        int count = codes.length / size;
        if (count <= most) return recognisedAlone(before, codes, workers);
        int recognised = 0;
        for (int f = 0; f < FOLDS; f++) {
            int fold = f;
            float[] out = rows(
                    codes,
                    size,
                    IntStream.range(0, count).filter(n -> n % FOLDS == fold).toArray());
            float[] in = rows(
                    codes,
                    size,
                    IntStream.range(0, count).filter(n -> n % FOLDS != fold).toArray());
            Chosen chosen = chosen(in, size, most, workers);
            Votes votes = new Votes(before, chosen.codes());
            int[] nearest = votes.nearest(out, before.k(), workers);
            for (int n = 0; n < out.length / size; n++) {
                int[] ranked = Arrays.copyOfRange(nearest, n * votes.k(), (n + 1) * votes.k());
                if (votes.areForTheNewClass(ranked)) recognised++;
            }
        }
        return recognised;
    }

    /** Each picture is searched among all but itself. */
    private static int recognisedAlone(GrownBundle before, float[] codes, Workers workers) {
        Votes votes = new Votes(before, codes);
        int own = before.labels().length;
        int wanted = Math.min(before.k() + 1, own + codes.length / before.size());
        int[] nearest = votes.nearest(codes, wanted, workers);
        int recognised = 0;
        for (int n = 0; n < codes.length / before.size(); n++) {
            int self = own + n;
            int[] ranked = Arrays.stream(nearest, n * wanted, (n + 1) * wanted)
                    .filter(position -> position != self)
                    .limit(before.k())
                    .toArray();
            if (votes.areForTheNewClass(ranked)) recognised++;
        }
        return recognised;
    }

    private static float[] rows(float[] codes, int size, int[] places) {
        float[] rows = new float[places.length * size];
        for (int i = 0; i < places.length; i++) System.arraycopy(codes, places[i] * size, rows, i * size, size);
        return rows;
    }

    /** The references with new ones behind them. */
    private static final class Votes {

        private final NeighbourSearch search;
        private final int[] labels;
        private final int newLabel;
        private final int k;
        private final Layer.NearestNeighbours layer;

        Votes(GrownBundle before, float[] codes) {
            float[] all = Arrays.copyOf(before.codes(), before.codes().length + codes.length);
            System.arraycopy(codes, 0, all, before.codes().length, codes.length);
            search = new NeighbourSearch(all, before.size());
            labels = before.labels();
            newLabel = before.classes();
            k = before.k();
            layer = new Layer.NearestNeighbours(k, Math.max(k, labels.length), newLabel + 1);
        }

        int k() {
            return k;
        }

        int[] nearest(float[] codes, int wanted, Workers workers) {
            return search.nearest(codes, wanted, workers).positions();
        }

        /** Returns whether the new class gets most votes by the rule of the layer. */
        boolean areForTheNewClass(int[] ranked) {
            float[] logits = layer.logits(Arrays.stream(ranked)
                    .map(position -> position < labels.length ? labels[position] : newLabel)
                    .toArray());
            return IntStream.range(0, newLabel).allMatch(label -> logits[label] < logits[newLabel]);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }
}
