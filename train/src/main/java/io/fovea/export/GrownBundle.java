package io.fovea.export;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.bundle.Reference;
import io.fovea.bundle.References;
import io.fovea.bundle.Sizes;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Node;
import io.fovea.onnx.NeighbourLayer;
import io.fovea.onnx.OnnxReferences;
import io.fovea.predict.Classifier;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.ModelOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle that decides by neighbours, and can be given further classes without training: their pictures' codes become references.
 *
 * <p>Kernels and projection stay as they are, so pictures of the old classes keep their codes; a picture near the new references may
 * change its class.
 */
public final class GrownBundle {

    private static final PredictionOptions QUIET =
            PredictionOptions.DEFAULT.withThreads(1).withVerification(Verification.SKIP);

    private final Bundle bundle;
    private final OnnxReferences references;
    private final String where;

    /**
     * Looks at a bundle.
     *
     * @param where what problems name
     * @throws Problem if it does not decide by neighbours
     */
    public GrownBundle(Bundle bundle, String where) {
        this.bundle = bundle;
        this.references = OnnxReferences.read(bundle.onnx(), where);
        this.where = where;
    }

    /** Returns how many neighbours vote. */
    public int k() {
        return references.search().k();
    }

    /** Returns K. */
    public int classes() {
        return bundle.manifest().task().names().size();
    }

    /** Returns D, the length of a code. */
    public int size() {
        return references.size();
    }

    /** Returns the codes of the references, [R, D]. */
    public float[] codes() {
        return references.search().references();
    }

    /** Returns the class indices of the references, [R]. */
    public int[] labels() {
        float[] labels = references.search().labels();
        int[] whole = new int[labels.length];
        for (int i = 0; i < whole.length; i++) whole[i] = (int) labels[i];
        return whole;
    }

    /**
     * A class that is to be added.
     *
     * @param name       its name
     * @param codes      [M, D] its references
     * @param references what they look like
     * @param examples   prepared pictures of the class, of which the first clear one becomes golden
     * @param sources    the names of the examples
     * @param note       how it was made, for the provenance
     * @param measured   on the bundle with it; what was measured before says so
     * @param dataset    one of all its classes, if there is one now
     */
    public record Addition(
            String name,
            float[] codes,
            ReferencePictures references,
            List<Pixels> examples,
            List<String> sources,
            String note,
            List<Measurement> measured,
            Optional<DatasetIdentity> dataset) {

        /** Copies the lists; the codes are shared. */
        public Addition {
            examples = List.copyOf(examples);
            sources = List.copyOf(sources);
            measured = List.copyOf(measured);
        }
    }

    /**
     * Which dataset a model knows its classes from.
     *
     * @param name of the dataset
     * @param hash of its content
     */
    public record DatasetIdentity(String name, String hash) {}

    /**
     * Checks that a class of that name can be added.
     *
     * @throws Problem if there is one already, or the name is blank
     */
    public void checkName(String name) {
        if (name.isBlank() || name.lines().count() != 1) {
            throw new Problem(
                    "A class needs a name of one line, found \"" + name + "\".",
                    "--add-class",
                    "give a name such as \"eleven\"");
        }
        Optional<String> same = bundle.manifest().task().names().stream()
                .filter(each -> each.equalsIgnoreCase(name))
                .findFirst();
        if (same.isEmpty()) return;
        throw new Problem(
                "The model already has a class \"" + same.get() + "\".",
                where,
                "give the new class a name that is not among: "
                        + String.join(", ", bundle.manifest().task().names()));
    }

    /**
     * Returns the bundle with a class more; nothing is written.
     *
     * @throws Problem if the name cannot be taken, or the pictures of the old references cannot be read
     */
    public Bundle with(Addition addition) {
        checkName(addition.name());
        List<String> classNames = new ArrayList<>(bundle.manifest().task().names());
        classNames.add(addition.name());
        byte[] onnx = references.with(addition.codes(), classNames);
        Map<String, byte[]> others = shown(addition, classNames);
        grownNetwork(addition, classNames.size()).ifPresent(text -> others.put(Bundle.NETWORK, text));
        Manifest bare = manifest(addition, classNames, List.of());
        try (Classifier classifier = Classifier.of(Bundle.of(bare, onnx, Map.of(), Map.of()), QUIET)) {
            NeighbourLayer search = OnnxReferences.read(onnx, where).search();
            Map<String, byte[]> files = new LinkedHashMap<>();
            List<GoldenPicture> golden = new ArrayList<>();
            for (GoldenPicture old : bundle.manifest().golden()) {
                byte[] content = bundle.golden(old);
                Neighbourhood found = classifier.neighbours(content, old.file());
                if (search.firmness(found.code()) < 1) continue;
                add(golden, files, old.source(), content, old.label(), found, bare.preprocessing());
            }
            addNew(addition, classifier, search, golden, files, classNames.size() - 1);
            return Bundle.of(manifest(addition, classNames, golden), onnx, files, others);
        }
    }

