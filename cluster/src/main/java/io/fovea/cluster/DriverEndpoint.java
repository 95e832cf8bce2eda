package io.fovea.cluster;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.apache.spark.util.RpcUtils;
import scala.Function1;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Where executors reach the driver, by Spark's own calls: through its ports, with its secrets and its encryption. It hears one after the other, in the order
 * in which they came.
 */
final class DriverEndpoint implements ThreadSafeRpcEndpoint {

    /** Under which executors ask for it. */
    static final String NAME = "fovea-questions";

    private final RpcEnv env;
    private final BiConsumer<Beat, Consumer<Beat.Reply>> beats;
    private final BiConsumer<Turn, Consumer<Next>> turns;

    /** Both take in what was said, in Spark's threads, and reply, now or later. */
    DriverEndpoint(RpcEnv env, BiConsumer<Beat, Consumer<Beat.Reply>> beats, BiConsumer<Turn, Consumer<Next>> turns) {
        this.env = env;
        this.beats = beats;
        this.turns = turns;
    }

    /** Returns it, in a task. */
    static RpcEndpointRef reference() {
        SparkEnv env = SparkEnv.get();
        return RpcUtils.makeDriverRef(NAME, env.conf(), env.rpcEnv());
    }

    @Override
    public RpcEnv rpcEnv() {
        return env;
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext context) {
        return new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(Object message) {
                return message instanceof Beat || message instanceof Turn;
            }

            @Override
            public <A, B> B applyOrElse(A message, Function1<A, B> otherwise) {
                if (message instanceof Beat beat) beats.accept(beat, reply -> context.reply(reply.name()));
                else if (message instanceof Turn turn) turns.accept(turn, next -> context.reply(next.bytes()));
                else return otherwise.apply(message);
                @SuppressWarnings("unchecked") // the result of one that gives none
                B none = (B) BoxedUnit.UNIT;
                return none;
            }
        };
    }
}
