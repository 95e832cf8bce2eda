package io.fovea.cluster;

import java.io.Serializable;
import java.util.List;

/**
 * What an executor tells the driver of a question while it is worked on, again and again; the driver answers whether to stop.
 *
 * @param call    of the driver, in which the question was asked
 * @param number  the question's place in it
 * @param attempt the later one counts, if a question is asked twice
 * @param words   that its process said since the last time; serializable
 */
record Beat(long call, int number, long attempt, List<byte[]> words) implements Serializable {}
