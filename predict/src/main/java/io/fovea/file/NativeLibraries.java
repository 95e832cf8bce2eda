package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * Unpacks the native libraries of JavaCPP packages, all of them before the first is loaded.
 *
 * <p>JavaCPP alone unpacks and loads them one by one. While a library's neighbours are not there yet, the system's loader looks
 * for them in the system: on a machine that has a libtorch or OpenBLAS of its own it finds those, mixes the two and crashes the
 * process, on the very first start only.
 */
public final class NativeLibraries {

    private static final String ONNX_RUNTIME = "onnxruntime.native.path";
    private static final String LMDB = "lmdbjava.native.lib";

    private NativeLibraries() {}

    /**
     * Unpacks packages such as {@code "openblas"} into JavaCPP's cache; takes milliseconds if they are there.
     *
     * @throws Problem if the cache cannot be written
     */
    public static void unpack(String... packages) {
        for (String name : packages) {
            try {
                Loader.cacheResources("/org/bytedeco/" + name + "/" + Loader.getPlatform() + "/");
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    /**
     * Lets ONNX Runtime load its library from the cache. By itself it unpacks 24 MB into a new temporary folder at every start, which
     * stays there if the process is killed. To be called before its first use; does nothing where the user has named a folder.
     *
     * @throws Problem if the cache cannot be written
     */
    public static void unpackOnnxRuntime() {
        if (System.getProperty(ONNX_RUNTIME) != null) return;
        String folder =
                switch (Loader.getPlatform()) {
                    case "linux-x86_64" -> "linux-x64";
                    case "linux-arm64" -> "linux-aarch64";
                    case "macosx-arm64" -> "osx-aarch64";
                    case "windows-x86_64" -> "win-x64";
                    default -> "";
                };
        String place = "/ai/onnxruntime/native/" + folder + "/";
        Optional<Path> library = unpackFile(place + System.mapLibraryName("onnxruntime"));
        Optional<Path> bridge = unpackFile(place + System.mapLibraryName("onnxruntime4j_jni"));
        if (library.isPresent() && bridge.isPresent()) {
            System.setProperty(ONNX_RUNTIME, bridge.orElseThrow().getParent().toString());
        }
    }

    /** As {@link #unpackOnnxRuntime}, for LMDB, which leaves a temporary file. */
    public static void unpackLmdb() {
        if (System.getProperty(LMDB) != null) return;
        String name =
                switch (Loader.getPlatform()) {
                    case "linux-x86_64" -> "x86_64-linux-gnu.so";
                    case "linux-arm64" -> "aarch64-linux-gnu.so";
                    case "macosx-x86_64" -> "x86_64-macos-none.so";
                    case "macosx-arm64" -> "aarch64-macos-none.so";
                    case "windows-x86_64" -> "x86_64-windows-gnu.dll";
                    default -> "";
                };
        unpackFile("/org/lmdbjava/" + name).ifPresent(library -> System.setProperty(LMDB, library.toString()));
    }

    /** Returns where in the cache a file of the class path lies now, if it is on the class path. */
    private static Optional<Path> unpackFile(String resource) {
        URL packed = NativeLibraries.class.getResource(resource);
        if (packed == null || resource.endsWith("/")) return Optional.empty();
        try {
            return Optional.of(Loader.cacheResource(packed).toPath());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static Problem unwritable(IOException e) {
        return new Problem(
                "The native libraries cannot be unpacked: " + e.getMessage() + ".",
                System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache"),
                "make the folder writable and free about 500 MB, or name another one with"
                        + " FOVEA_JVM_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR",
                e);
    }
}
