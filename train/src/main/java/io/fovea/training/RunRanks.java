package io.fovea.training;

import io.fovea.batch.Share;
import io.fovea.file.AtomicFile;
import io.fovea.module.Snapshot;
import io.fovea.module.StepExchange;
import io.fovea.module.TrainableModule;
import io.fovea.problem.Problem;
import io.fovea.tensor.Ranks;
import io.fovea.thread.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ranks of a run: what they must hold in common, and what they decide together. Rank 0 writes the run's files; the others have a folder of their
 * own while the run goes on, in which they find what rank 0 has. For one thread.
 *
 * <p>A run of one process is rank 0 of one: nothing is exchanged.
 */
final class RunRanks {

    /** Bits of the note that goes with every step. */
    private static final int STOP = 1;

    private static final int CHECKPOINT = 2;

    /** Bytes of a file that are sent at once. */
    private static final int PIECE = 16 << 20;

    /** Keeps what ranks draw in a step apart (odd, of no pattern with the stride of steps). */
    private static final long SEED_STRIDE = 0xD1B54A32D192ED03L;

    private final Ranks ranks;
    private final Optional<StepExchange> exchange;

    RunRanks(Ranks ranks) {
        this.ranks = ranks;
        exchange = several() ? Optional.of(new StepExchange(ranks)) : Optional.empty();
    }

    /** Whether there are others. */
    boolean several() {
        return ranks.count() > 1;
    }

    int count() {
        return ranks.count();
    }

    /** Whether this is rank 0, which writes. */
    boolean isFirst() {
        return ranks.rank() == 0;
    }

    /** Returns this rank's part of every batch. */
    Share share(int smallest) {
        return new Share(ranks.rank(), ranks.count(), smallest);
    }

    /** Returns the seed of this rank's part of a step; that of rank 0 is the step's. */
    long seed(long ofStep) {
        return ofStep + ranks.rank() * SEED_STRIDE;
    }

    /** Adds up what the ranks hold, number by number. */
    void sum(double[] values) {
        ranks.sum(values);
    }

    /** Lets a module learn with the others. */
    void join(TrainableModule module, Workers workers) {
        exchange.ifPresent(others -> module.learnAmong(others, workers));
    }

    /**
     * Checks that all ranks are of the same run, and gives the others the files with which rank 0 goes on.
     *
     * @throws Problem on every rank, if one has other data, another network or other settings
     */
    void meet(TrainingTask task) {
        if (!several()) return;
        byte[] own = task.fingerprint().getBytes(StandardCharsets.UTF_8);
        String first = new String(ranks.broadcast(own), StandardCharsets.UTF_8);
        checkSame(
                first.equals(task.fingerprint()),
                "another dataset, network or settings than rank 0, or other first weights",
                task,
                "start every rank with the same dataset, network and settings");
        handOut(task.folder().lastCheckpoint());
        handOut(task.folder().events());
    }

    /**
     * Checks that all ranks have come to the same bits.
     *
     * @throws Problem on every rank, naming those that have not
     */
    void checkSame(Snapshot snapshot, TrainingTask task) {
        if (!several()) return;
        long own = snapshot.checksum();
        double[][] all = ranks.gather(own); // of 32 bits
        checkSame(
                all[0][0] == own,
                "other weights than rank 0 after step " + snapshot.steps(),
                task,
                "start all ranks again, on machines with the same kind of processor and the same version: the run goes"
                        + " on from its last checkpoint");
    }

    private void checkSame(boolean isSame, String difference, TrainingTask task, String advice) {
        double[][] all = ranks.gather(isSame ? 0 : 1);
        List<String> others = new ArrayList<>();
        for (int rank = 0; rank < all.length; rank++) if (all[rank][0] > 0) others.add(Integer.toString(rank));
        if (others.isEmpty()) return;
        String who = others.size() == 1
                ? "Rank " + others.getFirst() + " has "
                : "Ranks " + String.join(", ", others) + " have ";
        throw new Problem(
                who + difference + ".",
                "network \"" + task.network().name() + "\", " + ranks.count() + " ranks",
                advice);
    }

    /** Returns what rank 0 chooses; the others are not asked. */
    String chosenByFirst(Supplier<String> choice) {
        byte[] own = isFirst() ? choice.get().getBytes(StandardCharsets.UTF_8) : new byte[0];
        return new String(ranks.broadcast(own), StandardCharsets.UTF_8);
    }

    /**
     * Gives the others a file of rank 0, if it has it.
     *
     * @param file where it lies here, or is to lie
     */
    void handOut(Path file) {
        if (!several()) return;
        try {
            long length = length(ranks.broadcast(length(isFirst() && Files.exists(file) ? Files.size(file) : -1)));
            if (length < 0) return;
            if (isFirst()) send(file, length);
            else
                AtomicFile.write(file, out -> {
                    for (long left = length; left > 0; ) {
                        byte[] piece = ranks.broadcast(new byte[0]);
                        out.write(piece);
                        left -= piece.length;
                    }
                });
        } catch (IOException failure) {
            throw new Problem(
                    "The file cannot be given to the other ranks: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the folder's permissions and the free space",
                    failure);
        }
    }

    private void send(Path file, long length) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = length; left > 0; ) {
                byte[] piece = in.readNBytes((int) Math.min(PIECE, left));
                if (piece.length == 0) throw new IOException("it became shorter while it was read");
                ranks.broadcast(piece);
                left -= piece.length;
            }
        }
    }

    private static byte[] length(long length) {
        return ByteBuffer.allocate(Long.BYTES).putLong(length).array();
    }

    private static long length(byte[] message) {
        return ByteBuffer.wrap(message).getLong();
    }

    /** Says what this rank wants, with the step that follows: its stop counts on every rank, a checkpoint where rank 0 wants one. */
    void say(boolean stop, boolean checkpoint) {
        exchange.ifPresent(others -> others.note((stop ? STOP : 0) + (checkpoint ? CHECKPOINT : 0)));
    }

    /** Whether the run stops after this step: what one process wants now, or what any rank said with the step. */
    boolean stops(boolean wanted) {
        if (exchange.isEmpty()) return wanted;
        for (int rank = 0; rank < ranks.count(); rank++) if (said(rank, STOP)) return true;
        return false;
    }

    /** Whether a checkpoint follows this step: what one process wants now, or what rank 0 said with the step. */
    boolean savesNow(boolean wanted) {
        return exchange.isEmpty() ? wanted : said(0, CHECKPOINT);
    }

    private boolean said(int rank, int bit) {
        return ((int) exchange.orElseThrow().noteOf(rank) & bit) != 0;
    }

    /** Whether any rank wants it now. */
    boolean any(boolean wanted) {
        double[] sum = {wanted ? 1 : 0};
        ranks.sum(sum);
        return sum[0] > 0;
    }
}
