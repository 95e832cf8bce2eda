package io.fovea.cluster;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Takes the one answer of a task of a barrier stage. */
final class FirstAnswer extends AbstractFunction2<TaskContext, Iterator<RemoteAnswer>, RemoteAnswer>
        implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public RemoteAnswer apply(TaskContext task, Iterator<RemoteAnswer> answers) {
        return answers.next();
    }
}
