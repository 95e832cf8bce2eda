package io.fovea.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** A question as a task of its own; Spark does a task that fails again, elsewhere. */
final class QuestionTask extends AbstractFunction2<TaskContext, Iterator<RemoteQuestion>, RemoteAnswer>
        implements Serializable {

    private static final long serialVersionUID = 1L;

    private final QuestionWork work;

    QuestionTask(QuestionWork work) {
        this.work = work;
    }

    @Override
    public RemoteAnswer apply(TaskContext task, Iterator<RemoteQuestion> questions) {
        RemoteQuestion question = questions.next();
        if (work.isStopping(task, question)) return new RemoteAnswer.NotBegun();
        try {
            return work.answer(task, question, word -> {
                throw new IOException("Only processes that are asked together hear each other");
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
