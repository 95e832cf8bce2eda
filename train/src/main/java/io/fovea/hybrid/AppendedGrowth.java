package io.fovea.hybrid;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.Measurement;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.PreparedPicture;
import io.fovea.export.GrownBundle;
import io.fovea.export.ReferencePictures;
import io.fovea.predict.Classifier;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import io.fovea.statistic.Prototypes;
import io.fovea.thread.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model to which references of new classes are added while all else stays: the only way where the codes do not come from a projection that could be fitted
 * anew, or where the pictures for that are gone.
 *
 * <p>A class gets as many references as the others have in the middle; where there are fewer pictures, each of them is one, and where there are more,
 * {@link Prototypes} stand for them.
 */
final class AppendedGrowth implements EngineGrowth {

    private static final PredictionOptions QUIET = PredictionOptions.DEFAULT.withVerification(Verification.SKIP);

    private record Chosen(float[] codes, int[] pictures) {}

    private final GrowthPictures pictures;
    private final Bundle before;
    private final Path datasetFolder;
    private final String where;
    private final long seed;
    private final Workers workers;
    private final List<Chosen> chosen;
    private final Bundle grown;

    AppendedGrowth(
            Bundle before, GrowthPictures pictures, Path datasetFolder, String where, long seed, Workers workers) {
        this.before = before;
        this.pictures = pictures;
        this.datasetFolder = datasetFolder;
        this.where = where;
        this.seed = seed;
        this.workers = workers;
        this.chosen = chosen(new GrownBundle(before, where));
        this.grown = with(List.of(), Optional.empty());
    }

    private List<Chosen> chosen(GrownBundle model) {
        int most = usualReferences(model.labels(), model.classes());
        List<Chosen> all = new ArrayList<>();
        try (Classifier classifier = Classifier.of(before, QUIET)) {
            for (NewClass each : pictures.classes()) {
                List<PreparedPicture> own = pictures.learned(each);
                List<Neighbourhood> found = classifier.neighboursOfPrepared(
                        own.stream().map(PreparedPicture::pixels).toList());
                float[] codes = new float[found.size() * model.size()];
                for (int n = 0; n < found.size(); n++)
                    System.arraycopy(found.get(n).code(), 0, codes, n * model.size(), model.size());
                all.add(chosen(each, codes, model.size(), most));
            }
        }
        return all;
    }

    private Chosen chosen(NewClass of, float[] codes, int size, int most) {
        int count = codes.length / size;
        if (count <= most) return new Chosen(codes, IntStream.range(0, count).toArray());
        Prototypes prototypes = Prototypes.of(codes, size, new int[count], List.of(of.name()), most, seed, workers);
        return new Chosen(prototypes.codes(), prototypes.pictures());
    }

    /** Returns how many references the class in the middle has, when classes are ordered by it. */
    private static int usualReferences(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) counts[label]++;
        Arrays.sort(counts);
        return Math.max(1, counts[classes / 2]);
    }

    /** Returns the bundle; measurements stand in it when they are known. */
    private Bundle with(List<Measurement> measurements, Optional<GrownBundle.DatasetIdentity> dataset) {
        Bundle bundle = before;
        for (int c = 0; c < chosen.size(); c++) {
            boolean last = c == chosen.size() - 1;
            bundle = new GrownBundle(bundle, where)
                    .with(addition(c, last ? measurements : List.of(), last ? dataset : Optional.empty()));
        }
        return bundle;
    }

    private GrownBundle.Addition addition(
            int c, List<Measurement> measurements, Optional<GrownBundle.DatasetIdentity> dataset) {
        NewClass added = pictures.classes().get(c);
        List<PreparedPicture> own = pictures.learned(added);
        int[] shown = chosen.get(c).pictures();
        return new GrownBundle.Addition(
                added.name(),
                chosen.get(c).codes(),
                new ReferencePictures(
                        shown.length,
                        position -> own.get(shown[position]).pixels(),
                        position -> own.get(shown[position]).source()),
                own.stream().map(PreparedPicture::pixels).toList(),
                own.stream().map(PreparedPicture::source).toList(),
                added.name() + ": " + own.size() + " pictures, " + shown.length + " references, seed " + seed,
                measurements,
                dataset);
    }

    @Override
    public int[] answers() {
        try (Classifier classifier = Classifier.of(grown, QUIET)) {
            return classifier
                    .classifyPrepared(pictures.judged().stream()
                            .map(PreparedPicture::pixels)
                            .toList())
                    .stream()
                    .mapToInt(answer -> answer.best().label())
                    .toArray();
        }
    }

    @Override
    public Optional<EngineGrowth> anew() {
        return Optional.empty();
    }

    @Override
    public int heldOutRight() {
        return 0; // nothing to choose between
    }

    @Override
    public int references() {
        return new GrownBundle(grown, where).labels().length;
    }

    @Override
    public Optional<String> shortfall() {
        return Optional.ofNullable(before.manifest().provenance().settings().get("engineBytesAllowed"))
                .filter(allowed -> grown.onnx().length > Long.parseLong(allowed))
                .map(allowed -> String.format(
                        Locale.ROOT,
                        "the engine would take %,d bytes and not the %,d that it was allowed",
                        grown.onnx().length,
                        Long.parseLong(allowed)));
    }

    @Override
    public Written write(Path target, List<Measurement> measurements) {
        boolean known = pictures.old().source() == OldPictures.Source.DATASET;
        Optional<GrownBundle.DatasetIdentity> dataset = known ? Optional.of(writtenDataset()) : Optional.empty();
        Bundle bundle = with(measurements, dataset);
        Classifier.of(bundle, PredictionOptions.DEFAULT.withThreads(1)).close(); // replays its golden pictures
        BundleWriter.write(bundle, target);
        return new Written(bundle.onnx().length, dataset.map(GrownBundle.DatasetIdentity::name));
    }

    private GrownBundle.DatasetIdentity writtenDataset() {
        pictures.write(before.manifest().preprocessing(), datasetFolder, seed);
        try (Dataset dataset = Dataset.open(datasetFolder)) {
            return new GrownBundle.DatasetIdentity(dataset.name(), dataset.contentHash());
        }
    }
}
