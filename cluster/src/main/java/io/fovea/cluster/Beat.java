package io.fovea.cluster;

import java.io.Serializable;
import java.util.List;

/**
 * What an executor tells the driver of a question while it is worked on, again and again.
 *
 * @param call    of the driver, in which the question was asked
 * @param number  the question's place in it
 * @param ticket  of its handing out: if it is handed out twice, the higher one counts
 * @param words   that its process said since the last time; serializable
 * @param when    the reply is to come
 */
record Beat(long call, int number, long ticket, List<byte[]> words, When when) implements Serializable {

    /** When the driver replies. */
    enum When {
        /** At once. */
        AT_ONCE,
        /** Once whoever asked has heard the words. */
        ONCE_HEARD
    }

    /** What the driver replies, by its name: Spark reads replies by a loader that does not know what came in jars of the application. */
    enum Reply {
        /** The process works on. */
        GO,
        /** An answer is wanted soon. */
        STOP,
        /** Nobody waits for an answer any more. */
        OVER
    }
}
