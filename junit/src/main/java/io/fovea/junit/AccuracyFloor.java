package io.fovea.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that fails if a classifier is right on a smaller share of pictures than wanted; the body of the method follows, and may be empty.
 *
 * <p>What is compared is the accuracy that was found. Its 95 % Wilson interval is told with it: where the floor lies inside, the pictures are
 * too few to decide, and that is said, or fails the test, as {@link #undecided} asks.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(ModelExtension.class)
public @interface AccuracyFloor {

    /** What becomes of a test whose pictures are too few to decide. */
    enum Undecided {
        /** It passes; a warning in the log and an entry of the report say so. */
        TOLD,
        /** It fails. */
        FAILS
    }

    /** Returns the smallest accuracy that passes, 0 to 1. */
    double value();

    /**
     * Returns a folder with a folder of pictures for each class, or a table: text whose first line names a column {@code file} and a column
     * {@code class}, with paths from where the table lies.
     */
    String pictures();

    /** Returns what becomes of the test if the floor lies in the interval of the accuracy. */
    Undecided undecided() default Undecided.TOLD;
}
