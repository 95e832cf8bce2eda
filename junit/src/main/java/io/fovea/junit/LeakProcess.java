package io.fovea.junit;

import io.fovea.predict.Decoder;
import io.fovea.predict.PredictionOptions;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process whose memory {@link NoNativeLeak} measures. It writes the bytes that each round added, a line each, into a file. */
final class LeakProcess {

    /** Resident memory and more, on Linux. */
    static final Path STATUS = Path.of("/proc/self/status");

    private LeakProcess() {}

    /**
     * Measures.
     *
     * @param arguments file of the model, threads, class of the use, calls, rounds, picture or nothing, file of the results
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        TestedModel tested = new TestedModel(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Constructor<? extends ModelUse> made =
                Class.forName(arguments[2]).asSubclass(ModelUse.class).getDeclaredConstructor();
        made.setAccessible(true); // classes within tests are seldom public
        ModelUse use = made.newInstance();
        int calls = Integer.parseInt(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        List<byte[]> pictures = tested.pictures(arguments[5]);
        List<String> lines = new ArrayList<>();
        try (Decoder decoder = Decoder.load(tested.file(), PredictionOptions.DEFAULT.withThreads(tested.threads()))) {
            round(use, decoder, pictures, calls);
            long before = residentBytes();
            for (int i = 0; i < rounds; i++) {
                round(use, decoder, pictures, calls);
                long after = residentBytes();
                lines.add(Long.toString(after - before));
                before = after;
            }
        }
        Files.write(Path.of(arguments[6]), lines);
    }

    private static void round(ModelUse use, Decoder decoder, List<byte[]> pictures, int calls) {
        for (int i = 0; i < calls; i++) use.use(decoder, pictures.get(i % pictures.size()));
    }

    /** After a collection, which frees native memory that objects own. */
    private static long residentBytes() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(STATUS))
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        throw new IOException("no VmRSS in " + STATUS);
    }
}
