package io.fovea.tensorboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Events as protocol-buffer messages.
 *
 * <p>Field numbers: the files event.proto, summary.proto, histogram.proto, graph.proto, node_def.proto, attr_value.proto,
 * tensor.proto and tensor_shape.proto of TensorBoard's folder compat/proto, and its plugins/hparams/plugin_data.proto.
 */
final class EventEncoding {

    private static final String VERSION = "brain.Event:2";
    private static final int SESSION_START = 1;
    private static final int RGB = 3;
    private static final int FLOAT = 1;
    private static final int DATA_CLASS_TENSOR = 2;
    /** The version of TensorFlow's graphs that brought today's meaning of their fields. */
    private static final int GRAPH_VERSION = 22;

    private EventEncoding() {}

    /** Returns the first event of every file. */
    static byte[] version(Instant at) {
        return event(0, at).text(3, VERSION).toBytes();
    }

    /** Returns the event that makes readers forget all points from {@code step} on that earlier files hold. */
    static byte[] restart(long step, Instant at) {
        return event(step, at).message(7, new Message().whole(1, SESSION_START)).toBytes();
    }

    static byte[] values(long step, Instant at, List<Value> values) {
        Message summary = new Message();
        for (Value value : values) summary.message(1, value(value));
        return event(step, at).message(5, summary).toBytes();
    }

    static byte[] graph(Graph graph, Instant at) {
        Map<String, String> names = graph.plainNames();
        Message all = new Message();
        for (GraphNode node : graph.nodes()) all.message(1, node(node, names));
        all.message(4, new Message().whole(1, GRAPH_VERSION));
        return event(0, at).message(4, all).toBytes();
    }

    private static Message event(long step, Instant at) {
        Message event = new Message().real(1, seconds(at));
        // left out as other writers do, so that the first record is as long as everybody's: some tools know files by it
        return step == 0 ? event : event.whole(2, step);
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    private static Message value(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> new Message().text(1, scalar.tag()).real32(2, (float) scalar.value());
            case Value.Distribution distribution ->
                new Message().text(1, distribution.tag()).message(5, histogram(distribution.histogram()));
            case Value.Picture picture ->
                new Message()
                        .text(1, picture.tag())
                        .message(
                                4,
                                new Message()
                                        .whole(1, picture.height())
                                        .whole(2, picture.width())
                                        .whole(3, RGB)
                                        .bytes(4, picture.png()));
            case Value.SessionStart start -> {
                Message session = new Message();
                start.hyperparameters()
                        .forEach((name, setting) ->
                                session.message(1, new Message().text(1, name).message(2, setting(setting))));
                session.real(5, seconds(start.at()));
                yield hyperparameters("_hparams_/session_start_info", new Message().message(3, session));
            }
            case Value.SessionEnd end -> {
                int status =
                        switch (end.outcome()) {
                            case SUCCESS -> 1;
                            case FAILURE -> 2;
                        };
                Message session = new Message().whole(1, status).real(2, seconds(end.at()));
                yield hyperparameters("_hparams_/session_end_info", new Message().message(4, session));
            }
        };
    }

    private static Message histogram(Histogram histogram) {
        return new Message()
                .real(1, histogram.min())
                .real(2, histogram.max())
                .real(3, histogram.count())
                .real(4, histogram.sum())
                .real(5, histogram.sumOfSquares())
                .reals(
                        6,
                        histogram.limits().stream().mapToDouble(limit -> limit).toArray())
                .reals(
                        7,
                        histogram.counts().stream().mapToDouble(count -> count).toArray());
    }

    /** A {@code google.protobuf.Value}. */
    private static Message setting(Object setting) {
        return switch (setting) {
            case Number number -> new Message().real(2, number.doubleValue());
            case Boolean bool -> new Message().whole(4, bool ? 1 : 0);
            default -> new Message().text(3, setting.toString());
        };
    }

    /** The page reads its data from the metadata; the tensor [0] beside them makes this a value. */
    private static Message hyperparameters(String tag, Message data) {
        Message plugin = new Message().text(1, "hparams").message(2, data);
        Message nothing = new Message().whole(1, FLOAT).message(2, shape(List.of(0L)));
        return new Message()
                .text(1, tag)
                .message(9, new Message().message(1, plugin).whole(4, DATA_CLASS_TENSOR))
                .message(8, nothing);
    }

    private static Message node(GraphNode node, Map<String, String> names) {
        Message message = new Message().text(1, names.get(node.name())).text(2, node.operation());
        for (String input : node.inputs()) message.text(3, names.get(input));
        node.attributes().forEach((name, text) -> message.message(5, attribute(name, new Message().text(2, text))));
        if (!node.outputShape().isEmpty()) {
            Message shapes = new Message().message(7, shape(node.outputShape()));
            message.message(5, attribute("_output_shapes", new Message().message(1, shapes)));
        }
        return message;
    }

    private static Message attribute(String name, Message value) {
        return new Message().text(1, name).message(2, value);
    }

    private static Message shape(List<Long> sizes) {
        Message shape = new Message();
        for (long size : sizes) shape.message(2, new Message().whole(1, size));
        return shape;
    }
}
