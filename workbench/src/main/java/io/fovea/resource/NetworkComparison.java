package io.fovea.resource;

import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.SummaryTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two networks layer by layer: the longest row of layers of one kind that both have, in its order, and what stands between. */
final class NetworkComparison {

    private NetworkComparison() {}

    /**
     * Returns a row for each pair of layers, or for one that only one of both has. What {@code follows} is set alike and differs in its sizes only, because
     * of the layers before it.
     */
    static List<Map<String, Object>> rows(Network first, Network second) {
        List<SummaryTable.Row> one = SummaryTable.rows(Inference.of(first));
        List<SummaryTable.Row> other = SummaryTable.rows(Inference.of(second));
        int[][] common = common(one, other);
        List<Map<String, Object>> rows = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < other.size()) {
            boolean both = i < one.size()
                    && j < other.size()
                    && pairs(one.get(i), other.get(j)) > 0
                    && common[i][j] == common[i + 1][j + 1] + pairs(one.get(i), other.get(j));
            if (both) rows.add(row(one.get(i++), other.get(j++)));
            else if (j == other.size() || (i < one.size() && common[i + 1][j] >= common[i][j + 1]))
                rows.add(Map.of("first", one.get(i++), "change", "removed"));
            else rows.add(Map.of("second", other.get(j++), "change", "added"));
        }
        return rows;
    }

    private static Map<String, Object> row(SummaryTable.Row one, SummaryTable.Row other) {
        boolean asSet = one.settings().equals(other.settings());
        boolean same = asSet && one.output().equals(other.output()) && one.parameters() == other.parameters();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("first", one);
        row.put("second", other);
        row.put("change", same ? "same" : asSet ? "follows" : "changed");
        return row;
    }

    /** Layers of one kind can stand side by side; those of one name or of one setting rather do. */
    private static int pairs(SummaryTable.Row one, SummaryTable.Row other) {
        if (!one.kind().equals(other.kind())) return 0;
        int name = one.layer().equals(other.layer()) ? 1 : 0;
        return 3 + name + (one.settings().equals(other.settings()) ? 2 : 0);
    }

    /** The most that can be paired from each place on: the longest common subsequence, with weights. */
    private static int[][] common(List<SummaryTable.Row> one, List<SummaryTable.Row> other) {
        int[][] common = new int[one.size() + 1][other.size() + 1];
        for (int i = one.size() - 1; i >= 0; i--) {
            for (int j = other.size() - 1; j >= 0; j--) {
                int pair = pairs(one.get(i), other.get(j));
                int apart = Math.max(common[i + 1][j], common[i][j + 1]);
                common[i][j] = pair == 0 ? apart : Math.max(apart, pair + common[i + 1][j + 1]);
            }
        }
        return common;
    }
}
