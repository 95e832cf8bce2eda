package io.fovea.dataset;

import java.time.Duration;
import java.util.List;

/**
 * What an import made, left out, and why.
 *
 * @param classNames the classes, by label
 * @param statistics counts of every split and class, mean and standard deviation
 * @param broken     pictures that could not be read
 * @param remarks    sentences about what was left out or changed: classes below the minimum, files that are no pictures
 * @param time       how long it took
 */
public record ImportReport(
        List<String> classNames,
        DatasetStatistics statistics,
        List<BrokenPicture> broken,
        List<String> remarks,
        Duration time) {

    /** Copies the lists. */
    public ImportReport {
        classNames = List.copyOf(classNames);
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
