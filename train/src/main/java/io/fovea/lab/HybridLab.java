package io.fovea.lab;

import io.fovea.dataset.Split;
import io.fovea.result.DataJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The lab {@code hybrid}: the tables of the talk on the hybrid topology, its figures beside ours. */
public final class HybridLab {

    private final Site site;

    /** At a place. */
    public HybridLab(Site site) {
        this.site = site;
    }

    /** How much of it is done. */
    public enum Extent {
        /** All columns. */
        WHOLE,
        /** Only few digits, few epochs and few generations. */
        QUICK
    }

    /**
     * Makes the tables; empty if it was stopped. Rows that are there already are not made again.
     *
     * @param generations of the searches that take one filter after the other; empty: as the recipe says
     * @throws Choice.OutOfRange if a number is out of range
     */
    public Optional<HybridTables> run(Extent extent, OptionalInt generations, Choice choice) {
        HybridRecipe recipe = HybridRecipe.read();
        HybridRecipe.Effort effort = (extent == Extent.QUICK ? recipe.quick() : recipe.whole()).with(generations);
        List<HybridColumn> columns =
                extent == Extent.QUICK ? List.of(HybridColumn.FEW_5) : List.of(HybridColumn.values());
        int threads = choice.threads().orElseThrow();
        try (HybridSets sets = HybridSets.open(site, recipe.pictures(), choice)) {
            HybridRows kept = new HybridRows(
                    site.workspace().cache().resolve("lab-hybrid").resolve(identity(extent, sets, effort, choice)));
            Optional<List<HybridRow>> rows =
                    new RowMaking(site, recipe, effort, choice, kept).run(sets, recipe.methods(), columns);
            if (rows.isEmpty()) return Optional.empty();
            HybridFigures figures = new HybridFigures(recipe.methods(), columns, rows.get());
            HybridTables tables = new HybridTables(
                    extent,
                    sets.all().name(),
                    choice.seed(),
                    figures.rows(),
                    tables(figures, sets, effort, threads),
                    site.workspace().newRun("lab-hybrid"));
            tables.write();
            kept.forget();
            return Optional.of(tables);
        }
    }

    private List<Table> tables(HybridFigures figures, HybridSets sets, HybridRecipe.Effort effort, int threads) {
        site.stage("measuring the speed");
        PredictionSpeed speed = new PredictionSpeed(Duration.ofMillis(effort.speedMilliseconds()));
        List<SpeedTable.Setting> settings = SpeedTable.settings(threads);
        return List.of(
                SizeTable.of(figures, sets.of(figures.largest()).count(Split.TRAINING)),
                AccuracyTable.of(figures),
                SecondsTable.of(figures, threads),
                SpeedTable.of(SpeedTable.measure(figures, sets.all(), settings, speed), settings));
    }

    /** Returns a folder's name that tells this lab from one that asks for something else. */
    private static String identity(Extent extent, HybridSets sets, HybridRecipe.Effort effort, Choice choice) {
        return String.format(
                Locale.ROOT,
                "%s-%s-%s-%d-%d-seed%d-threads%d",
                sets.all().name(),
                sets.all().contentHash().substring(0, 12),
                DataJson.word(extent),
                effort.perFilter(),
                effort.together(),
                choice.seed(),
                choice.threads().orElseThrow());
    }
}
