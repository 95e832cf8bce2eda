package io.fovea.repository;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The versions of one model, of which one answers: the newest that proves itself, or the one that was asked for.
 *
 * <p>Threads share it; changes are made one at a time, and none of them stops answers.
 */
final class ModelShelf {

    private final String name;
    private final RepositorySettings settings;
    private final Decoding decoding;
    private final Consumer<Runnable> background;
    private final Map<FoundVersion, Problem> failed = new ConcurrentHashMap<>();
    private volatile NavigableMap<Long, FoundVersion> found = new TreeMap<>();
    private volatile Loaded loaded = new Loaded(Optional.empty(), List.of());
    private Set<Long> held;
    private Optional<Long> pinned = Optional.empty();
    private boolean unloaded;

    /** What is loaded: the version that answers, and others that are held beside it. */
    private record Loaded(Optional<LoadedModel> serving, List<LoadedModel> beside) {

        List<LoadedModel> all() {
            List<LoadedModel> all = new ArrayList<>();
            serving.ifPresent(all::add);
            beside.stream().filter(each -> !all.contains(each)).forEach(all::add);
            return all;
        }
    }

    ModelShelf(
            String name,
            RepositorySettings settings,
            Decoding decoding,
            Consumer<Runnable> background,
            Set<Long> held) {
        this.held = held;
        this.name = name;
        this.settings = settings;
        this.decoding = decoding;
        this.background = background;
    }

    /** Returns the version that answers. */
    Optional<LoadedModel> serving() {
        return loaded.serving();
    }

    /** Returns the version of that number, if it is loaded: it answers, or is held beside the one that does. */
    Optional<LoadedModel> loaded(long version) {
        return ofVersion(version, loaded());
    }

    private static Optional<LoadedModel> ofVersion(long version, List<LoadedModel> models) {
        return models.stream().filter(model -> model.version() == version).findFirst();
    }

    /** Returns all versions that are loaded, the one that answers first. */
    List<LoadedModel> loaded() {
        return loaded.all();
    }

    /** Returns how all versions stand, the oldest first. */
    List<VersionStatus> versions() {
        List<VersionStatus> versions = new ArrayList<>();
        found.forEach((version, each) -> {
            Optional<Problem> problem = Optional.ofNullable(failed.get(each));
            VersionStatus.State state = loaded(version).isPresent()
                    ? VersionStatus.State.READY
                    : problem.isPresent() ? VersionStatus.State.FAILED : VersionStatus.State.ASIDE;
            versions.add(new VersionStatus(name, version, state, problem));
        });
        return versions;
    }

    /** Takes note of what lies on the disk now, and lets the version answer that should. */
    synchronized void refresh(NavigableMap<Long, FoundVersion> now) {
        found = now;
        failed.keySet().retainAll(now.values());
        choose();
    }

    /**
     * Lets a version answer, whatever is newer; without one, the newest, and so from now on.
     *
     * @throws ModelAbsence if there is no such version
     * @throws Problem if it does not prove itself; the one before goes on answering
     */
    synchronized void load(Optional<Long> version) {
        version.filter(wanted -> !found.containsKey(wanted)).ifPresent(wanted -> {
            throw unknown(wanted);
        });
        Optional<Long> before = pinned;
        boolean wasUnloaded = unloaded;
        FoundVersion wanted =
                version.map(found::get).or(() -> Optional.ofNullable(newest())).orElseThrow(this::nothing);
        failed.remove(wanted); // whoever asks may have mended it
        pinned = version;
        unloaded = false;
        choose();
        Problem problem = failed.get(wanted);
        if (problem == null) return;
        pinned = before;
        unloaded = wasUnloaded;
        choose();
        throw problem;
    }

    private FoundVersion newest() {
        return found.isEmpty() ? null : found.lastEntry().getValue();
    }

    private ModelAbsence nothing() {
        return new ModelAbsence(
                ModelAbsence.Kind.UNKNOWN,
                new Problem(
                        "The model \"" + name + "\" has no file any more.",
                        "model \"" + name + "\"",
                        "put a version into its folder"));
    }

    /** Lets no version answer until {@link #load}. */
    synchronized void unload() {
        unloaded = true;
        choose();
    }

    /**
     * Keeps versions loaded beside the one that answers, instead of those before.
     *
     * @throws ModelAbsence if there is no such version
     * @throws Problem if one does not prove itself; those before are held on
     */
    synchronized void hold(Set<Long> versions) {
        for (long version : versions) if (!found.containsKey(version)) throw unknown(version);
        Set<Long> before = held;
        held = Set.copyOf(versions);
        choose();
        for (long version : versions) {
            Problem problem = failed.get(found.get(version));
            if (problem == null || loaded(version).isPresent()) continue;
            held = before;
            choose();
            throw problem;
        }
    }

    private void choose() {
        List<LoadedModel> before = loaded();
        Optional<LoadedModel> serving = unloaded ? Optional.empty() : chosen(before);
        List<LoadedModel> there = new ArrayList<>(before);
        serving.ifPresent(model -> there.addFirst(model)); // of two of one number the newer
        List<LoadedModel> beside = new ArrayList<>();
        if (!unloaded)
            for (long version : held)
                if (found.containsKey(version)) kept(found.get(version), there).ifPresent(beside::add);
        loaded = new Loaded(serving, beside);
        List<LoadedModel> after = loaded();
        for (LoadedModel each : before) if (!after.contains(each)) background.accept(each::close);
    }

    /** Returns a version as it is loaded, or loads it; if it does not prove itself, what was loaded from there before. */
    private Optional<LoadedModel> kept(FoundVersion wanted, List<LoadedModel> before) {
        Optional<LoadedModel> there = ofVersion(wanted.version(), before);
        if (there.filter(model -> model.found().equals(wanted)).isPresent() || failed.containsKey(wanted)) return there;
        try {
            return Optional.of(LoadedModel.load(wanted, settings, decoding));
        } catch (Problem problem) {
            failed.put(wanted, problem);
            return there;
        }
    }

    /** Returns the version that answers from now on. */
    private Optional<LoadedModel> chosen(List<LoadedModel> before) {
        NavigableMap<Long, FoundVersion> wanted = pinned.filter(found::containsKey)
                .map(version -> found.subMap(version, true, version, true))
                .orElse(found);
        for (FoundVersion each : wanted.descendingMap().values()) {
            Optional<LoadedModel> model = kept(each, before);
            if (model.isPresent()) return model;
        }
        return loaded.serving().filter(model -> found.containsKey(model.version()));
    }

    private ModelAbsence unknown(long version) {
        return new ModelAbsence(
                ModelAbsence.Kind.UNKNOWN,
                new Problem(
                        "The model \"" + name + "\" has no version " + version + ".",
                        "model \"" + name + "\"",
                        "name one of these: " + found.keySet()));
    }
}
