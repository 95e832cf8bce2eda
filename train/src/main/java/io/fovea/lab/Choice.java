package io.fovea.lab;

import io.fovea.module.Engine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person chose over a recipe.
 *
 * @param data      a folder, or a word for the pictures; empty: they are looked for
 * @param network   instead of the recipe's
 * @param epochs    passes over the pictures
 * @param batchSize pictures per step
 * @param engine    that computes
 * @param threads   that compute
 * @param seed      of every random choice
 */
public record Choice(
        Optional<String> data,
        Optional<String> network,
        OptionalInt epochs,
        OptionalInt batchSize,
        Optional<Engine> engine,
        OptionalInt threads,
        long seed) {

    /** A number that was chosen is out of range. */
    public static final class OutOfRange extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        /** Says which. */
        public OutOfRange(String words) {
            super(words);
        }
    }

    /** Pictures, epochs and the seed; all else as the recipe says. */
    public static Choice of(Optional<String> data, Optional<String> network, OptionalInt epochs, long seed) {
        return new Choice(data, network, epochs, OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), seed);
    }

    /** Returns the same computed otherwise. */
    public Choice with(int pictures, Engine computing, int count) {
        return new Choice(
                data, network, epochs, OptionalInt.of(pictures), Optional.of(computing), OptionalInt.of(count), seed);
    }

    /** Returns what leaves the recipe as it is: the pictures, what computes, and the seed. */
    public Choice withinRecipe() {
        return new Choice(data, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), engine, threads, seed);
    }

    /** Returns the same with so many threads. */
    public Choice withThreads(int count) {
        return new Choice(data, network, epochs, batchSize, engine, OptionalInt.of(count), seed);
    }

    /** Returns the folder that was named. */
    Optional<Path> folder() {
        return data.map(Path::of);
    }
}
