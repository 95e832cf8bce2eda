package io.fovea.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table of answers: five of the picture, then for each model its best class with its probability, and those of the ranks behind it.
 *
 * @param models in the order of their columns
 */
record AnswerColumns(List<Model> models) {

    /** How many stand before those of the models. */
    static final int OF_PICTURE = 5;

    private static final List<String> PICTURE = List.of("position", "picture", "place", "truth", "problem");

    /**
     * A model's columns.
     *
     * @param name  of the model
     * @param ranks how many classes it tells of each picture, the most probable first; at least 1
     */
    record Model(String name, int ranks) {

        private Model longer() {
            return new Model(name, ranks + 1);
        }

        private boolean endsWith(String className, String probability) {
            return className(ranks).equals(className) && probability(ranks).equals(probability);
        }

        private String className(int rank) {
            return rank == 1 ? name : "rank " + rank + " of " + name;
        }

        /** Words that no model's name turns into those of another rank or model: a table is read by its heads alone. */
        private String probability(int rank) {
            return rank == 1 ? name + " probability" : "probability of " + className(rank);
        }
    }

    /** Copies. */
    AnswerColumns {
        models = List.copyOf(models);
    }

    /** Returns the heads of all columns. */
    List<String> heads() {
        List<String> heads = new ArrayList<>(PICTURE);
        for (Model model : models) {
            for (int rank = 1; rank <= model.ranks(); rank++) {
                heads.add(model.className(rank));
                heads.add(model.probability(rank));
            }
        }
        return heads;
    }

    /** Returns the columns that have these heads; empty if they are none of a table of answers. */
    static Optional<AnswerColumns> of(List<String> heads) {
        List<Model> models = new ArrayList<>();
        for (int at = OF_PICTURE; at + 1 < heads.size(); at += 2) {
            Optional<Model> longer = models.isEmpty()
                    ? Optional.empty()
                    : Optional.of(models.getLast().longer());
            if (longer.isPresent() && longer.get().endsWith(heads.get(at), heads.get(at + 1))) {
                models.set(models.size() - 1, longer.get());
            } else {
                models.add(new Model(heads.get(at), 1));
            }
        }
        AnswerColumns columns = new AnswerColumns(models);
        return !models.isEmpty() && columns.heads().equals(heads) ? Optional.of(columns) : Optional.empty();
    }

    /** Returns how many columns there are. */
    int count() {
        return OF_PICTURE + 2 * models.stream().mapToInt(Model::ranks).sum();
    }
}
