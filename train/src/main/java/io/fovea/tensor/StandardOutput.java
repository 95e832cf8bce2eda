package io.fovea.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What native code writes to the standard output by C++'s {@code std::cout}, kept from it for a while: there stand results, which programs read. Java's
 * own output, and C's, go on as ever.
 *
 * <p>A stream without a buffer takes nothing and says nothing of it: {@code std::cout.rdbuf(nullptr)}, called in the library that every C++ library
 * of the process shares. Where that is not found, nothing is kept.
 */
final class StandardOutput implements AutoCloseable {

    /** Names as the Itanium C++ ABI writes them, which GCC and Clang follow on Linux. */
    private static final String LIBRARY = "libstdc++.so.6";

    private static final String STREAM = "_ZSt4cout";
    private static final String SET_BUFFER = "_ZNSt9basic_iosIcSt11char_traitsIcEE5rdbufEPSt15basic_streambufIcS1_E";
    /** Where, before the functions of a class, stands how far behind the object its virtual base lies. */
    private static final long BASE_OFFSET_BEFORE_TABLE = 24;

    private final Optional<MemorySegment> buffer;

    private StandardOutput(Optional<MemorySegment> buffer) {
        this.buffer = buffer;
    }

    /** Keeps everything until it is closed. */
    static StandardOutput kept() {
        return new StandardOutput(withBuffer(MemorySegment.NULL));
    }

    /** Gives the stream a buffer and returns the one it had. */
    private static Optional<MemorySegment> withBuffer(MemorySegment next) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
            Optional<MemorySegment> stream = library.find(STREAM);
            Optional<MemorySegment> function = library.find(SET_BUFFER);
            if (stream.isEmpty() || function.isEmpty()) return Optional.empty();
            FunctionDescriptor signature =
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
            return Optional.of((MemorySegment) Linker.nativeLinker()
                    .downcallHandle(function.get(), signature)
                    .invokeExact(base(stream.get()), next));
        } catch (IllegalArgumentException noSuchLibrary) {
            return Optional.empty();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the {@code std::basic_ios} in a {@code std::ostream}, its virtual base. */
    private static MemorySegment base(MemorySegment stream) {
        MemorySegment table = stream.reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
        long offset = MemorySegment.ofAddress(table.address() - BASE_OFFSET_BEFORE_TABLE)
                .reinterpret(Long.BYTES)
                .get(ValueLayout.JAVA_LONG, 0);
        return MemorySegment.ofAddress(stream.address() + offset);
    }

    @Override
    public void close() {
        buffer.ifPresent(StandardOutput::withBuffer);
    }
}
