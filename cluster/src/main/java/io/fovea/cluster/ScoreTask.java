package io.fovea.cluster;

import io.fovea.file.FileAddress;
import io.fovea.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.security.AccessControlException;
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

    /** A file that its storage does not give is a row; if so many in succession are not given, the storage is gone. */
    private static final int MOST_IN_SUCCESSION = 3;

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
            if (LeftOut.isAskedFor(SparkEnv.get().conf())) throw here;
            return new ScoredPictures(machine(), java(), new Object[0][], 0, 0, here);
        }
        Object[][] rows = new Object[pictures.size()][];
        long firstAnswer = 0;
        int missing = 0;
        int succession = 0;
        for (int i = 0; i < rows.length; i++) {
            task.killTaskIfInterrupted();
            PictureFile picture = pictures.get(i);
            try {
                byte[] bytes = bytes(picture);
                succession = 0;
                rows[i] = columns.row(model.answer(bytes, picture.name()));
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
                        "The file cannot be read: " + Storage.words(failure) + ".",
                        picture.name(),
                        Storage.remedy(failure).orElse("check that " + host() + " may read it")));
                if (isOfStorage(failure, picture) && ++succession == MOST_IN_SUCCESSION) throw gone(failure, picture);
            }
            if (i == 0) firstAnswer = System.currentTimeMillis();
        }
        return new ScoredPictures(machine(), java(), rows, firstAnswer, missing, null);
    }

    private static boolean isOfStorage(Exception failure, PictureFile picture) {
        return FileAddress.isOne(picture.location())
                && !(failure instanceof AccessControlException)
                && !(failure instanceof AccessDeniedException); // so S3 says it
    }

    /** Each such picture takes seconds, and another machine may reach the storage: Spark tries there before it gives up. */
    private static Problem gone(Exception failure, PictureFile picture) {
        return new Problem(
                "The storage gives none of " + MOST_IN_SUCCESSION + " pictures in succession: " + Storage.words(failure)
                        + ".",
                picture.name() + ", on " + machine(),
                "check that the storage works (hdfs dfsadmin -report) and that " + host()
                        + " reaches all of its machines, then run it again");
    }

    private byte[] bytes(PictureFile picture) throws IOException {
        if (picture.length() > ExecutorModel.mostBytes()) throw tooLarge(picture);
        if (!FileAddress.isOne(picture.location())) return Files.readAllBytes(Path.of(picture.location()));
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(picture.location());
        return HadoopUser.act(() -> {
            try (FSDataInputStream in =
                    path.getFileSystem(hadoop.value().value()).open(path)) {
                return in.readAllBytes();
            }
        });
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
