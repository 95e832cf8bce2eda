package io.fovea.tensor;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.global.torch_gloo;

/**
 * Where ranks meet: a port of rank 0's machine, of which rank 0 knows the number only once it is open, and the others are told it before they come.
 *
 * <pre>{@code
 * try (Rendezvous meeting = Rendezvous.open("10.0.0.1", 2)) { // rank 0
 *     tell(meeting.address());
 *     try (Ranks ranks = meeting.join()) { … }
 * }
 * try (Ranks ranks = Rendezvous.join("10.0.0.1:41234", 1, 2)) { … } // rank 1
 * }</pre>
 *
 * <p>Whoever reaches the port can take part, and what is sent is neither signed nor encrypted: for networks whose machines trust each other.
 */
public final class Rendezvous implements AutoCloseable {

    /** How long ranks wait for one that says nothing, if nobody chose: longer than one writes a large checkpoint. */
    public static final Duration USUAL_PATIENCE = Duration.ofMinutes(10);

    /** The key under which rank 0 says how many it awaits. */
    private static final String COUNT = "count";

    private static final long MILLISECONDS_BETWEEN_TRIES = 200;

    private final TCPStore store;
    private final String host;
    private final int count;
    private final Duration patience;
    private boolean isTaken;

    private Rendezvous(TCPStore store, String host, int count, Duration patience) {
        this.store = store;
        this.host = host;
        this.count = count;
        this.patience = patience;
    }

    /** Opens a free port with the {@link #USUAL_PATIENCE}. */
    public static Rendezvous open(String host, int count) {
        return open(host, count, USUAL_PATIENCE);
    }

    /**
     * Opens a free port, as rank 0.
     *
     * @param host     a name or address of this machine by which the others reach it
     * @param count    of ranks, at least 2
     * @param patience how long a rank waits for the others, when they meet and later, before it gives up
     * @throws Problem if the host is unknown, or a number out of range
     */
    public static Rendezvous open(String host, int count, Duration patience) {
        checkNumbers(0, count);
        String address = resolved(host).getHostAddress();
        load();
        try {
            TCPStore store = store(address, 0, patience);
            store.add(COUNT, count);
            return new Rendezvous(store, address, count, patience);
        } catch (RuntimeException failure) {
            throw new Problem(
                    "No port can be opened for the ranks to meet: " + words(failure) + ".",
                    "host " + host,
                    "look whether the system lets this program listen for connections",
                    failure);
        }
    }

