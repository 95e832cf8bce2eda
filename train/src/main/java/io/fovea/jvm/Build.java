package io.fovea.jvm;

import java.util.Optional;

/** What built this. */
public final class Build {

    private Build() {}

    /** Returns the version as the jar's manifest has it, or "development" where classes run from their folder. */
    public static String version() {
        return Optional.ofNullable(Build.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