    /** Adds the first picture of the new class that is clear, and recognised if any is. */
    private void addNew(
            Addition addition,
            Classifier classifier,
            NeighbourLayer search,
            List<GoldenPicture> golden,
            Map<String, byte[]> files,
            int label) {
        Preprocessing preprocessing = bundle.manifest().preprocessing();
        for (int i = 0; i < addition.examples().size(); i++) {
            Pixels picture = addition.examples().get(i);
            Neighbourhood found =
                    classifier.neighboursOfPrepared(List.of(picture)).getFirst();
            if (search.firmness(found.code()) < 1 || found.prediction().best().label() != label) continue;
            byte[] content = PngWriter.bytes(GoldenFile.bordered(picture, preprocessing));
            add(golden, files, addition.sources().get(i), content, label, found, preprocessing);
            return;
        }
    }

    private static void add(
            List<GoldenPicture> golden,
            Map<String, byte[]> files,
            String source,
            byte[] content,
            int label,
            Neighbourhood found,
            Preprocessing preprocessing) {
        String entry =
                String.format(Locale.ROOT, "%s%02d.%s", Bundle.GOLDEN, golden.size(), BundleExport.extension(content));
        files.put(entry, content);
        golden.add(GoldenPicture.replayed(
                entry, source, content, label, found.prediction().logits(), preprocessing));
    }

    /** Returns the description of the network with further references and one more output, if the bundle carries its own. */
    private Optional<byte[]> grownNetwork(Addition addition, int classes) {
        return bundle.network().map(text -> {
            Network before = NetworkYaml.read(text, where + ", entry \"" + Bundle.NETWORK + "\"");
            int count = references.search().count() + addition.codes().length / size();
            List<Node> nodes = new ArrayList<>(before.nodes());
            nodes.replaceAll(node -> node.layer() instanceof Layer.NearestNeighbours
                    ? new Node(node.name(), new Layer.NearestNeighbours(k(), count, classes), node.inputs())
                    : node);
            return NetworkYaml.write(new Network(before.name(), before.input(), nodes))
                    .getBytes(StandardCharsets.UTF_8);
        });
    }

    /** Returns the entries of all references, if the bundle shows its own. */
    private Map<String, byte[]> shown(Addition addition, List<String> classNames) {
        Optional<References> own = bundle.references();
        if (own.isEmpty()) return new LinkedHashMap<>();
        References before = own.get();
        int count = before.all().size();
        List<Reference> table = new ArrayList<>(before.all());
        for (int i = 0; i < addition.references().count(); i++) {
            table.add(new Reference(
                    count + i,
                    classNames.size() - 1,
                    addition.name(),
                    addition.references().sources().apply(i)));
        }
        return References.entries(
                table,
                position -> position < count
                        ? before.picture(position)
                        : addition.references().pictures().apply(position - count),
                bundle.manifest().preprocessing());
    }

    private Manifest manifest(Addition addition, List<String> classNames, List<GoldenPicture> golden) {
        Manifest old = bundle.manifest();
        List<Measurement> measurements = new ArrayList<>();
        for (Measurement each : old.measurements()) {
            measurements.add(each.on(each.on() + ", before \"" + addition.name() + "\" was added"));
        }
        measurements.addAll(addition.measured());
        Provenance from = old.provenance();
        Map<String, String> settings = new LinkedHashMap<>(from.settings());
        settings.put("class." + classNames.size(), addition.note());
        Provenance provenance = new Provenance(
                from.network(),
                addition.dataset().map(DatasetIdentity::name).orElse(from.dataset()),
                addition.dataset().map(DatasetIdentity::hash).orElse(from.datasetHash()),
                settings,
                from.seed(),
                from.foveaVersion(),
                from.created());
        return new Manifest(
                Manifest.FORMAT_VERSION,
                old.name(),
                new Classification(classNames),
                old.preprocessing(),
                outputs(old, classNames),
                new Sizes(old.sizes().parameters(), old.sizes().multiplyAccumulates() + addition.codes().length),
                measurements,
                provenance,
                old.tolerance(),
                golden,
                Optional.empty(), // its threshold was chosen without the new class
                List.of());
    }

    /** Returns the outputs of a manifest whose answer is as long as there are classes now. */
    private static List<ModelOutput> outputs(Manifest old, List<String> classNames) {
        List<ModelOutput> outputs = new ArrayList<>(new Classification(classNames).outputs(List.of(classNames.size())));
        old.outputs().stream()
                .filter(output -> outputs.stream().noneMatch(each -> each.name().equals(output.name())))
                .toList()
                .forEach(outputs::add);
        return outputs;
    }
}