    /** Returns what the other ranks must be told: host and port, as {@code 10.0.0.1:41234}. */
    public String address() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return shown + ":" + (store.getPort() & 0xffff);
    }

    /**
     * Waits for the others and returns the ranks, of which this is number 0. Once only.
     *
     * @throws Problem if they do not come in time
     */
    public Ranks join() {
        if (isTaken) throw new IllegalStateException("Rank 0 has joined already");
        isTaken = true;
        return met(store, host, 0, count, patience);
    }

    /** Joins with the {@link #USUAL_PATIENCE}. */
    public static Ranks join(String address, int rank, int count) {
        return join(address, rank, count, USUAL_PATIENCE);
    }

    /**
     * Comes to rank 0's port, waits for the others and returns the ranks.
     *
     * @param address  rank 0's {@link #address}
     * @param rank     1 to {@code count} − 1
     * @param count    of ranks, the same for all
     * @param patience as in {@link #open(String, int, Duration)}
     * @throws Problem if nobody answers there, if the others do not come in time, if somebody has this number already, or if rank 0 awaits another
     *                 count
     */
    public static Ranks join(String address, int rank, int count, Duration patience) {
        checkNumbers(rank, count);
        if (rank == 0)
            throw new Problem(
                    "Rank 0 cannot come to rank 0.", "rank 0 of " + count, "give the other ranks numbers from 1");
        InetSocketAddress place = place(address);
        load();
        TCPStore store;
        String own;
        try {
            awaitPort(place, patience);
            own = ownAddress(place);
            store = store(place.getAddress().getHostAddress(), place.getPort(), patience);
        } catch (RuntimeException | IOException failure) {
            throw new Problem(
                    "Rank 0 cannot be reached: " + words(failure) + ".",
                    "rank " + rank + " of " + count + ", address " + address,
                    "look whether rank 0 still waits there, and whether a firewall is between the machines",
                    failure);
        }
        return met(store, own, rank, count, patience);
    }

    private static Ranks met(TCPStore store, String host, int rank, int count, Duration patience) {
        try {
            checkPlace(store, rank, count);
            return new GlooRanks(store, host, rank, count, patience);
        } catch (Problem problem) {
            store.close();
            throw problem;
        } catch (RuntimeException failure) {
            store.close();
            throw new Problem(
                    "The ranks have not met: " + words(failure) + ".",
                    "rank " + rank + " of " + count + ", which waits for the others for " + patience.toSeconds()
                            + " s at most",
                    "start all " + count + " ranks, each with its own number, on machines that reach each other on any"
                            + " port",
                    failure);
        }
    }

    /** What every rank finds out before it connects to the others, who would else wait for one that never comes. */
    private static void checkPlace(TCPStore store, int rank, int count) {
        long awaited = store.add(COUNT, 0);
        if (awaited != count)
            throw new Problem(
                    "Rank 0 awaits " + awaited + " ranks, but this one is of " + count + ".",
                    "rank " + rank + " of " + count,
                    "start every rank with the same count");
        if (store.add("rank " + rank, 1) > 1)
            throw new Problem(
                    "Another process is rank " + rank + " already.",
                    "rank " + rank + " of " + count,
                    "give every rank a number of its own, from 0 to " + (count - 1));
    }

    private static void checkNumbers(int rank, int count) {
        if (count < 2)
            throw new Problem(
                    "Ranks are 2 or more processes, not " + count + ".",
                    "the count of ranks",
                    "train without ranks, or start 2 processes at least");
        if (rank < 0 || rank >= count)
            throw new Problem(
                    "There is no rank " + rank + " of " + count + ".",
                    "the number of the rank",
                    "number the ranks from 0 to " + (count - 1));
    }

    private static InetSocketAddress place(String address) {
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            if (colon < 1 || port < 1 || port > 0xffff) throw noAddress(address);
            String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
            return new InetSocketAddress(resolved(host), port);
        } catch (NumberFormatException none) {
            throw noAddress(address);
        }
    }

    private static Problem noAddress(String address) {
        return new Problem(
                "Rank 0's address must be a host and a port, not \"" + address + "\".",
                "the address of rank 0",
                "give the address that rank 0 tells, such as 10.0.0.1:41234");
    }

    private static InetAddress resolved(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new Problem(
                    "There is no host \"" + host + "\".",
                    "the address of rank 0",
                    "give a name or an address that every rank's machine knows",
                    unknown);
        }
    }

    /** Waits until somebody listens there; libtorch, which would wait too, tells the standard error of each try. */
    private static void awaitPort(InetSocketAddress place, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(place, Math.toIntExact(Math.min(Integer.MAX_VALUE, patience.toMillis())));
                return;
            } catch (IOException nobody) {
                if (System.nanoTime() > end) throw nobody;
                pause();
            }
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(MILLISECONDS_BETWEEN_TRIES);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("it was interrupted");
        }
    }

    /** Returns the address of this machine that another one sees. Nothing is sent. */
    private static String ownAddress(InetSocketAddress other) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(other);
            return socket.getLocalAddress().getHostAddress();
        }
    }

    private static void load() {
        Libtorch.load();
        Loader.load(torch_gloo.class);
    }

    /** @param port of the one to connect to; 0 to open one */
    private static TCPStore store(String host, int port, Duration patience) {
        try (PointerScope _ = new PointerScope()) {
            TCPStoreOptions options = new TCPStoreOptions();
            options.port((short) port).isServer(port == 0).waitWorkers(false);
            options.timeout(new Milliseconds(patience.toMillis()));
            TCPStore store = new TCPStore(host, options);
            store.retainReference();
            return store;
        }
    }

    /** Returns the first line of what libtorch says, without the place in its source and its native stack. */
    static String words(Exception failure) {
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return said.strip()
                .replaceFirst("^\\[[^]]*\\.(cc|cpp|h|hpp):\\d+] ", "")
                .replaceAll("\\.$", "");
    }

    /** Closes the port if rank 0 has not joined; else it is the ranks'. */
    @Override
    public void close() {
        if (!isTaken) store.close();
        isTaken = true;
    }
}
