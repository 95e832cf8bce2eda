package io.fovea.timing;

import io.fovea.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of the machine beside every figure. */
final class MachineWords {

    private MachineWords() {}

    static List<String> of(Machine machine) {
        List<String> lines = new ArrayList<>(List.of(machine.inShort() + "; " + machine.instructions() + "; "
                + machine.java() + String.format(Locale.ROOT, "; load %.1f", machine.load())));
        if (!machine.isQuiet())
            lines.add(
                    "This machine was busy with other work before: the figures say little. Measure again when its load"
                            + " is near 0.");
        return lines;
    }

    static Map<String, Object> json(Machine machine) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processor", machine.processor());
        json.put("cores", machine.cores());
        json.put("memoryInGiB", machine.memoryInGiB());
        json.put("instructionSets", machine.instructionSets());
        json.put("system", machine.system());
        json.put("java", machine.java());
        json.put("load", machine.load());
        json.put("quiet", machine.isQuiet());
        return json;
    }

    /** Returns a number a second with about three digits that count. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
    }
}
