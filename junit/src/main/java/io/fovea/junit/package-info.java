/**
 * Tests of models: a build fails for a model that answers wrongly, slowly, or keeps native memory.
 *
 * <p>Main types: {@link io.fovea.junit.ModelUnderTest} (which model, and parameters that are filled with it), {@link
 * io.fovea.junit.AccuracyFloor}, {@link io.fovea.junit.LatencyCeiling}, {@link io.fovea.junit.NoNativeLeak}.
 *
 * <p>Flow: JUnit finds an annotated method → {@link io.fovea.junit.ModelExtension} loads the model once for the whole run, which replays its
 * golden pictures → measures what the annotations ask for → the body of the method.
 *
 * <p>Invariant: a failure has three parts (what, where, what to do), and says of how much it was measured.
 */
package io.fovea.junit;
