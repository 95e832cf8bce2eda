package io.fovea.dataset;

import io.fovea.image.Pixels;
import io.fovea.image.Target;
import io.fovea.problem.Problem;
import io.fovea.task.Reconstruction;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

/**
 * A complete dataset on disk, opened for reading; threads may share it.
 *
 * <p>Pictures are numbered 0, 1, 2 … within their split, in the order of the sources.
 */
public final class Dataset implements AutoCloseable {

    /** What a source is for, before its path. */
    private static final Pattern ROLE = Pattern.compile("^(train|val|test|classes|pictures)=");

    private final Path folder;
    private final StoreManifest manifest;
    private final DatasetStatistics statistics;
    private final StoreReader store;
    private final AtomicReferenceArray<HeldPictures> held = new AtomicReferenceArray<>(Split.values().length);
    private final AtomicReferenceArray<HeldPictures> heldMasks = new AtomicReferenceArray<>(Split.values().length);
    private final Optional<View> view;
    private final Optional<Task> asked;

    /** What a view chooses of the whole dataset. */
    private record View(Dataset whole, DatasetSelection selection) {}

    private Dataset(Path folder, StoreManifest manifest, StoreReader store, Optional<View> view, Optional<Task> asked) {
        this.folder = folder;
        this.manifest = manifest;
        this.store = store;
        this.view = view;
        this.asked = asked;
        this.statistics = new DatasetStatistics(
                manifest.counts(),
                manifest.pixels(),
                manifest.preparation(),
                store.meanPicture(),
                manifest.mean(),
                manifest.std());
    }

    /**
     * Opens a dataset.
     *
     * @param folder the folder that an import made
     * @throws Problem if there is none, or it is incomplete or damaged
     */
    public static Dataset open(Path folder) {
        StoreManifest manifest = StoreManifest.read(folder);
        return new Dataset(folder, manifest, StoreReader.open(folder, manifest), Optional.empty(), Optional.empty());
    }

    /**
     * Returns a view on this dataset with other training and validation pictures, in the place of those it has. Mean and deviation stay
     * those of the whole dataset's training pictures. Closing the view closes nothing.
     */
    public Dataset select(DatasetSelection selection) {
        if (view.isPresent()) throw new IllegalStateException("A view cannot be chosen from a view");
        return new Dataset(folder, manifest, store, Optional.of(new View(this, selection)), asked);
    }

    /**
     * Returns a view on this dataset whose models answer with the pictures themselves, whatever truth the pictures have. Closing the view closes
     * nothing.
     */
    public Dataset forReconstruction() {
        return new Dataset(folder, manifest, store, view, Optional.of(new Reconstruction()));
    }

    /** Returns the name that the import gave it. */
    public String name() {
        return manifest.name();
    }

    /** Returns the folder that it lies in. */
    public Path folder() {
        return folder;
    }

    /** Returns the class names, by label; none in a regression. */
    public List<String> classNames() {
        return manifest.classNames();
    }

    /** Returns the numbers that every picture has in a regression, in their order; none in a classification. */
    public List<Target> targets() {
        return manifest.targets();
    }

    /** Returns what a model of the dataset answers. */
    public Task task() {
        return asked.orElseGet(manifest::task);
    }

    /** Returns whether every picture has a class for each of its pixels instead of one for all. */
    public boolean hasMasks() {
        return manifest.hasMasks();
    }

    /** Returns how the pictures were made alike. */
    public Preparation preparation() {
        return manifest.preparation();
    }

    /** Returns what the dataset was imported from, as it was given. */
    public List<String> sources() {
        return manifest.sources().stream()
                .map(source -> ROLE.matcher(source).replaceFirst(""))
                .toList();
    }

    /** Returns the same as an import takes them, each with its role before it where it was given for one: {@code val=photos/more}. */
    public List<String> sourcesWithRoles() {
        return manifest.sources();
    }

    /** Returns which heights and widths the pictures had before they were made alike. */
    public OriginalSizes originals() {
        return manifest.originals();
    }

    /** Returns the form that pictures have on disk. */
    public StoredForm form() {
        return manifest.form();
    }

