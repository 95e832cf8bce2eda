package io.fovea.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.file.FileTree;
import io.fovea.file.FolderChanges;
import io.fovea.file.FolderFiles;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.remote.Asker;
import io.fovea.remote.RemoteProcesses;
import io.fovea.tensor.Ranks;
import io.fovea.tensor.Rendezvous;
import io.fovea.training.RunFolder;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One network trained by processes on several machines together. Rank 0 tells its events and sends its checkpoints, which this process writes to the run's
 * folder; when the training is over, the run goes on here from the last one: there is nothing left to train, and the network is judged and written.
 *
 * <p>If a process is lost, all begin again from the last checkpoint, and end with the bits of an undisturbed run of as many ranks.
 */
final class RemoteRanks {

    /** Which questions are these. */
    static final String KIND = "rank";

    private static final byte EVENT = 'e';
    private static final byte FILE = 'f';

    private final Job job;
    private final Work work;
    private final JobSite site;

    RemoteRanks(Job job, Work work, JobSite site) {
        this.job = job;
        this.work = work;
        this.site = site;
    }

    /**
     * Trains to the end.
     *
     * @return false if it was stopped before, after a checkpoint
     */
    boolean train(Machines machines, int threads) {
        if (site.stop().isRequested()) return false;
        try (RemoteProcesses processes = machines.open("train", work, threads)) {
            int count = machines.ranks().orElseGet(processes::places);
            site.telling().stage("training by " + count + " ranks on " + machines.on());
            List<Optional<byte[]>> answers =
                    processes.askTogether(() -> questions(count), new Told(), site.stop()::isRequested);
            return answers.getFirst()
                    .map(answer -> Outcome.valueOf(new String(answer, StandardCharsets.UTF_8)))
                    .filter(outcome -> outcome != Outcome.STOPPED)
                    .isPresent();
        }
    }

    /** Rank 0 goes on from what it sent before a process was lost. */
    private List<byte[]> questions(int count) {
        List<byte[]> questions = new ArrayList<>();
        for (int rank = 0; rank < count; rank++) {
            byte[] numbers = ByteBuffer.allocate(8).putInt(rank).putInt(count).array();
            byte[] run = rank == 0
                    ? FolderFiles.read(site.folder(), new RunFolder(site.folder())::isGoneOnFrom)
                    : new byte[0];
            questions.add(OpenedWork.question(KIND, job, work, site.workspace(), numbers, run));
        }
        return questions;
    }

    /** What frozen layers say of the pictures is large, and computed again; hidden files are not whole yet. */
    private static boolean isSent(Path file) {
        boolean isHidden = file.getFileName().toString().startsWith(".");
        return !isHidden && !file.equals(new RunFolder(file.getParent()).frozenOutputs());
    }

    /** Writes the events of rank 0 to the run's log, under its numbers, and its files to the run's folder. */
    private final class Told implements RemoteProcesses.Listener {

        private long saved;

        @Override
        public void told(int question, byte[] word) {
            byte[] said = Arrays.copyOfRange(word, 1, word.length);
            switch (word[0]) {
                case FILE -> FolderChanges.take(said, site.folder());
                case EVENT -> tell(new String(said, StandardCharsets.UTF_8));
                default -> throw new IllegalStateException("No word of rank 0: " + word[0]);
            }
        }

        private void tell(String line) {
            site.telling().tell(number -> {
                try {
                    Event event = EventLog.event(line, number);
                    if (event instanceof TrainingEvent.CheckpointSaved checkpoint)
                        saved = Math.max(saved, checkpoint.step());
                    return event;
                } catch (JsonProcessingException notOurs) {
                    throw new IllegalStateException(notOurs);
                }
            });
        }

        /** Returns the step of the last checkpoint. */
        @Override
        public long progress() {
            return saved;
        }

        @Override
        public void remark(String line) {
            site.telling().note(line);
        }
    }

    /**
     * The other side: takes part in a training.
     *
     * @param host of this machine, as the others reach it
     * @throws IOException if another rank is lost
     */
    static byte[] answer(List<byte[]> question, OpenedWork opened, String host, Asker asker) throws IOException {
        TrainWork work = (TrainWork) opened.of(question, asker);
        ByteBuffer numbers = ByteBuffer.wrap(question.get(OpenedWork.OWN));
        int rank = numbers.getInt();
        int count = numbers.getInt();
        if (rank > 0) {
            String address = new String(asker.share(new byte[0]).getFirst(), StandardCharsets.UTF_8);
            try (Ranks ranks = met(() -> Rendezvous.join(address, rank, count))) {
                return train(work, ranks, new byte[0], asker);
            }
        }
        byte[] run = question.get(OpenedWork.OWN + 1);
        if (count == 1) return train(work, Ranks.ONE, run, asker);
        try (Rendezvous meeting = Rendezvous.open(host, count)) {
            asker.share(meeting.address().getBytes(StandardCharsets.UTF_8));
            try (Ranks ranks = met(meeting::join)) {
                return train(work, ranks, run, asker);
            }
        }
    }

    private static Ranks met(Supplier<Ranks> meeting) throws IOException {
        try {
            return meeting.get();
        } catch (Problem lost) {
            throw new IOException(lost.what(), lost); // all try again
        }
    }

    /** @param run the files that rank 0 goes on from */
    private static byte[] train(TrainWork work, Ranks ranks, byte[] run, Asker asker) throws IOException {
        Path own = Files.createTempDirectory("fovea-rank-");
        Path folder = own.resolve("run");
        try (EventLog log = new EventLog(own.resolve("events.jsonl"))) {
            StopSignal stop = new StopSignal(asker::isStopping);
            if (ranks.rank() > 0)
                return bytes(
                        work.trainer(folder, event -> {}, stop).among(ranks).run());
            FolderFiles.write(run, folder);
            FolderChanges changes = new FolderChanges(folder, RemoteRanks::isSent);
            Trainer alone = work.trainer(folder, event -> tell(event, changes, asker), stop);
            TrainingResult result = (ranks.count() == 1 ? alone : alone.among(ranks)).run(log);
            send(changes, asker);
            return bytes(result);
        } catch (Problem problem) {
            if (ranks.isBroken()) throw new IOException(problem.what(), problem);
            throw problem;
        } finally {
            FileTree.remove(own);
        }
    }

    private static byte[] bytes(TrainingResult result) {
        return result.outcome().name().getBytes(StandardCharsets.UTF_8);
    }

    /** What a checkpoint goes on from must be known before it is written, and the checkpoint before it is told of. */
    private static void tell(TrainingEvent event, FolderChanges changes, Asker asker) {
        boolean ends = event instanceof TrainingEvent.RunFinished;
        boolean goesOn = event instanceof TrainingEvent.RunFinished finished && finished.outcome() != Outcome.DIVERGED;
        if (goesOn) return; // told where the run goes on
        if (event instanceof TrainingEvent.CheckpointSaved) send(changes, asker);
        asker.tell(word(EVENT, EventLog.line(event).getBytes(StandardCharsets.UTF_8)));
        boolean isNeeded = event instanceof TrainingEvent.EpochFinished || event instanceof TrainingEvent.StartJudged;
        if (!isNeeded && !ends) return;
        try {
            asker.flush();
        } catch (IOException nobodyListens) {
            throw new UncheckedIOException(nobodyListens);
        }
    }

    private static void send(FolderChanges changes, Asker asker) {
        changes.send(part -> asker.tell(word(FILE, part)));
    }

    private static byte[] word(byte kind, byte[] bytes) {
        return ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array();
    }
}
