package io.fovea.lab;

import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Test pictures as files, one of each class, so that a lab's first prediction needs no picture of one's own. */
final class ExamplePictures {

    private static final String FOLDER = "examples";

    private ExamplePictures() {}

    /**
     * Writes the first test picture of every class as {@code examples/<class name>.png}.
     *
     * @return the file of the last class
     */
    static Path write(Dataset dataset, Path runFolder) {
        Path folder = runFolder.resolve(FOLDER);
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new Problem(
                    "The folder cannot be made: " + failure.getMessage() + ".",
                    folder.toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        }
        Path last = folder;
        for (int label = 0; label < dataset.classNames().size(); label++) {
            int wanted = label;
            int first = 0;
            while (first < dataset.count(Split.TEST) && dataset.label(Split.TEST, first) != wanted) first++;
            if (first == dataset.count(Split.TEST)) continue;
            last = folder.resolve(dataset.classNames().get(label) + ".png");
            PngWriter.write(dataset.picture(Split.TEST, first), last);
        }
        return last;
    }
}
