package io.fovea.cluster;

import java.io.Serializable;

/**
 * A picture that is to be read.
 *
 * @param name     as the table calls it
 * @param location where every executor finds it: an absolute path, or a URI that Hadoop knows
 * @param length   of the file in bytes, when it was listed
 */
record PictureFile(String name, String location, long length) implements Serializable {}
