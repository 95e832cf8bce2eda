package io.fovea.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protocol-buffer message under construction, by field numbers; a field of the default value is written as well. */
final class Message {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private interface Field {
        void write() throws IOException;
    }

    Message real(int field, double value) {
        return add(() -> out.writeDouble(field, value));
    }

    Message real32(int field, float value) {
        return add(() -> out.writeFloat(field, value));
    }

    Message whole(int field, long value) {
        return add(() -> out.writeInt64(field, value));
    }

    Message text(int field, String value) {
        return add(() -> out.writeString(field, value));
    }

    Message bytes(int field, byte[] value) {
        return add(() -> out.writeByteArray(field, value));
    }

    Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /** Adds {@code repeated double} in its packed form. */
    Message reals(int field, double[] values) {
        return add(() -> {
            out.writeTag(field, 2);
            out.writeUInt32NoTag(values.length * Double.BYTES);
            for (double value : values) out.writeDoubleNoTag(value);
        });
    }

    byte[] toBytes() {
        add(out::flush);
        return bytes.toByteArray();
    }

    private Message add(Field field) {
        try {
            field.write();
            return this;
        } catch (IOException memoryDoesNotFail) {
            throw new UncheckedIOException(memoryDoesNotFail);
        }
    }
}
