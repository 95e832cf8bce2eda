package io.fovea.workspace;

/** A part of the workspace that holds things of one kind by name. */
public enum Shelf {
    /** Imported datasets. */
    DATASETS("datasets", "dataset", "import one with \"fovea data import NAME SOURCE\""),
    /** Training runs: settings, events, checkpoints, evaluation. */
    RUNS("runs", "run", "start one with \"fovea train\""),
    /** Trained models, each in numbered versions. */
    MODELS("models", "model", "train one with \"fovea train\" or \"fovea lab mnist\""),
    /** Weights that were trained before, by name. */
    WEIGHTS("weights", "set of weights", "import one with \"fovea network import NAME FILE --network NETWORK\"");

    private final String folder;
    private final String noun;
    private final String remedy;

    Shelf(String folder, String noun, String remedy) {
        this.folder = folder;
        this.noun = noun;
        this.remedy = remedy;
    }

    /** Returns the folder's name inside the workspace. */
    public String folder() {
        return folder;
    }

    /** Returns what one thing on this shelf is called, for sentences. */
    public String noun() {
        return noun;
    }

    /** Returns how to get a first thing onto this shelf. */
    String remedy() {
        return remedy;
    }
}