    /** Returns the share of each class that the import was asked to take for validation, in percent. */
    public double validationPercent() {
        return manifest.validationPercent();
    }

    /** Returns the share of each class that the import was asked to take for the test, in percent. */
    public double testPercent() {
        return manifest.testPercent();
    }

    /** Returns the seed of the random split and sample. */
    public long seed() {
        return manifest.seed();
    }

    /** Returns the pictures that the import could not read; the first thousand of them, if there were more. */
    public List<BrokenPicture> broken() {
        return manifest.broken();
    }

    /** Returns how many pictures the import could not read. */
    public int brokenCount() {
        return manifest.brokenCount();
    }

    /** Returns what the import had to say about what it left out. */
    public List<String> remarks() {
        return manifest.remarks();
    }

    /** Returns the bytes that it takes on disk. */
    public long sizeInBytes() {
        return manifest.storeBytes();
    }

    /** Returns how many pictures a split has. */
    public int count(Split split) {
        if (!isChosen(split)) return store.count(split);
        DatasetSelection selection = view.orElseThrow().selection();
        return split == Split.TRAINING
                ? selection.training().size()
                : selection.validation().size();
    }

    /** Whether a split's pictures are chosen by a view. */
    private boolean isChosen(Split split) {
        return view.isPresent() && split != Split.TEST;
    }

    private Dataset whole() {
        return view.orElseThrow().whole();
    }

    private DatasetSelection.Example chosen(Split split, int index) {
        checked(split, index);
        return view.orElseThrow().selection().example(split, index);
    }

    /** Returns a picture's class, 0 … K − 1; 0 in a regression, and where pictures have masks. */
    public int label(Split split, int index) {
        if (isChosen(split)) {
            DatasetSelection.Example chosen = chosen(split, index);
            return whole().label(chosen.split(), chosen.index());
        }
        return store.label(split, checked(split, index));
    }

    /**
     * Writes a picture's T targets into {@code out} from {@code offset}: places in pixels of the prepared picture, along its edges
     * (0 … W, 0 … H; a little outside is possible), other values as they were given. Writes nothing in a classification.
     */
    public void copyTargets(Split split, int index, float[] out, int offset) {
        if (isChosen(split)) {
            DatasetSelection.Example chosen = chosen(split, index);
            whole().copyTargets(chosen.split(), chosen.index(), out, offset);
            return;
        }
        checked(split, index);
        Objects.checkFromIndexSize(offset, targets().size(), out.length);
        store.copyTargets(split, index, out, offset);
    }

    /** Returns what the values of each target are like in a split; none in a classification. */
    public List<TargetStatistics> targetStatistics(Split split) {
        int length = targets().size();
        float[] values = new float[count(split) * length];
        for (int i = 0; i < count(split); i++) copyTargets(split, i, values, i * length);
        return TargetStatistics.of(values, length);
    }

    /** Returns where a picture came from: the source's name and the picture's path or number within it. */
    public String source(Split split, int index) {
        if (isChosen(split)) {
            DatasetSelection.Example chosen = chosen(split, index);
            return whole().source(chosen.split(), chosen.index());
        }
        return store.source(split, checked(split, index));
    }

    /** Returns the SHA-256 of a picture's prepared bytes, in lower-case hex: alike pictures have alike hashes. */
    public String pictureHash(Split split, int index) {
        if (isChosen(split)) {
            DatasetSelection.Example chosen = chosen(split, index);
            return whole().pictureHash(chosen.split(), chosen.index());
        }
        return store.hash(split, checked(split, index));
    }

    /** Returns a picture. */
    public Pixels picture(Split split, int index) {
        byte[] values = new byte[preparation().sizeInBytes()];
        copyPicture(split, index, values, 0);
        return new Pixels(
                preparation().height(), preparation().width(), preparation().channels(), values);
    }

    /** Writes a picture's H·W·C bytes, in the order [H, W, C], into {@code target} from {@code offset}. */
    public void copyPicture(Split split, int index, byte[] target, int offset) {
        if (isChosen(split)) {
            DatasetSelection.Example chosen = chosen(split, index);
            whole().copyPicture(chosen.split(), chosen.index(), target, offset);
            return;
        }
        checked(split, index);
        Objects.checkFromIndexSize(offset, preparation().sizeInBytes(), target.length);
        HeldPictures pictures = held(held, split);
        if (pictures.isEmpty()) store.copyPicture(split, index, target, offset);
        else pictures.copy(index, target, offset);
    }

