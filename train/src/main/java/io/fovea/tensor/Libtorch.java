package io.fovea.tensor;

import io.fovea.file.NativeLibraries;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch once and sets what the whole process shares.
 *
 * <p>OpenBLAS must keep to one thread, or its pool fights with OpenMP's (docs/experiments.md): the launcher sets
 * {@code OPENBLAS_NUM_THREADS=1} before the process starts, which is the only safe moment.
 */
public final class Libtorch {

    private Libtorch() {}

    /** Loads the native libraries if they are not loaded yet; takes about a second the first time. Threads may share it. */
    public static void load() {
        Loaded.VERSION.length();
    }

    /** Returns libtorch's version. */
    public static String version() {
        return Loaded.VERSION;
    }

    /** Sets how many threads one operation may use; for the whole process. */
    public static void useThreads(int threads) {
        if (threads < 1) throw new IllegalArgumentException("threads must be at least 1: " + threads);
        load();
        torch.set_num_threads(threads);
    }

    /** Loading happens when this class is first touched. */
    private static final class Loaded {
        static final String VERSION;

        static {
            NativeLibraries.unpack("javacpp", "openblas", "pytorch");
            if (Processor.current().hidesCaches()) OneDnn.keepToSafeInstructions();
            Loader.load(torch.class);
            // where oneDNN is not used it tries itself, and writes to the standard error that it cannot
            torch.globalContext().setUserEnabledNNPACK(false);
            String found;
            try {
                found = Loader.getVersion("org.bytedeco", "pytorch");
            } catch (java.io.IOException unreadable) {
                found = "unknown";
            }
            VERSION = found;
        }
    }
}
