package io.fovea.network;

/**
 * One setting of a layer as a network file writes it.
 *
 * @param key          as written, for example {@code stride}
 * @param type         what it takes, in words
 * @param defaultValue what holds where it is left out, as written; empty if it must be given
 * @param meaning      one clause for people
 */
public record LayerSetting(String key, String type, String defaultValue, String meaning) {}