    /**
     * Writes a picture's mask, H·W bytes in the order [H, W], into {@code out} from {@code offset}: class indices, and {@link
     * Segmentation#UNLABELLED} where nothing is known.
     *
     * @throws IllegalStateException if the dataset has no masks
     */
    public void copyMask(Split split, int index, byte[] out, int offset) {
        if (!hasMasks()) throw new IllegalStateException("The dataset " + name() + " has no masks");
        if (isChosen(split)) {
            DatasetSelection.Example chosen = chosen(split, index);
            whole().copyMask(chosen.split(), chosen.index(), out, offset);
            return;
        }
        checked(split, index);
        Objects.checkFromIndexSize(offset, maskBytes(), out.length);
        HeldPictures masks = held(heldMasks, split);
        if (masks.isEmpty()) store.copyMask(split, index, out, offset);
        else masks.copy(index, out, offset);
    }

    private int maskBytes() {
        return preparation().height() * preparation().width();
    }

    /**
     * Loads a split decoded into memory, where {@link #copyPicture}, {@link #picture} and {@link #copyMask} then read it; does nothing if it
     * is there.
     *
     * @throws Problem if it is larger than the memory that Java may still take
     */
    public void holdInMemory(Split split) {
        if (isChosen(split)) {
            for (Split source : List.of(Split.TRAINING, Split.VALIDATION)) whole().holdInMemory(source);
            return;
        }
        if (!held(held, split).isEmpty() || count(split) == 0) return;
        HeldPictures pictures = HeldPictures.load(
                count(split),
                preparation().sizeInBytes(),
                folder,
                (index, target, offset) -> store.copyPicture(split, index, target, offset));
        if (hasMasks())
            heldMasks.set(
                    split.ordinal(),
                    HeldPictures.load(
                            count(split),
                            maskBytes(),
                            folder,
                            (index, target, offset) -> store.copyMask(split, index, target, offset)));
        held.set(split.ordinal(), pictures);
    }

    /** Holds a split in memory as {@link #holdInMemory} does if it is small beside what Java may take; else it stays on disk. */
    public void holdIfSmall(Split split) {
        if (isChosen(split)) {
            for (Split source : List.of(Split.TRAINING, Split.VALIDATION)) whole().holdIfSmall(source);
        } else if (HeldPictures.isSmall(count(split), preparation().sizeInBytes() + (hasMasks() ? maskBytes() : 0))) {
            holdInMemory(split);
        }
    }

    /** Returns counts, means and standard deviations, as the import computed them. */
    public DatasetStatistics statistics() {
        return statistics;
    }

    /**
     * Returns the SHA-256 over class names, targets, preparation and, in order, every picture's split, label, hash, target values and mask, in
     * lower-case hex. It does not depend on the dataset's name, its stored form, or the threads of the import.
     */
    public String contentHash() {
        return view.map(chosen -> ContentHash.ofView(manifest.contentHash(), chosen.selection()))
                .orElseGet(manifest::contentHash);
    }

    /**
     * Reads every picture and mask and compares them with the hashes that the import took, then all labels and targets likewise.
     *
     * @throws Problem naming the first picture that differs
     */
    public void verify() {
        for (Split split : Split.values()) {
            for (int i = 0; i < store.count(split); i++) store.verify(split, i);
        }
        String found = store.contentHash();
        if (!found.equals(contentHash()))
            throw StoreManifest.damaged(folder, "Labels or targets were changed since the import.");
    }

    /** Closes the store; pictures can no longer be read, held ones excepted. */
    @Override
    public void close() {
        if (view.isEmpty() && asked.isEmpty()) store.close();
    }

    private static HeldPictures held(AtomicReferenceArray<HeldPictures> all, Split split) {
        HeldPictures pictures = all.get(split.ordinal());
        return pictures == null ? HeldPictures.NONE : pictures;
    }

    private int checked(Split split, int index) {
        return Objects.checkIndex(index, count(split));
    }
}
