package io.fovea.cli;

import io.fovea.machine.Examination;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import picocli.CommandLine.Command;

/** {@code fovea doctor}: what was found on this machine, and what to do about what is missing. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        header = "Show what this machine has, and what to do about what is missing.",
        description = {
            "",
            "Looks at the JDK, the native libraries, cores, instruction sets, GPU, memory, disk and write access, and"
                    + " measures",
            "for some seconds how fast the processor is and how much of that training reaches.",
            "Ends with 0 if Fovea can work here, else with 1.",
            ""
        },
        footer = {"", "Examples:", "  fovea doctor", "  fovea doctor --json"})
final class DoctorCommand extends Verb {

    DoctorCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Examination examination = Examination.of(workspace.workspace());
        print(() -> examination.json(), () -> examination.lines().forEach(console::result));
        return examination.works() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
