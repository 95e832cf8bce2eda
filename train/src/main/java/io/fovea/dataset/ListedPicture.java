package io.fovea.dataset;

/**
 * A picture that a source has, not read yet.
 *
 * @param source    the source's name and the picture's path or number within it
 * @param className its class
 * @param part      what the source gives it for; {@link Split#TRAINING} also if the source says nothing
 */
record ListedPicture(String source, String className, Split part) {}
