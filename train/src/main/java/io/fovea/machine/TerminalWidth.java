package io.fovea.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How wide the terminal of stderr is, asked anew each time: a window may be resized while a run goes on.
 *
 * <p>The C function {@code ioctl} with TIOCGWINSZ fills a {@code struct winsize} of four unsigned shorts: rows, columns, and two that are
 * not used. Where nobody answers, {@code $COLUMNS} counts, and else 80.
 *
 * <p>Source: ioctl_tty(2); the number of the request is that of the system's headers.
 */
public final class TerminalWidth {

    private static final int USUAL = 80;
    private static final long COLUMNS_OFFSET = Short.BYTES;
    private static final long SIZE = 4L * Short.BYTES;

    private static final int STDERR = 2;

    private TerminalWidth() {}

    /** Returns the columns, at least 1. */
    public static int columns() {
        OptionalInt asked = asked(Integer.getInteger("fovea.progress", STDERR));
        return asked.orElseGet(() -> said(System.getenv().getOrDefault("COLUMNS", "")));
    }

    private static int said(String columns) {
        return columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : USUAL;
    }

    private static OptionalInt asked(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(SIZE);
            int failure = (int) Ioctl.HANDLE.invokeExact(descriptor, Ioctl.REQUEST, size);
            int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_OFFSET));
            return failure != 0 || columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
        } catch (Throwable noSuchCall) { // another system, or one that forbids native calls
            return OptionalInt.empty();
        }
    }

    /** Linked when a terminal is first asked. */
    private static final class Ioctl {

        static final long REQUEST =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? 0x40087468L : 0x5413L;

        static final MethodHandle HANDLE = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(2));
    }
}
