package io.fovea.hybrid;

/** Hears how far the making of a hybrid is. */
public interface HybridListener {

    /** Begins a step: for people, for example {@code fitting the head}. */
    void began(String step);

    /** A generation of the evolution is over. */
    void evolved(EvolutionProgress progress);

    /** Hears nothing. */
    HybridListener SILENT = new HybridListener() {
        @Override
        public void began(String step) {}

        @Override
        public void evolved(EvolutionProgress progress) {}
    };
}
