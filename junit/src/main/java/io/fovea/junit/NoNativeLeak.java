package io.fovea.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that fails if the resident memory of a process grows with each use of the model. The body of the method follows.
 *
 * <p>The uses are made in a Java process of its own with the tests' class path, whose heap has one size and lies in memory from the start, so
 * that what the process grows by is native. After a round that is not measured, what each round of {@link #calls} adds is measured: a leak takes
 * its bytes in every round, while compiled code and the pools of an allocator grow now and then. Told is the median of the rounds with the
 * interval that order statistics give it, at 95 % or more. The test fails if all of the interval is above {@link #bytesPerCall}.
 *
 * <p>Needs Linux, whose {@code /proc} tells resident memory; elsewhere the test is aborted, and says so.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(ModelExtension.class)
public @interface NoNativeLeak {

    /** Returns how often the model is used in a round. A page of memory, 4 KB, spread over them is what can be seen. */
    int calls() default 500;

    /** Returns how many rounds are measured; 6 at least, fewer give no interval at 95 %. */
    int rounds() default 12;

    /** Returns the growth per use that passes. */
    int bytesPerCall() default 64;

    /** Returns how the model is used, in the other process; by default it answers about a picture. The class has a constructor without parameters. */
    Class<? extends ModelUse> use() default ModelUse.Answer.class;

    /** Returns the picture that is given to the use; by default the model's golden pictures in turns. */
    String picture() default "";
}
