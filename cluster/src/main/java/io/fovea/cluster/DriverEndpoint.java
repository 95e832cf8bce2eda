package io.fovea.cluster;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpoint;
import org.apache.spark.rpc.RpcEnv;
import scala.Function1;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/** Where executors reach the driver, by Spark's own calls: through its ports, with its secrets and its encryption. */
final class DriverEndpoint implements RpcEndpoint {

    /** Under which executors ask for it. */
    static final String NAME = "fovea-questions";

    private final RpcEnv env;
    private final BiConsumer<Beat, Consumer<Beat.Reply>> heard;

    /** @param heard takes in what was said, in Spark's threads, and replies, now or later */
    DriverEndpoint(RpcEnv env, BiConsumer<Beat, Consumer<Beat.Reply>> heard) {
        this.env = env;
        this.heard = heard;
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
                return message instanceof Beat;
            }

            @Override
            public <A, B> B applyOrElse(A message, Function1<A, B> otherwise) {
                if (!(message instanceof Beat beat)) return otherwise.apply(message);
                heard.accept(beat, reply -> context.reply(reply.name()));
                @SuppressWarnings("unchecked") // the result of one that gives none
                B none = (B) BoxedUnit.UNIT;
                return none;
            }
        };
    }
}
