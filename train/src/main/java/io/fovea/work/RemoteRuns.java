package io.fovea.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.file.FileTree;
import io.fovea.file.FolderFiles;
import io.fovea.job.Job;
import io.fovea.remote.Asker;
import io.fovea.remote.RemoteProcesses;
import io.fovea.training.StopSignal;
import io.fovea.trial.RunMaker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * Runs of a work made by processes on other machines.
 *
 * <p>A run's files go to a process with the question, which works on them in a folder of its own, and come back with the answer: the run's folder
 * here is then replaced as a whole. So a run that is made twice, since a machine was lost, counts once, and nothing needs storage that
 * all share.
 */
final class RemoteRuns implements RunMaker {

    /** Which questions are these. */
    static final String KIND = "run";

    private final RemoteProcesses processes;
    private final PartedWork work;
    private final Job job;
    private final JobSite site;
    private final int parts;
    private final String machines;

    /**
     * For one work.
     *
     * @param job   that the work is
     * @param parts how many runs there are
     */
    RemoteRuns(RemoteProcesses processes, PartedWork work, Job job, JobSite site, int parts) {
        this.processes = processes;
        this.work = work;
        this.job = job;
        this.site = site;
        this.parts = parts;
        machines = site.machines().map(Machines::on).orElse("other machines");
    }

    @Override
    public boolean make(List<Integer> runs, IntUnaryOperator epochs, IntConsumer made) {
        List<Integer> open = new ArrayList<>();
        for (int run : runs) {
            if (work.isPartMade(site.folder(), run, epochs.applyAsInt(run))) made.accept(run);
            else open.add(run);
        }
        if (open.isEmpty()) return true;
        if (site.stop().isRequested()) return false;
        String what = open.size() == parts ? "all " + parts + " runs" : open.size() + " of " + parts + " runs";
        site.telling().stage(what + " on " + machines);
        Board board = new Board(open, epochs, made);
        processes.ask(
                open.stream().map(run -> question(run, epochs.applyAsInt(run))).toList(),
                board,
                site.stop()::isRequested);
        return open.stream().allMatch(run -> work.isPartMade(site.folder(), run, epochs.applyAsInt(run)));
    }

    private byte[] question(int run, int epochs) {
        return OpenedWork.question(
                KIND,
                job,
                work,
                site.workspace(),
                ByteBuffer.allocate(8).putInt(run).putInt(epochs).array(),
                FolderFiles.read(work.partFolder(site.folder(), run)));
    }

    /** Tells here what the runs tell there. */
    private final class Board implements RemoteProcesses.Listener {

        private final List<Integer> open;
        private final IntUnaryOperator epochs;
        private final IntConsumer made;
        private final Map<Integer, Listened> listened = new HashMap<>();
        private int done;

        Board(List<Integer> open, IntUnaryOperator epochs, IntConsumer made) {
            this.open = open;
            this.epochs = epochs;
            this.made = made;
        }

        @Override
        public void told(int question, byte[] word) {
            listened.computeIfAbsent(
                            question,
                            each -> new Listened(site.telling().listener().beside(work.partName(open.get(each)))))
                    .hear(new String(word, StandardCharsets.UTF_8));
        }

        @Override
        public boolean answered(int question, byte[] answer) {
            int run = open.get(question);
            FolderFiles.write(answer, work.partFolder(site.folder(), run));
            if (!work.isPartMade(site.folder(), run, epochs.applyAsInt(run))) return true; // it was stopped
            made.accept(run);
            done++;
            // told whether or not all is to stop: the others still save themselves
            site.telling()
                    .tell(number -> new JobEvent.StageProgressed(
                            number, Instant.now(), "on " + machines, done, open.size(), "runs"));
            return true;
        }

        @Override
        public void remark(String line) {
            site.telling().note(line);
        }
    }

    /** Hears each event of a run once, also if it is told again since a machine was lost. */
    private static final class Listened {

        private final EventListener listener;
        private long last;

        Listened(EventListener listener) {
            this.listener = listener;
        }

        void hear(String line) {
            try {
                Event event = EventLog.event(line);
                if (event.number() <= last) return;
                last = event.number();
                listener.on(event);
            } catch (JsonProcessingException notOurs) {
                throw new IllegalStateException(notOurs);
            }
        }
    }

    /** The other side: makes a run in a process that is asked, and returns the run's files. */
    static byte[] answer(List<byte[]> question, OpenedWork opened, Asker asker) throws IOException {
        PartedWork work = (PartedWork) opened.of(question, asker);
        ByteBuffer numbers = ByteBuffer.wrap(question.get(OpenedWork.OWN));
        int run = numbers.getInt();
        int epochs = numbers.getInt();
        Path folder = Files.createTempDirectory("fovea-run-");
        try {
            Path part = work.partFolder(folder, run);
            FolderFiles.write(question.get(OpenedWork.OWN + 1), part);
            StopSignal stop = new StopSignal(asker::isStopping);
            work.makePart(
                    folder,
                    run,
                    epochs,
                    event -> asker.tell(EventLog.line(event).getBytes(StandardCharsets.UTF_8)),
                    stop);
            return FolderFiles.read(part);
        } finally {
            FileTree.remove(folder);
        }
    }
}
