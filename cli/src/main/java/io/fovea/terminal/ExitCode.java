package io.fovea.terminal;

/** How the command ends. 130, stopped by Ctrl-C after a checkpoint, is given by {@link Interruption}. */
public final class ExitCode {

    /** All went well. */
    public static final int DONE = 0;
    /** Something went wrong on the way. */
    public static final int FAILED = 1;
    /** The command could not be understood. */
    public static final int WRONG_USAGE = 2;
    /** It ran, but the accuracy asked for was missed. */
    public static final int ACCURACY_MISSED = 3;
    /** Whoever read the results has gone, such as {@code head}: 128 plus SIGPIPE, as programs end that know no better. */
    public static final int ABANDONED = 141;

    private ExitCode() {}
}
