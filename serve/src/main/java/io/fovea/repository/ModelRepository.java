package io.fovea.repository;

import io.fovea.batching.Caller;
import io.fovea.batching.Rejection;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * All models that are served. Threads share it.
 *
 * <p>It looks at its folders now and then: what is new there is loaded beside what answers, and takes its place once it has proven itself.
 */
public final class ModelRepository implements AutoCloseable {

    private final ModelFolders folders;
    private final RepositorySettings settings;
    private final Decoding decoding;
    private final Map<String, Tuning> tunings = new ConcurrentHashMap<>();
    private final NavigableMap<String, ModelShelf> shelves = new ConcurrentSkipListMap<>();
    private final Map<String, Set<Long>> held = new ConcurrentHashMap<>();
    private final List<AnswerListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Thread> background = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Problem> unreadable = Optional.empty();

    private ModelRepository(List<Path> sources, RepositorySettings settings) {
        this.folders = new ModelFolders(sources);
        this.settings = settings;
        this.decoding = new Decoding(settings);
    }

    /**
     * Loads the newest version of each model.
     *
     * @param sources model files, and folders of them
     * @param look    how often the folders are looked at; zero for never again
     * @throws Problem if a source cannot be read or holds no model, or no version of some model proves itself
     */
    public static ModelRepository open(List<Path> sources, RepositorySettings settings, Duration look) {
        return open(sources, settings, look, Optional.empty(), () -> false);
    }

    /**
     * Loads the newest version of each model, and serves it in the way that was measured to answer most within a latency.
     *
     * @param latency that 99 of 100 answers may take at most, without HTTP or gRPC; empty: as the settings say
     * @param isOver  whether nobody waits for the models any more; asked while it is measured, again and again
     * @throws Problem               as {@link #open(List, RepositorySettings, Duration)}, and if no way keeps within the latency
     * @throws CancellationException if it was over before all was measured
     */
    public static ModelRepository open(
            List<Path> sources,
            RepositorySettings settings,
            Duration look,
            Optional<Duration> latency,
            BooleanSupplier isOver) {
        ModelRepository repository = new ModelRepository(sources, settings);
        try {
            latency.ifPresent(within -> repository.tune(within, isOver));
            repository.look();
            if (repository.shelves.isEmpty())
                throw new Problem(
                        "There are no models to serve.",
                        sources.toString(),
                        "name model files (.fovea), or a folder with files NAME.fovea or NAME/1/NAME.fovea");
            for (VersionStatus each : repository.versions())
                if (each.problem().isPresent()
                        && repository.shelves.get(each.name()).serving().isEmpty())
                    throw each.problem().get();
        } catch (RuntimeException failure) {
            repository.close();
            throw failure;
        }
        if (!look.isZero()) Thread.ofVirtual().name("looks for models").start(() -> repository.watch(look));
        return repository;
    }

    /** Measures before anything is served: models that come later are served as the settings say, as measuring would slow the others. */
    private void tune(Duration latency, BooleanSupplier isOver) {
        folders.find().forEach((name, versions) -> versions.descendingMap().values().stream()
                .filter(this::provesItself) // of the others it is told why when they are loaded
                .findFirst()
                .ifPresent(newest -> tunings.put(name, new Tuner(newest, settings, isOver).tuned(latency))));
    }

    private boolean provesItself(FoundVersion version) {
        try {
            LoadedModel.load(version, settings, new Decoding(settings)).close();
            return true;
        } catch (Problem damaged) {
            return false;
        }
    }

    private RepositorySettings settings(String name) {
        Tuning tuning = tunings.get(name);
        if (tuning == null) return settings;
        Tuning.Trial chosen = tuning.chosen();
        return settings.withQueue(settings.places(), chosen.batch(), chosen.workers())
                .withThreads(chosen.threads());
    }

    /** Returns how models were tuned when they were loaded first, by name. */
    public Map<String, Tuning> tunings() {
        return new TreeMap<>(tunings);
    }

