package io.fovea.cluster;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import scala.Option;

/** A question on its way to an executor. */
final class RemoteQuestion implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Its place in the list of its call. */
    final int number;

    private final byte[] bytes;
    /** Large questions do not go in a task's message; null where it is small. */
    private final Broadcast<byte[]> large;

    RemoteQuestion(int number, byte[] bytes, Option<Broadcast<byte[]>> large) {
        this.number = number;
        this.bytes = large.isEmpty() ? bytes : new byte[0];
        this.large = large.isEmpty() ? null : large.get();
    }

    byte[] bytes() {
        return large == null ? bytes : large.value();
    }
}
