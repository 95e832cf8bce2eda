package io.fovea.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Stdout in UTF-8 whatever the locale. A stream that prints swallows what goes wrong; this one remembers it. */
public final class ResultStream extends PrintStream {

    private final Watched watched;

    private ResultStream(Watched watched) {
        super(watched, true, StandardCharsets.UTF_8);
        this.watched = watched;
    }

    /** Returns the process's stdout. */
    static ResultStream ofProcess() {
        return new ResultStream(new Watched(new FileOutputStream(FileDescriptor.out)));
    }

    /** Returns why the first of the results that were lost could not be written, if any was. */
    Optional<IOException> failure() {
        flush();
        return watched.failure;
    }

    /** Whether results were lost because their reader has gone, such as {@code head} after its last line. */
    boolean isAbandoned() {
        return failure().isPresent()
                && (readsPipe() || failure().get().getMessage().contains("Broken pipe"));
    }

    /** A pipe can fail in no other way, and the words of the system depend on its language. */
    private static boolean readsPipe() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().matches("(pipe|socket):.*");
        } catch (IOException | RuntimeException unknown) { // other systems have no such folder
            return false;
        }
    }

    /** Passes on, and remembers the first failure. */
    private static final class Watched extends OutputStream {

        private final OutputStream target;
        private volatile Optional<IOException> failure = Optional.empty();

        Watched(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                target.write(bytes, offset, length);
            } catch (IOException lost) {
                if (failure.isEmpty()) failure = Optional.of(lost);
                throw lost;
            }
        }
    }
}
