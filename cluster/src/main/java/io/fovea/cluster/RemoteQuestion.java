package io.fovea.cluster;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.broadcast.Broadcast;

/** A question on its way to an executor. */
sealed interface RemoteQuestion extends Serializable {

    /** Returns its place in the list of its call. */
    int number();

    /** Returns it, on the executor. */
    byte[] bytes();

    /** One that goes in the task's message. */
    record Small(int number, byte[] bytes) implements RemoteQuestion {}

    /** One that executors fetch, for a message has its limit. */
    record Large(int number, Broadcast<byte[]> sent) implements RemoteQuestion {

        @Override
        public byte[] bytes() {
            // Spark keeps a block for the task that reads it until it ends, and one that stays would keep it for good.
            return CompletableFuture.supplyAsync(sent::value).join();
        }
    }
}
