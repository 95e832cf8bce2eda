package io.fovea.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Table 2: accuracies, the talk's beside ours, and in words what evolution added. */
final class AccuracyTable {

    private AccuracyTable() {}

    /** Returns the table. */
    static Table of(HybridFigures results) {
        List<String> heads = new ArrayList<>(List.of("method"));
        for (HybridColumn column : results.columns()) {
            heads.add(column.head() + " talk");
            heads.add(column.head());
            if (column.pictures() == HybridColumn.Pictures.FEW) heads.add(column.head() + " on 10k");
        }
        List<List<String>> rows = new ArrayList<>();
        for (HybridMethod method : results.methods()) rows.add(row(method, results));
        return new Table("accuracies", "Accuracy in %", heads, rows, notes(results));
    }

    private static List<String> row(HybridMethod method, HybridFigures results) {
        List<String> cells = new ArrayList<>(List.of(method.words()));
        for (HybridColumn column : results.columns()) {
            HybridRow row = results.row(method, column).orElseThrow();
            cells.add(method.talk().accuracy(column));
            cells.add(HybridFigures.percent(row.accuracy()));
            if (column.pictures() == HybridColumn.Pictures.FEW) cells.add(HybridFigures.percent(row.wholeAccuracy()));
        }
        return cells;
    }

    private static List<String> notes(HybridFigures results) {
        List<String> notes = new ArrayList<>();
        notes.add("4k×5: the first 4,000 training and the first 1,000 test pictures (the talk does not say which), 5"
                + " epochs; \"on 10k\" is the same model on all test pictures. 60k: all pictures. One of 1,000 pictures"
                + " is 0.1 %, and the standard error of 97.5 % of them 0.5 %.");
        notes.add("Networks learn by SGD with momentum 0.9, one cycle of the learning rate up to 0.02, batches of 64;"
                + " they, and the heads of sliced rows, see pictures moved by up to a pixel. Nothing is chosen on test"
                + " pictures.");
        notes.add("Sliced rows have no epochs: the same model stands in all columns of its pictures. The talk does not"
                + " say what its evolution began with; its figures stand beside both starts.");
        notes.add("CMA-ES and PSO search one filter of the second layer after the other, ES-Adam all side by side."
                + " Every sliced row has the same closed-form head and the same 9 neighbours, but the one within 74 KB,"
                + " whose form is chosen on held-out training pictures.");
        for (HybridMethod method : results.methods()) {
            if (!method.evolves()) continue;
            for (HybridColumn column : results.columns()) {
                if (column == column.withoutEpochs()) notes.add(verdict(method, column, results));
            }
        }
        return notes;
    }

    /** Says what evolution added on pictures that it did not see. */
    private static String verdict(HybridMethod method, HybridColumn column, HybridFigures results) {
        HybridRow.Evolved search = results.row(method, column).orElseThrow().search();
        String outcome;
        if (!search.kept()) outcome = "Evolution added nothing: the kernels before it are kept.";
        else if (search.mayBeChance()) outcome = "The gain may be chance.";
        else outcome = "Evolution added that much.";
        return String.format(
                Locale.ROOT,
                "%s, %s: %s %% of %,d held-out training pictures after %,d generations, %s %% before. %s",
                method.words(),
                column.pictures().word(),
                HybridFigures.percent(search.heldOutAfter()),
                search.heldOutPictures(),
                search.generations(),
                HybridFigures.percent(search.heldOutBefore()),
                outcome);
    }
}
