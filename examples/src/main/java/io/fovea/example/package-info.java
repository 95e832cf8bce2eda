/**
 * Short whole programs, for reading and for copying.
 *
 * <p>Main types: {@link io.fovea.example.Tour} (pictures in, a model out, a picture classified).
 */
package io.fovea.example;
