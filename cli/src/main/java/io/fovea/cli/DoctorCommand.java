package io.fovea.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea doctor}: what was found on this machine, and what to do about what is missing. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        header = "Show what this machine has, and what to do about what is missing.",
        description = {
            "",
            "Looks at the JDK, the native libraries, cores, instruction sets, GPU, memory, disk and write access.",
            "Ends with 0 if Fovea can work here, else with 1.",
            ""
        },
        footer = {"", "Examples:", "  fovea doctor", "  fovea doctor --json"})
final class DoctorCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Finding> findings = Examination.of(workspace.workspace());
        boolean works = findings.stream().noneMatch(finding -> finding.state() == Finding.State.BROKEN);
        switch (output.format()) {
            case JSON -> console.json(asJson(findings, works));
            case TEXT -> print(findings, works);
        }
        return works ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(List<Finding> findings, boolean works) {
        for (Finding finding : findings) {
            console.result(String.format(
                    Locale.ROOT, "%-7s %-13s %s", finding.state().word(), finding.name(), finding.found()));
            if (!finding.remedy().isEmpty()) console.result(" ".repeat(22) + "do: " + finding.remedy());
        }
        console.result(
                works ? "Fovea can work here." : "Fovea cannot work here yet; the lines marked \"broken\" say why.");
    }

    private static Map<String, Object> asJson(List<Finding> findings, boolean works) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("works", works);
        json.put(
                "findings",
                findings.stream()
                        .map(finding -> {
                            Map<String, String> entry = new LinkedHashMap<>();
                            entry.put("name", finding.name());
                            entry.put("state", finding.state().word());
                            entry.put("found", finding.found());
                            entry.put("do", finding.remedy());
                            return entry;
                        })
                        .toList());
        return json;
    }
}
