package io.fovea.profile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How long a block took.
 *
 * @param threads of a run
 * @param micros  microseconds
 */
record BlockTime(Block block, NumberForm form, int threads, double micros) {

    /** Checks. */
    BlockTime {
        boolean positive =
                micros > 0 && Double.isFinite(micros) && threads > 0 && block.channels() > 0 && block.size() > 0;
        if (!positive) throw new IllegalArgumentException("numbers must be above 0");
    }

    /** Returns its row in a file: form, threads, kind, channels, size, microseconds. */
    String row() {
        return String.format(
                Locale.ROOT,
                "%s %d %s %d %d %.2f",
                form.word(),
                threads,
                block.kind().word(),
                block.channels(),
                block.size(),
                micros);
    }

    /** Returns the block of a row; empty if it is none. */
    static Optional<BlockTime> of(String row) {
        String[] cells = row.strip().split("\\s+");
        if (cells.length != 6) return Optional.empty();
        Optional<NumberForm> form = Arrays.stream(NumberForm.values())
                .filter(each -> each.word().equals(cells[0]))
                .findFirst();
        Optional<Block.Kind> kind = Arrays.stream(Block.Kind.values())
                .filter(each -> each.word().equals(cells[2]))
                .findFirst();
        if (form.isEmpty() || kind.isEmpty()) return Optional.empty();
        try {
            Block block = new Block(kind.get(), Integer.parseInt(cells[3]), Integer.parseInt(cells[4]));
            return Optional.of(
                    new BlockTime(block, form.get(), Integer.parseInt(cells[1]), Double.parseDouble(cells[5])));
        } catch (IllegalArgumentException noNumber) {
            return Optional.empty();
        }
    }

    /** Returns operations a second. */
    double rate() {
        return block.operations() / micros * 1e6;
    }
}
