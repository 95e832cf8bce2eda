package io.fovea.cli;

import io.fovea.work.Jobs;
import picocli.CommandLine.Option;

/** What is done with an unfinished job of the same words. */
final class GoingOption {

    @Option(
            names = "--anew",
            description =
                    "Begin again, although the same command was stopped before. Default: it goes on where it stood.")
    private boolean anew;

    Jobs.Going going() {
        return anew ? Jobs.Going.ANEW : Jobs.Going.ON;
    }
}
