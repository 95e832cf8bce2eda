package io.fovea.repository;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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
    private volatile Optional<LoadedModel> serving = Optional.empty();
    private Optional<Long> pinned = Optional.empty();
    private boolean unloaded;

    ModelShelf(String name, RepositorySettings settings, Decoding decoding, Consumer<Runnable> background) {
        this.name = name;
        this.settings = settings;
        this.decoding = decoding;
        this.background = background;
    }

    /** Returns the version that answers. */
    Optional<LoadedModel> serving() {
        return serving;
    }

    /** Returns how all versions stand, the oldest first. */
    List<VersionStatus> versions() {
        List<VersionStatus> versions = new ArrayList<>();
        Optional<Long> ready = serving.map(LoadedModel::version);
        found.forEach((version, each) -> {
            Optional<Problem> problem = Optional.ofNullable(failed.get(each));
            VersionStatus.State state = ready.filter(version::equals).isPresent()
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
            throw new ModelAbsence(
                    ModelAbsence.Kind.UNKNOWN,
                    new Problem(
                            "The model \"" + name + "\" has no version " + wanted + ".",
                            "model \"" + name + "\"",
                            "name one of these: " + found.keySet()));
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

    private void choose() {
        if (unloaded) {
            put(Optional.empty());
            return;
        }
        NavigableMap<Long, FoundVersion> wanted = pinned.filter(found::containsKey)
                .map(version -> found.subMap(version, true, version, true))
                .orElse(found);
        for (FoundVersion each : wanted.descendingMap().values()) {
            if (serving.filter(model -> model.found().equals(each)).isPresent()) return;
            if (failed.containsKey(each)) {
                // what lies there is broken, and what was loaded from it before is not
                if (serving.filter(model -> model.version() == each.version()).isPresent()) return;
                continue;
            }
            try {
                put(Optional.of(LoadedModel.load(each, settings, decoding)));
                return;
            } catch (Problem problem) {
                failed.put(each, problem);
                if (serving.filter(model -> model.version() == each.version()).isPresent()) return;
            }
        }
        boolean isThere =
                serving.filter(model -> found.containsKey(model.version())).isPresent();
        if (!isThere) put(Optional.empty());
    }

    private void put(Optional<LoadedModel> next) {
        Optional<LoadedModel> before = serving;
        serving = next;
        before.ifPresent(model -> background.accept(model::close));
    }
}
