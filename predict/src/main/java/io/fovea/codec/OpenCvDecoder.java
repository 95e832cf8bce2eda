package io.fovea.codec;

import io.fovea.file.NativeLibraries;
import io.fovea.image.ColorConversion;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The door to OpenCV's decoders, and so to libjpeg-turbo, libpng, libwebp and libtiff.
 *
 * <p>The native libraries are loaded with this class, hence with the first picture file that is decoded. Native memory is
 * given back before each call returns.
 */
final class OpenCvDecoder {

    static {
        // JavaCPP's own limit counts the memory of the whole process, the Java heap included, and answers with forced
        // garbage collections and errors. Nothing here is left to the collector, so there is nothing to limit.
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        }
        NativeLibraries.unpack("javacpp", "openblas", "opencv");
        OpenCvLog.silence();
        opencv_core.setNumThreads(1); // the callers bring the threads
    }

    private OpenCvDecoder() {}

    /** Returns the picture as stored: not turned upright, alpha laid on white. */
    static Pixels decode(PictureFile file, PictureHeader header) {
        byte[] bytes = file.bytes();
        try (BytePointer source = new BytePointer(bytes);
                Mat encoded = new Mat(1, bytes.length, opencv_core.CV_8UC1, source);
                Mat decoded = decoded(file, header, encoded)) {
            if (decoded.empty()) throw undecodable(file, header, Optional.empty());
            if (decoded.rows() != header.height() || decoded.cols() != header.width()) {
                throw file.damaged("its header says " + header.width() + "x" + header.height() + " pixels, its data "
                        + decoded.cols() + "x" + decoded.rows());
            }
            return pixels(file, header, decoded);
        }
    }

    private static Mat decoded(PictureFile file, PictureHeader header, Mat encoded) {
        try {
            return opencv_imgcodecs.imdecode(encoded, flags(header.format()));
        } catch (RuntimeException failure) { // what C++ threw
            throw undecodable(file, header, Optional.of(failure));
        }
    }

    private static Problem undecodable(PictureFile file, PictureHeader header, Optional<RuntimeException> cause) {
        return new Problem(
                "The picture cannot be decoded: its " + header.format().title() + " data is damaged or of a rare kind",
                file.name(),
                "copy or download the file again, save it as PNG or JPEG, or leave it out",
                cause.orElse(null));
    }

    /** JPEG has neither alpha nor depth to keep, so it is decoded straight into red, green, blue; a grey one then has them equal. */
    private static int flags(PictureFormat format) {
        return format == PictureFormat.JPEG
                ? opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION
                : opencv_imgcodecs.IMREAD_UNCHANGED;
    }

    private static Pixels pixels(PictureFile file, PictureHeader header, Mat decoded) {
        int channels = decoded.channels();
        byte[] values = bytes(file, decoded);
        int height = header.height();
        int width = header.width();
        if (header.format() == PictureFormat.JPEG || channels == 1) return new Pixels(height, width, channels, values);
        if (channels == 3) return new Pixels(height, width, 3, ColorConversion.redFirst(values));
        if (channels != 4) throw file.unsupported("Expected 1, 3 or 4 channels, found " + channels);
        return new Pixels(height, width, 3, ColorConversion.onWhite(values));
    }

    private static byte[] bytes(PictureFile file, Mat decoded) {
        int count = Math.multiplyExact(decoded.rows() * decoded.cols(), decoded.channels());
        int depth = decoded.depth();
        if (depth == opencv_core.CV_8U) {
            byte[] values = new byte[count];
            decoded.data().get(values);
            return values;
        }
        if (depth != opencv_core.CV_16U) {
            throw file.unsupported("Expected 8 or 16 bits per channel, found floating-point or signed numbers");
        }
        short[] deep = new short[count];
        new ShortPointer(decoded.data()).get(deep);
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) values[i] = (byte) (deep[i] >> 8);
        return values;
    }
}
