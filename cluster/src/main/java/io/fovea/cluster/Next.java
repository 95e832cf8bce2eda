package io.fovea.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** What a {@link StayingTask} is to do next. */
sealed interface Next extends Serializable {

    /**
     * To have a question answered.
     *
     * @param call     of the driver, in which it was asked
     * @param ticket   of this handing out; if it is handed out twice, the later one is higher
     * @param question that is asked
     */
    record Asked(long call, long ticket, RemoteQuestion question) implements Next {}

    /** To end. */
    record Leave() implements Next {}

    /** Returns it for the way: Spark reads replies by a loader that does not know what came in jars of the application. */
    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Returns what {@link #bytes} has written; in a task, whose thread knows a loader that does. */
    static Next read(byte[] bytes) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass read) throws IOException, ClassNotFoundException {
                try {
                    return Class.forName(read.getName(), false, loader);
                } catch (ClassNotFoundException primitive) {
                    return super.resolveClass(read);
                }
            }
        }) {
            return (Next) in.readObject();
        } catch (IOException | ClassNotFoundException damaged) {
            throw new IllegalStateException("The driver's reply cannot be read", damaged);
        }
    }
}
