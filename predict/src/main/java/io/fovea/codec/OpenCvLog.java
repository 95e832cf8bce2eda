package io.fovea.codec;

import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.CvErrorCallback;

/**
 * Keeps OpenCV, and libtiff under it, from writing to the standard error of the process what a {@code Problem} tells.
 *
 * <p>{@code cv::utils::logging::setLogLevel} has no Java method, and the environment variable of the same purpose cannot be set from
 * inside. So the C++ function is looked up by its name in OpenCV's core, which a second, global opening of that library allows, and
 * called as a function of the one kind that JavaCPP knows with a number first. Where it has another name, OpenCV logs as before.
 */
final class OpenCvLog {

    private static final String SET_LOG_LEVEL = "_ZN2cv5utils7logging11setLogLevelENS1_8LogLevelE";
    private static final int SILENT = 0;

    private OpenCvLog() {}

    static void silence() {
        Path bridge = Path.of(Loader.load(opencv_core.class));
        Path core = bridge.resolveSibling("libopencv_core.so." + version());
        if (!core.toFile().exists()) return;
        Loader.loadGlobal(core.toString());
        Pointer function = Loader.addressof(SET_LOG_LEVEL);
        if (function == null || function.isNull()) return;
        BytePointer nothing = new BytePointer((Pointer) null);
        try (PointerPointer<Pointer> holder = new PointerPointer<>(1L)) {
            holder.put(0, function);
            new CvErrorCallback(holder).call(SILENT, nothing, nothing, nothing, 0, nothing);
        }
    }

    /** The number in the library's name: 4.13 is 413. */
    private static String version() {
        return "" + opencv_core.CV_VERSION_MAJOR + opencv_core.CV_VERSION_MINOR;
    }
}