    private void watch(Duration look) {
        try {
            while (!ended.await(look.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                    unreadable = Optional.empty();
                } catch (Problem problem) {
                    unreadable = Optional.of(problem); // what is loaded goes on answering
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Looks at the folders, and loads or puts away what changed there.
     *
     * @throws Problem if they cannot be read; nothing is changed then
     */
    public synchronized void look() {
        Map<String, NavigableMap<Long, FoundVersion>> found = folders.find();
        for (String name : found.keySet())
            shelves.computeIfAbsent(
                    name,
                    _ -> new ModelShelf(
                            name, settings(name), decoding, this::inBackground, held.getOrDefault(name, Set.of())));
        for (Map.Entry<String, ModelShelf> each : shelves.entrySet())
            each.getValue().refresh(found.getOrDefault(each.getKey(), new TreeMap<>()));
        shelves.entrySet().removeIf(each -> !found.containsKey(each.getKey()));
    }

    private void inBackground(Runnable work) {
        background.removeIf(thread -> !thread.isAlive());
        background.add(Thread.ofPlatform().name("puts a model away").start(work));
    }

    /** Returns why the folders cannot be read at present; empty while they can. */
    public Optional<Problem> unreadable() {
        return unreadable;
    }

    /** Returns the names of all models. */
    public Set<String> names() {
        return shelves.keySet();
    }

    /** Returns how all versions of all models stand, by name and number. */
    public List<VersionStatus> versions() {
        List<VersionStatus> versions = new ArrayList<>();
        shelves.values().forEach(shelf -> versions.addAll(shelf.versions()));
        return versions;
    }

    /**
     * Returns how the versions of a model stand.
     *
     * @throws ModelAbsence if there is none of that name
     */
    public List<VersionStatus> versions(String name) {
        return shelf(name).versions();
    }

    /** Returns the versions that answer, those that are held beside others too. */
    public List<LoadedModel> serving() {
        return shelves.values().stream()
                .flatMap(shelf -> shelf.loaded().stream())
                .toList();
    }

    /** Returns whether every model has a version that answers. */
    public boolean isReady() {
        return shelves.values().stream().allMatch(shelf -> shelf.serving().isPresent());
    }

    /**
     * Returns the version of a model that answers.
     *
     * @param version that is wanted; empty for whichever answers
     * @throws ModelAbsence if there is no such model, or it does not answer, or another version does
     */
    public LoadedModel model(String name, Optional<Long> version) {
        ModelShelf shelf = shelf(name);
        Optional<LoadedModel> held = version.flatMap(shelf::loaded);
        if (held.isPresent()) return held.get();
        LoadedModel serving = shelf.serving().orElseThrow(() -> unavailable(shelf, name));
        version.filter(wanted -> wanted != serving.version()).ifPresent(wanted -> {
            boolean isThere = shelf.versions().stream().anyMatch(each -> each.version() == wanted);
            throw new ModelAbsence(
                    isThere ? ModelAbsence.Kind.UNAVAILABLE : ModelAbsence.Kind.UNKNOWN,
                    new Problem(
                            "Version " + wanted + " of the model \"" + name + "\" "
                                    + (isThere ? "is not loaded." : "does not exist."),
                            "model \"" + name + "\"",
                            "version " + serving.version() + " answers; leave the version out"
                                    + (isThere ? ", or load the other one" : "")));
        });
        return serving;
    }

    /**
     * Takes a place for a request at a model. A version that is put away meanwhile is passed over for the next.
     *
     * @param pictures how many it is about
     * @param deadline of {@link System#nanoTime}
     * @throws ModelAbsence as {@link #model}
     * @throws Rejection if there is no place
     */
    public ModelCall call(String name, Optional<Long> version, int pictures, Caller caller, long deadline) {
        while (true) {
            LoadedModel model = model(name, version);
            try {
                return model.call(pictures, caller, deadline, listeners);
            } catch (Rejection rejection) {
                boolean wasReplaced = rejection.reason() == Rejection.Reason.CLOSED
                        && !shelf(name).loaded().contains(model);
                if (!wasReplaced) throw rejection;
            }
        }
    }

    /**
     * Loads a version, or the newest, and lets it answer.
     *
     * @param version that answers from now on, whatever is newer; empty for the newest, now and later
     * @throws ModelAbsence if there is none
     * @throws Problem if it does not prove itself; the one before goes on answering
     */
    public void load(String name, Optional<Long> version) {
        look();
        shelf(name).load(version);
    }

    /**
     * Lets a model answer no more until it is loaded again.
     *
     * @throws ModelAbsence if there is none of that name
     */
    public void unload(String name) {
        shelf(name).unload();
    }

    /**
     * Keeps versions of a model loaded beside the one that answers, so that they answer whoever names them; no others from now on.
     *
     * @throws ModelAbsence if there is no such model or version
     * @throws Problem if one does not prove itself; those before are held on
     */
    public void hold(String name, Set<Long> versions) {
        shelf(name).hold(versions);
        held.put(name, Set.copyOf(versions));
    }

    /** Lets a listener hear of all answers from now on. */
    public void onAnswer(AnswerListener listener) {
        listeners.add(listener);
    }

    private ModelShelf shelf(String name) {
        ModelShelf shelf = shelves.get(name);
        if (shelf != null) return shelf;
        throw new ModelAbsence(
                ModelAbsence.Kind.UNKNOWN,
                new Problem(
                        "There is no model \"" + name + "\".",
                        "the address of the request",
                        shelves.isEmpty() ? "no models are served" : Nearest.suggestion(name, names())));
    }

    private static ModelAbsence unavailable(ModelShelf shelf, String name) {
        Optional<Problem> failure = shelf.versions().reversed().stream()
                .flatMap(each -> each.problem().stream())
                .findFirst();
        return new ModelAbsence(
                ModelAbsence.Kind.UNAVAILABLE,
                failure.orElseGet(() -> new Problem(
                        "The model \"" + name + "\" was unloaded.", "model \"" + name + "\"", "load it again")));
    }

    /** Answers what has a place already, and frees all models. */
    @Override
    public void close() {
        ended.countDown();
        synchronized (this) {
            shelves.values().forEach(ModelShelf::unload);
        }
        for (Thread thread : background) {
            try {
                thread.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
