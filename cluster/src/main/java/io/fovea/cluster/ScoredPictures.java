package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.Serializable;
import java.util.Optional;

/**
 * What a task sends back.
 *
 * @param machine     that computed: host and process
 * @param java        the version of its Java
 * @param rows        of values as {@link AnswerColumns} has them, one for each picture in their order
 * @param firstAnswer when the first picture was answered for, in milliseconds since 1970 by the machine's clock
 * @param missing     how many pictures are not there for this machine
 * @param refusal     why it answers for none; null if it does
 */
record ScoredPictures(String machine, String java, Object[][] rows, long firstAnswer, int missing, Problem refusal)
        implements Serializable {

    /** Returns why the machine answers for no picture, if it does not. */
    Optional<Problem> refused() {
        return Optional.ofNullable(refusal);
    }
}
