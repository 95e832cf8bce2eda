package io.fovea.resource;

import io.fovea.collection.GeneratedDigits;
import io.fovea.file.AtomicFolder;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Digits that Fovea draws, as a dataset: for machines without data and without a network. */
public final class DrawnDigits {

    private static final int MOST_PER_DIGIT = 6_000;
    private static final long SEED = 1;

    private DrawnDigits() {}

    /**
     * Draws the pictures into the workspace's cache, unless they are there, and returns the job that imports them: a sixth of them for validation, and
     * as many to test on. 1,000 digits take about a twentieth of a second.
     *
     * @param name     of the dataset
     * @param perDigit pictures of each digit to learn from
     * @throws Problem if the number is out of range or the cache cannot be written
     */
    public static Job.Import of(Workspace workspace, String name, int perDigit) {
        if (perDigit < 12 || perDigit > MOST_PER_DIGIT)
            throw new Problem(
                    "Pictures of each digit must be 12 to " + MOST_PER_DIGIT + ", not " + perDigit + ".",
                    "perDigit",
                    "choose 600 if in doubt");
        Path folder = workspace.cache().resolve(String.format(Locale.ROOT, "drawn-digits-%d", perDigit));
        if (!Files.isDirectory(folder))
            AtomicFolder.write(folder, part -> GeneratedDigits.generate(perDigit, perDigit / 6, SEED)
                    .write(part));
        return Job.Import.of(name, folder.toString());
    }
}
