package io.fovea.weights;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip file that is open for one step; what is wrong with it becomes a {@link Problem}. */
final class ZipArchive {

    private ZipArchive() {}

    /** What is done with the open archive. */
    interface Step<T> {
        T with(ZipFile zip) throws IOException;
    }

    static <T> T opened(Path file, Step<T> step) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return step.with(zip);
        } catch (ZipException e) {
            throw ByteSource.broken("The zip archive is damaged: " + e.getMessage(), file.toString(), e);
        } catch (IOException e) {
            throw ByteSource.broken("The zip archive cannot be read: " + e.getMessage(), file.toString(), e);
        }
    }
}
