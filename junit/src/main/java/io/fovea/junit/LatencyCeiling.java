package io.fovea.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that fails if answers take longer than wanted: from the bytes of a picture file to the answer. The body of the method follows.
 *
 * <p>Of n times in ascending order, the percentile p is the one at place ⌈p·n/100⌉ (nearest rank).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(ModelExtension.class)
public @interface LatencyCeiling {

    /** Returns the longest median that passes, in milliseconds; by default any. */
    double p50Millis() default Double.POSITIVE_INFINITY;

    /** Returns the longest 99th percentile that passes, in milliseconds; by default any. */
    double p99Millis() default Double.POSITIVE_INFINITY;

    /** Returns how many answers come before, which are not measured. */
    int warmUp() default 200;

    /** Returns how many answers are measured, all threads together; 100 and more where the 99th percentile is asked for. */
    int runs() default 500;

    /** Returns how many threads ask at once. */
    int threads() default 1;

    /** Returns the picture that is asked about; by default the model's golden pictures in turns. */
    String picture() default "";
}
