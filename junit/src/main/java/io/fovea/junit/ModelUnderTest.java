package io.fovea.junit;

import io.fovea.predict.PredictionOptions;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The model that a test is about; on a class it holds for its tests and its nested classes, and the nearest one counts.
 *
 * <p>The model is loaded once for the whole run, which replays its golden pictures, and closed at its end. Parameters of tests, constructors and
 * lifecycle methods of the types {@code Model}, {@code Decoder}, {@code Classifier}, {@code Regressor}, {@code Segmenter} and {@code
 * Reconstructor} are filled with it; whoever gets it leaves it open.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ModelExtension.class)
public @interface ModelUnderTest {

    /** Returns the model file, from the folder that the tests run in. */
    String value();

    /** Returns how many threads compute one prediction; usually decided by the size of the network. */
    int threads() default PredictionOptions.AUTOMATIC;
}
