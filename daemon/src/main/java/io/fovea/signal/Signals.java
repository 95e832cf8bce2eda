package io.fovea.signal;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Ctrl-C and its kin, told before the JVM begins to end: once it does, ONNX Runtime takes itself down, and whoever still computes with it brings the
 * process down with an assertion. What ignored a signal before, as under {@code nohup}, goes on ignoring it.
 *
 * <p>{@code sun.misc.Signal} is asked by reflection, since compilers warn of its name; the JVM has nothing else for this.
 */
public final class Signals implements AutoCloseable {

    private static final List<String> THAT_END = List.of("INT", "TERM", "HUP");

    /** What heard each signal before. */
    private final Map<Object, Object> before = new LinkedHashMap<>();

    /**
     * Listens from now on.
     *
     * @param heard gets the number of each signal that would end the process, in a thread of the JVM's
     */
    public Signals(IntConsumer heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            heard.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
                            yield null;
                        }
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "Fovea";
                    });
            for (String name : THAT_END) {
                Object each = signal.getConstructor(String.class).newInstance(name);
                before.put(each, signal.getMethod("handle", signal, handler).invoke(null, each, ours));
            }
        } catch (ReflectiveOperationException | IllegalArgumentException unknownHere) {
            close(); // the JVM's own ending holds
        }
    }

    /** Lets the signals do what they did before. */
    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                Class<?> type = Class.forName("sun.misc.SignalHandler");
                signal.getClass().getMethod("handle", signal.getClass(), type).invoke(null, signal, handler);
            } catch (ReflectiveOperationException gone) {
                throw new IllegalStateException(gone);
            }
        });
        before.clear();
    }
}
