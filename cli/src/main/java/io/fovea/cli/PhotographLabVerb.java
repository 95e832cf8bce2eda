package io.fovea.cli;

import io.fovea.lab.PhotographResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The labs on photographs: they differ in their recipes. */
abstract class PhotographLabVerb extends LabVerb {

    @Mixin
    private PhotographLabOptions options;

    @Mixin
    private AccuracyOption accuracy;

    PhotographLabVerb(Console console) {
        super(console);
    }

    @Override
    public final Integer call() {
        Optional<PhotographResult> result = lab(site -> options.run(spec.name(), site));
        return result.isPresent() ? accuracy.exitCode(result.get().done().verdict(), console) : ExitCode.FAILED;
    }
}
