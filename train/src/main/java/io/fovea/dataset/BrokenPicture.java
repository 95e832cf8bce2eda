package io.fovea.dataset;

/**
 * A picture that could not be imported.
 *
 * @param source its path within the sources
 * @param reason why not, in plain words
 */
public record BrokenPicture(String source, String reason) {}
