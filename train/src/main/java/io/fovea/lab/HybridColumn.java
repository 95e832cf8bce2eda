package io.fovea.lab;

/** What the talk varies from column to column: how many pictures, and for how many epochs. */
public enum HybridColumn {
    /** The first 4,000 training and the first 1,000 test pictures. */
    FEW_5(Pictures.FEW, 5),
    /** All of them. */
    ALL_5(Pictures.ALL, 5),
    /** The few for longer. */
    FEW_20(Pictures.FEW, 20);

    /** How many pictures. */
    public enum Pictures {
        /** The first 4,000 to train on, the first 1,000 to test on. */
        FEW("4k"),
        /** 60,000 and 10,000. */
        ALL("60k");

        private final String word;

        Pictures(String word) {
            this.word = word;
        }

        /** Returns for example {@code 4k}. */
        String word() {
            return word;
        }
    }

    private final Pictures pictures;
    private final int epochs;

    HybridColumn(Pictures pictures, int epochs) {
        this.pictures = pictures;
        this.epochs = epochs;
    }

    Pictures pictures() {
        return pictures;
    }

    int epochs() {
        return epochs;
    }

    /** Returns for example {@code 4k×5}: pictures and epochs. */
    String head() {
        return pictures.word() + "×" + epochs;
    }

    /** Returns the column whose figure stands here for methods that have no epochs. */
    HybridColumn withoutEpochs() {
        return pictures == Pictures.ALL ? ALL_5 : FEW_5;
    }
}
