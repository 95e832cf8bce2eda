package io.fovea.serve;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;

/** Words that REST answers as JSON, as messages of gRPC with fields of the same names: both say the same. */
final class Messages {

    private Messages() {}

    /** Returns the message with all that the words say. */
    static <M extends Message.Builder> M of(Object words, M message) {
        try {
            JsonFormat.parser().merge(new String(Json.bytes(words), StandardCharsets.UTF_8), message);
            return message;
        } catch (InvalidProtocolBufferException other) {
            throw new IllegalStateException("The words do not fit the message", other);
        }
    }
}
