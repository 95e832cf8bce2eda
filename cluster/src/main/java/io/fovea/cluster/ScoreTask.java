package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Answers for a slice of the pictures, on an executor. What is wrong with a picture is its row; a task fails only where Spark can do better elsewhere. */
final class ScoreTask extends AbstractFunction2<TaskContext, Iterator<List<PictureFile>>, ScoredPictures>
        implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ExecutorModel model;
    private final AnswerColumns columns;
    private final Broadcast<SerializableConfiguration> hadoop;

    ScoreTask(ExecutorModel model, AnswerColumns columns, Broadcast<SerializableConfiguration> hadoop) {
        this.model = model;
        this.columns = columns;
        this.hadoop = hadoop;
    }

    @Override
    public ScoredPictures apply(TaskContext task, Iterator<List<PictureFile>> slices) {
        List<PictureFile> pictures = slices.next();
        try {
            model.decoder();
        } catch (Problem problem) {
            Problem here = new Problem(problem.what(), problem.where() + ", on " + machine(), problem.remedy());
            return new ScoredPictures(machine(), java(), new Object[0][], 0, 0, here);
        }
        Object[][] rows = new Object[pictures.size()][];
        long firstAnswer = 0;
        int missing = 0;
        for (int i = 0; i < rows.length; i++) {
            task.killTaskIfInterrupted();
            PictureFile picture = pictures.get(i);
            try {
                rows[i] = columns.row(model.answer(bytes(picture), picture.name()));
            } catch (Problem problem) {
                rows[i] = columns.row(problem);
            } catch (NoSuchFileException | FileNotFoundException gone) {
                missing++;
                rows[i] = columns.row(new Problem(
                        "There is no such file on " + host() + ".",
                        picture.name(),
                        "put the pictures where every executor finds them, or do not delete them meanwhile"));
            } catch (IOException | InvalidPathException failure) {
                rows[i] = columns.row(new Problem(
                        "The file cannot be read: " + Words.of(failure) + ".",
                        picture.name(),
                        "check that " + host() + " may read it"));
            }
            if (i == 0) firstAnswer = System.currentTimeMillis();
        }
        return new ScoredPictures(machine(), java(), rows, firstAnswer, missing, null);
    }

    private byte[] bytes(PictureFile picture) throws IOException {
        if (picture.length() > ExecutorModel.mostBytes()) throw tooLarge(picture);
        if (!PictureListing.isRemote(picture.location())) return Files.readAllBytes(Path.of(picture.location()));
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(picture.location());
        try (FSDataInputStream in = path.getFileSystem(hadoop.value().value()).open(path)) {
            return in.readAllBytes();
        }
    }

    private static Problem tooLarge(PictureFile picture) {
        return new Problem(
                String.format(
                        Locale.ROOT,
                        "The file is too large: expected at most %,d bytes, found %,d",
                        ExecutorModel.mostBytes(),
                        picture.length()),
                picture.name(),
                "make the picture smaller, give executors more memory (spark.executor.memory), or leave it out");
    }

    /** Host, and the executor's number. */
    private static String machine() {
        return host() + "/" + SparkEnv.get().executorId();
    }

    private static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    private static String java() {
        return System.getProperty("java.version");
    }
}
