package io.fovea.profile;

import io.fovea.file.AtomicFile;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What building blocks of networks take on a machine: measured there once, kept in a small file of YAML that people can read. Immutable; threads may share it.
 *
 * @param format          of the file
 * @param machine         processor, cores and memory in words
 * @param cores           of the machine
 * @param instructionSets that matter
 * @param system          operating system
 * @param load            of the minute before; far above 0 the figures say little
 * @param measured        the day, as in 2026-01-31
 * @param fovea           the version that measured
 * @param onnxRuntime     the version that computed
 * @param columns         what stands in a row
 * @param blocks          a row for each measurement
 */
public record DeviceProfile(
        int format,
        String machine,
        int cores,
        List<String> instructionSets,
        String system,
        double load,
        String measured,
        String fovea,
        String onnxRuntime,
        String columns,
        List<String> blocks) {

    /** The format that is written, and the newest that is read. */
    public static final int FORMAT = 1;

    private static final String COLUMNS = "numbers threads block channels size microseconds";
    static final String AGAIN = "measure it again on that machine with \"fovea doctor --profile FILE\"";

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is no row, or one is none
     */
    public DeviceProfile {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(measured, "measured");
        instructionSets = List.copyOf(instructionSets);
        blocks = List.copyOf(blocks);
        if (!columns.equals(COLUMNS)) throw new IllegalArgumentException("columns must be \"" + COLUMNS + "\"");
        if (blocks.isEmpty()) throw new IllegalArgumentException("There are no blocks");
        for (String row : blocks)
            if (BlockTime.of(row).isEmpty()) throw new IllegalArgumentException("\"" + row + "\" is no row of blocks");
    }

    static DeviceProfile of(Machine machine, LocalDate today, String fovea, String onnxRuntime, List<BlockTime> times) {
        return new DeviceProfile(
                FORMAT,
                machine.inShort(),
                machine.cores(),
                machine.instructionSets(),
                machine.system(),
                Math.round(machine.load() * 100) / 100.0,
                today.toString(),
                fovea,
                onnxRuntime,
                COLUMNS,
                times.stream().map(BlockTime::row).toList());
    }

    /** Returns the measurements. */
    List<BlockTime> times() {
        return blocks.stream().map(row -> BlockTime.of(row).orElseThrow()).toList();
    }

    /** Returns the numbers of threads that it holds, the smallest first. */
    public List<Integer> threads() {
        return times().stream().map(BlockTime::threads).distinct().sorted().toList();
    }

    /** Returns what it was measured on and when, in a line. */
    public String words() {
        return machine + ", measured " + measured
                + (load >= 0.5 ? ", while it was busy with other work (load " + load + ")" : "");
    }

    /**
     * Reads a file.
     *
     * @throws Problem if it cannot be read, is damaged, or was written by a newer Fovea
     */
    public static DeviceProfile read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException failure) {
            throw new Problem(
                    Files.exists(file)
                            ? "The profile cannot be read: " + failure.getMessage() + "."
                            : "There is no profile \"" + file + "\".",
                    file.toAbsolutePath().normalize().toString(),
                    "check the path; \"fovea doctor --profile FILE\" makes one on the machine that it is of",
                    failure);
        }
        RecordYaml.Read read = RecordYaml.read(text, file.toString(), "profile");
        Place place = read.place();
        if (!(read.tree().get("format") instanceof Number format))
            throw new Problem("The file is no profile of a machine: it has no format.", file.toString(), AGAIN);
        if (format.longValue() > FORMAT)
            throw new Problem(
                    "The profile has the format " + format + "; this Fovea reads formats up to " + FORMAT + ".",
                    file.toString(),
                    "take a newer Fovea, or measure it again with this one");
        return RecordTree.read(read.tree(), DeviceProfile.class, place);
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @throws Problem if it cannot be written
     */
    public void write(Path file) {
        AtomicFile.write(file, RecordYaml.text(RecordTree.write(this)).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the measurements of a form and number of threads. */
    List<BlockTime> times(NumberForm form, int threads) {
        List<BlockTime> found = new ArrayList<>();
        for (BlockTime time : times()) if (time.form() == form && time.threads() == threads) found.add(time);
        return found;
    }

    /** Returns whether it holds whole numbers. */
    public boolean has(NumberForm form) {
        return times().stream().anyMatch(time -> time.form() == form);
    }
}
