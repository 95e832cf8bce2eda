package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/**
 * Unpacks the native libraries of JavaCPP packages, all of them before the first is loaded.
 *
 * <p>JavaCPP alone unpacks and loads them one by one. While a library's neighbours are not there yet, the system's loader looks
 * for them in the system: on a machine that has a libtorch or OpenBLAS of its own it finds those, mixes the two and crashes the
 * process, on the very first start only.
 */
public final class NativeLibraries {

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
                throw new Problem(
                        "The native libraries cannot be unpacked: " + e.getMessage() + ".",
                        System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache"),
                        "make the folder writable and free about 500 MB, or name another one with"
                                + " FOVEA_JVM_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR",
                        e);
            }
        }
    }
}
