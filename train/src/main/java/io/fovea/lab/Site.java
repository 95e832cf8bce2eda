package io.fovea.lab;

import io.fovea.collection.LocalData;
import io.fovea.download.DownloadListener;
import io.fovea.event.EventListener;
import io.fovea.event.JobEvent;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where a lab is done: workspace, places of public sets, and who hears what happens. Threads may share it. */
public final class Site {

    private final Workspace workspace;
    private final Map<String, String> environment;
    private final Path home;
    private final EventListener listener;
    private final JobRunner jobs;
    private long number;

    /**
     * Names all.
     *
     * @param environment in which $FOVEA_DATA names the folder of public sets
     * @param home        of the person, whose cache downloads go to
     * @param listener    hears what is done around the jobs; a job's own events are told where it is run
     */
    public Site(
            Workspace workspace, Map<String, String> environment, Path home, EventListener listener, JobRunner jobs) {
        this.workspace = workspace;
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.listener = listener;
        this.jobs = jobs;
    }

    Workspace workspace() {
        return workspace;
    }

    JobRunner jobs() {
        return jobs;
    }

    /** Returns where public sets may lie, first the folder that was named. */
    LocalData local(Optional<Path> folder) {
        return LocalData.of(folder, environment, home);
    }

    /** Returns $FOVEA_DATA, if it is set. */
    Optional<Path> dataFolder() {
        return Optional.ofNullable(environment.get("FOVEA_DATA"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }

    /** Says which part begins. */
    synchronized void stage(String stage) {
        listener.on(new JobEvent.StageBegan(++number, Instant.now(), stage));
    }

    /** Says what a person should know. */
    synchronized void note(String note) {
        listener.on(new JobEvent.Noted(++number, Instant.now(), note));
    }

    /** Says how far a part is. */
    synchronized void progressed(String stage, long done, long total, String unit) {
        listener.on(new JobEvent.StageProgressed(++number, Instant.now(), stage, done, Math.max(0, total), unit));
    }

    /** Returns who tells how far a download is. */
    DownloadListener downloads() {
        return (file, received, total) -> progressed("downloading", received, total, "bytes of " + file);
    }
}
