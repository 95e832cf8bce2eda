package io.fovea.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** A question as a task of a barrier stage: all begin at once, and if one fails, all are done again. */
final class TogetherTask extends AbstractFunction1<Iterator<RemoteQuestion>, Iterator<RemoteAnswer>>
        implements Serializable {

    private static final long serialVersionUID = 1L;

    private final QuestionWork work;
    private final long call;

    TogetherTask(QuestionWork work, long call) {
        this.work = work;
        this.call = call;
    }

    @Override
    public Iterator<RemoteAnswer> apply(Iterator<RemoteQuestion> questions) {
        BarrierTaskContext task = BarrierTaskContext.get();
        try {
            Next.Asked asked = new Next.Asked(call, task.taskAttemptId(), questions.next());
            RemoteAnswer answer = work.answer(task, DriverEndpoint.reference(), asked, word -> share(task, word));
            return CollectionConverters.asScala(List.of(answer).iterator());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<byte[]> share(BarrierTaskContext task, byte[] word) throws IOException {
        try {
            List<byte[]> words = new ArrayList<>();
            for (String said : task.allGather(Base64.getEncoder().encodeToString(word)))
                words.add(Base64.getDecoder().decode(said));
            return words;
        } catch (RuntimeException lost) {
            throw new IOException("A process that was asked together with this one is lost", lost);
        }
    }
}
