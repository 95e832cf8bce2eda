package io.fovea.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.rpc.RpcTimeoutException;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/** A task that stays, and takes one question of {@link Seats} after the other until it is sent away. */
final class StayingTask extends AbstractFunction2<TaskContext, Iterator<Integer>, Integer> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Then it asks again: a reply may have been lost, and a task that was given up is to notice it. */
    private static final long SECONDS_TO_WAIT = 30;

    private final QuestionWork work;
    private final long job;

    StayingTask(QuestionWork work, long job) {
        this.work = work;
        this.job = job;
    }

    @Override
    public Integer apply(TaskContext task, Iterator<Integer> seat) {
        RpcEndpointRef driver = DriverEndpoint.reference();
        Turn.Seat here = new Turn.Seat(job, task.taskAttemptId(), SparkEnv.get().executorId());
        Turn turn = new Turn.Free(here);
        int answered = 0;
        while (!task.isInterrupted()) {
            Next next;
            try {
                next = next(driver, turn);
            } catch (RpcTimeoutException nothingYet) {
                turn = new Turn.Free(here);
                continue;
            }
            if (!(next instanceof Next.Asked asked)) break;
            turn = turn(task, here, driver, asked);
            answered++;
        }
        return answered;
    }

    private Turn turn(TaskContext task, Turn.Seat here, RpcEndpointRef driver, Next.Asked asked) {
        try {
            RemoteAnswer answer = work.answer(task, driver, asked, word -> {
                throw new IOException("Only processes that are asked together hear each other");
            });
            return new Turn.Answered(here, asked.ticket(), answer);
        } catch (IOException lost) {
            return new Turn.Lost(here, asked.ticket(), Words.of(lost));
        }
    }

    /** @throws RpcTimeoutException if the reply takes too long */
    private static Next next(RpcEndpointRef driver, Turn turn) throws RpcTimeoutException {
        RpcTimeout patience =
                new RpcTimeout(new FiniteDuration(SECONDS_TO_WAIT, TimeUnit.SECONDS), "the wait for a question");
        return Next.read(driver.askSync(turn, patience, ClassTag$.MODULE$.apply(byte[].class)));
    }
}
