package io.fovea.predict;

/**
 * How much of a picture a class covers.
 *
 * @param name   the class name
 * @param label  the class index
 * @param pixels how many pixels it covers
 * @param share  of all labelled pixels, 0 to 1; 0 where there is none
 */
public record ClassShare(String name, int label, long pixels, double share) {}
