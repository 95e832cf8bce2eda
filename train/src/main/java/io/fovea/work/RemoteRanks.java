package io.fovea.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.file.FileTree;
import io.fovea.file.Hash;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.remote.Asker;
import io.fovea.remote.ByteParts;
import io.fovea.remote.RemoteProcesses;
import io.fovea.tensor.Ranks;
import io.fovea.tensor.Rendezvous;
import io.fovea.training.RunFolder;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One network trained by processes on several machines together. Rank 0 writes checkpoints into the run's folder, which must be on storage that all
 * share, and tells its events, which this process writes to the run's log. When the training is over, the run goes on here from its last checkpoint: there
 * is nothing left to train, and the network is judged and written.
 *
 * <p>If a process is lost, all begin again from the last checkpoint, and end with the bits of an undisturbed run of as many ranks.
 */
final class RemoteRanks {

    /** Which questions are these. */
    static final String KIND = "rank";

    private static final int LOOKS = 40;
    private static final long MILLISECONDS_BETWEEN_LOOKS = 250;

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
        try (RemoteProcesses processes = machines.open("train", threads)) {
            int count = machines.ranks().orElseGet(processes::places);
            site.telling().stage("training by " + count + " ranks on " + machines.on());
            List<byte[]> questions = new ArrayList<>();
            for (int rank = 0; rank < count; rank++) questions.add(question(rank, count));
            List<Optional<byte[]>> answers = processes.askTogether(questions, new Told(), site.stop()::isRequested);
            if (answers.getFirst().isEmpty()) return false;
            List<byte[]> answer = ByteParts.of(answers.getFirst().get());
            Outcome outcome = Outcome.valueOf(new String(answer.getFirst(), StandardCharsets.UTF_8));
            if (outcome == Outcome.STOPPED) return false;
            checkShared(new String(answer.getLast(), StandardCharsets.UTF_8));
            return true;
        }
    }

    private byte[] question(int rank, int count) {
        return OpenedWork.question(
                KIND,
                job,
                work,
                site.workspace(),
                ByteBuffer.allocate(8).putInt(rank).putInt(count).array(),
                site.folder().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What this process goes on from must be what rank 0 has written last. */
    private void checkShared(String sha256) {
        Path checkpoint = new RunFolder(site.folder()).lastCheckpoint();
        for (int look = 0; look < LOOKS; look++) {
            if (Files.exists(checkpoint) && Hash.of(checkpoint).equals(sha256)) return;
            try {
                Thread.sleep(MILLISECONDS_BETWEEN_LOOKS); // disks of a network may be late
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new Problem(
                "The checkpoint that rank 0 has written last is not to be seen here.",
                checkpoint.toString(),
                "put the workspace on storage that all machines share, at the same path");
    }

    /** Writes the events of rank 0 to the run's log, under its numbers. */
    private final class Told implements RemoteProcesses.Listener {

        private long saved;

        @Override
        public void told(int question, byte[] word) {
            String line = new String(word, StandardCharsets.UTF_8);
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
        TrainWork work = (TrainWork) opened.of(question);
        ByteBuffer numbers = ByteBuffer.wrap(question.get(OpenedWork.OWN));
        int rank = numbers.getInt();
        int count = numbers.getInt();
        Path folder = Path.of(new String(question.get(OpenedWork.OWN + 1), StandardCharsets.UTF_8));
        if (rank == 0 && !Files.isDirectory(folder))
            throw new Problem(
                    "There is no such folder on this machine.",
                    folder.toString(),
                    "put the workspace on storage that all machines share, at the same path");
        if (count == 1) return train(work, Ranks.ONE, folder, event -> tell(event, asker), asker);
        if (rank > 0) {
            String address = new String(asker.share(new byte[0]).getFirst(), StandardCharsets.UTF_8);
            try (Ranks ranks = met(() -> Rendezvous.join(address, rank, count))) {
                return train(work, ranks, folder, event -> {}, asker);
            }
        }
        try (Rendezvous meeting = Rendezvous.open(host, count)) {
            asker.share(meeting.address().getBytes(StandardCharsets.UTF_8));
            try (Ranks ranks = met(meeting::join)) {
                return train(work, ranks, folder, event -> tell(event, asker), asker);
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

    private static byte[] train(TrainWork work, Ranks ranks, Path folder, TrainingListener listener, Asker asker)
            throws IOException {
        Path own = Files.createTempDirectory("fovea-rank-");
        try (EventLog log = new EventLog(own.resolve("events.jsonl"))) {
            Trainer alone = work.trainer(folder, listener, new StopSignal(asker::isStopping));
            Trainer trainer = ranks.count() == 1 ? alone : alone.among(ranks);
            Outcome outcome = (ranks.rank() == 0 ? trainer.run(log) : trainer.run()).outcome();
            Path checkpoint = new RunFolder(folder).lastCheckpoint();
            String sha256 = ranks.rank() == 0 && Files.exists(checkpoint) ? Hash.of(checkpoint) : "";
            return ByteParts.joined(
                    List.of(outcome.name().getBytes(StandardCharsets.UTF_8), sha256.getBytes(StandardCharsets.UTF_8)));
        } catch (Problem problem) {
            if (ranks.isBroken()) throw new IOException(problem.what(), problem);
            throw problem;
        } finally {
            FileTree.remove(own);
        }
    }

    /** What a checkpoint goes on from must be known before it is written. */
    private static void tell(TrainingEvent event, Asker asker) {
        boolean ends = event instanceof TrainingEvent.RunFinished;
        boolean goesOn = event instanceof TrainingEvent.RunFinished finished && finished.outcome() != Outcome.DIVERGED;
        if (goesOn) return; // told where the run goes on
        asker.tell(EventLog.line(event).getBytes(StandardCharsets.UTF_8));
        boolean isNeeded = event instanceof TrainingEvent.EpochFinished || event instanceof TrainingEvent.StartJudged;
        if (!isNeeded && !ends) return;
        try {
            asker.flush();
        } catch (IOException nobodyListens) {
            throw new UncheckedIOException(nobodyListens);
        }
    }
}
