package io.fovea.serve;

import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.traffic.Traffic;
import io.fovea.wire.ModelView;
import io.fovea.wire.TensorView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/**
 * Requests that a server which has just begun asks itself, in memory, for three seconds: Java compiles what is done often, and until it has, each
 * request takes three times as long. It runs beside the server, with a copy of the smallest model, and counts nowhere. Figures:
 * docs/experiments.md.
 */
final class Rehearsal implements AutoCloseable {

    /** The first answer has the processors for itself. */
    private static final Duration DELAY = Duration.ofMillis(300);

    private static final Duration LENGTH = Duration.ofSeconds(3);

    /** Larger models take so long themselves that what a request adds does not matter. */
    private static final long LARGEST_FILE = 16 << 20;

    private static final RepositorySettings ONE_AT_A_TIME = RepositorySettings.USUAL.withQueue(1, 1, 1);

    private final AtomicBoolean over = new AtomicBoolean();
    private final Optional<Thread> thread;

    private Rehearsal(Optional<Path> file, ServerSettings settings) {
        thread = file.map(each -> Thread.ofPlatform()
                .daemon()
                .name("rehearsal")
                .priority(Thread.MIN_PRIORITY)
                .unstarted(() -> rehearse(each, settings)));
    }

    /** Begins, in a thread of its own. */
    static Rehearsal begin(ModelRepository models, ServerSettings settings) {
        Optional<Path> smallest = models.serving().stream()
                .map(LoadedModel::file)
                .min(Comparator.comparingLong(Rehearsal::size))
                .filter(file -> size(file) <= LARGEST_FILE);
        Rehearsal rehearsal = new Rehearsal(smallest, settings.withToken(Optional.empty()));
        rehearsal.thread.ifPresent(Thread::start);
        return rehearsal;
    }

    /** Ends it, if it is not over: nothing computes afterwards. */
    @Override
    public void close() {
        over.set(true);
        try {
            if (thread.isPresent()) thread.get().join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return Long.MAX_VALUE;
        }
    }

    private void rehearse(Path file, ServerSettings settings) {
        try {
            Thread.sleep(DELAY);
        } catch (InterruptedException hurried) {
            return;
        }
        if (over.get()) return;
        try (ModelRepository copy = ModelRepository.open(List.of(file), ONE_AT_A_TIME, Duration.ZERO);
                Traffic traffic = new Traffic(copy)) {
            Server server = new Server(PredictionServer.threads());
            LocalConnector connector = new LocalConnector(server);
            server.addConnector(connector);
            Routes routes =
                    new Routes(traffic, Optional.empty(), settings, RequestCounts.ofHttp(), RequestCounts.ofGrpc());
            Handler answering = new PredictionServer.Answering(routes, new Bodies());
            server.setHandler(answering);
            server.start();
            byte[] request = request(new TensorView(copy.serving().getFirst()));
            long end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end && !over.get()) connector.getResponse(ByteBuffer.wrap(request));
            server.stop();
        } catch (Problem replaced) {
            // whoever begins to serve hears of it by the file's own name
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
    }

    /** A tensor of zeros as bytes behind JSON. */
    private static byte[] request(ModelView view) {
        List<Integer> each =
                view.input().shape().subList(1, view.input().shape().size());
        int size = Float.BYTES * each.stream().reduce(1, Math::multiplyExact);
        String json = "{\"inputs\":[{\"name\":\"" + view.input().name() + "\",\"shape\":" + shape(each)
                + ",\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":" + size
                + "}}],\"parameters\":{\"binary_data_output\":true}}";
        String head = "POST /v2/models/" + view.model().name() + "-tensor/infer HTTP/1.1\r\nHost: "
                + ServerSettings.THIS_MACHINE + "\r\nContent-Length: " + (json.length() + size)
                + "\r\nInference-Header-Content-Length: " + json.length() + "\r\n\r\n";
        try (ByteArrayOutputStream request = new ByteArrayOutputStream()) {
            request.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            request.writeBytes(json.getBytes(StandardCharsets.UTF_8));
            request.writeBytes(new byte[size]);
            return request.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<Integer> shape(List<Integer> each) {
        List<Integer> shape = new ArrayList<>(List.of(1));
        shape.addAll(each);
        return shape;
    }
}
