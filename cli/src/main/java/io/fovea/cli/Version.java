package io.fovea.cli;

import io.fovea.jvm.Build;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as the jar's manifest has it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"fovea " + Build.version()};
    }
}
