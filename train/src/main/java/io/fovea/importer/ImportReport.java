package io.fovea.importer;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.DatasetStatistics;
import io.fovea.dataset.Split;
import io.fovea.image.Target;
import io.fovea.task.Task;
import java.time.Duration;
import java.util.List;

/**
 * What an import made, left out, and why.
 *
 * @param task       what a model of the dataset answers
 * @param classNames the classes, by label; none in a regression
 * @param targets    the numbers of every picture in a regression; none in a classification
 * @param statistics counts of every split and class, mean and standard deviation
 * @param broken     pictures that could not be read
 * @param remarks    sentences about what was left out or changed: classes below the minimum, files that are no pictures
 * @param time       how long it took
 */
public record ImportReport(
        Task task,
        List<String> classNames,
        List<Target> targets,
        DatasetStatistics statistics,
        List<BrokenPicture> broken,
        List<String> remarks,
        Duration time) {

    /** Copies the lists. */
    public ImportReport {
        classNames = List.copyOf(classNames);
        targets = List.copyOf(targets);
        broken = List.copyOf(broken);
        remarks = List.copyOf(remarks);
    }

    /** Returns how many pictures a split has. */
    public int count(Split split) {
        return statistics.count(split);
    }

    /** Returns how many pictures of a class a split has. */
    public int count(Split split, int label) {
        return statistics.count(split, label);
    }
}
