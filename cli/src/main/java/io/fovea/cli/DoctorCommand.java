package io.fovea.cli;

import io.fovea.choice.ProfileFile;
import io.fovea.file.WritablePlace;
import io.fovea.jvm.Build;
import io.fovea.machine.Examination;
import io.fovea.profile.DeviceProfile;
import io.fovea.profile.ProfileMeasurement;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.ProgressBar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
            "With --profile it measures instead, for minutes, what the building blocks of networks take here, and"
                + " keeps that in a small file: \"fovea network show NAME --profile FILE\" then tells on any machine"
                + " what a network would take on this one.",
            ""
        },
        footer = {"", "Examples:", "  fovea doctor", "  fovea doctor --json", "  fovea doctor --profile pi5.profile"})
final class DoctorCommand extends Verb {

    @Option(
            names = "--profile",
            arity = "0..1",
            fallbackValue = ProfileFile.HERE,
            paramLabel = "NAME|FILE",
            description = "Measure this machine, and keep what was found. Without a name: \"here\".")
    private Optional<String> profile = Optional.empty();

    DoctorCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (profile.isPresent()) return measured(ProfileFile.of(profile.get(), workspace.workspace()));
        Examination examination = Examination.of(workspace.workspace());
        print(() -> examination.json(), () -> examination.lines().forEach(console::result));
        return examination.works() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int measured(Path file) {
        WritablePlace.checkFile(file, "option --profile");
        ProgressBar bar = new ProgressBar(console);
        DeviceProfile made = ProfileMeasurement.of(
                Build.version(), LocalDate.now(), (done, all) -> bar.draw("measuring", (double) done / all, ""));
        bar.clear();
        made.write(file);
        print(
                () -> Map.of("profile", file.toString(), "machine", made.machine(), "measured", made.measured()),
                () -> console.result(made.words() + " → " + file));
        return ExitCode.DONE;
    }
}
