package io.fovea.event;

/** Hears what happens in a run; called in the thread that works, so be quick. */
@FunctionalInterface
public interface EventListener {

    /** Whoever does not listen. */
    EventListener NOBODY = event -> {};

    /** Hears one event. */
    void on(Event event);

    /**
     * Returns who hears a run that is a part of this one, such as a fold: its events are numbered by themselves and stand in a log of their own.
     *
     * @param name of the part, for people: {@code fold 2 of 5}
     */
    default EventListener part(String name) {
        return NOBODY;
    }

    /** Returns who hears a part that goes on while others do; as {@link #part} where nothing tells them apart. */
    default EventListener beside(String name) {
        return part(name);
    }
}
