package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Executors killed at random moments of each use of {@code --on}, and what came out held against an undisturbed run: what was lost, what came twice, what
 * has other bits. One executor in each run; the cluster begins another in its place.
 */
@Command(
        name = "kills",
        description =
                "fovea predict, tune, shrink hybrid and train --on local-cluster, while an executor is killed at a"
                        + " random moment: results that are lost, doubled or others.")
final class KillsBenchmark implements Callable<Integer> {

    private static final String CLUSTER = "local-cluster[2,1,1024]";
    private static final int EXECUTORS = 2;
    /** A kill that comes when the executors have gone counts for nothing, and another one is tried. */
    private static final int RUNS_FOR_A_KILL = 2;

    private static final int RUNS_BETWEEN_UNDISTURBED = 7;
    private static final int LIMIT_IN_UNDISTURBED_RUNS = 10;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WHAT",
            description = "Only these: scoring, tune, evolution, ranks (default: all).")
    private Set<SharedUse> only = EnumSet.allOf(SharedUse.class);

    @Option(names = "--rounds", defaultValue = "20", description = "Kills in each use (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of the moments and of who is killed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private RecordOption recordOption;

    /** A run, with an executor killed or undisturbed, and how what came out differs. */
    private record Round(KilledRun run, Finding.Difference difference) {

        boolean isGood() {
            return run.problem().isEmpty() && difference.isNone();
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path folder = Files.createTempDirectory("fovea-kills-");
        boolean isGood = true;
        try {
            KillsData data = KillsData.in(folder);
            for (SharedUse use : only) isGood &= measure(use, data, folder, machine);
        } finally {
            if (isGood) Folder.delete(folder);
            else System.err.println("What bad runs left lies in " + folder);
        }
        return isGood ? 0 : 1;
    }

    private boolean measure(SharedUse use, KillsData data, Path folder, Machine machine)
            throws IOException, InterruptedException {
        Path place = data.workspace(folder.resolve(name(use) + "-undisturbed"));
        KilledRun first = run(use, data, place, Optional.empty(), Duration.ofHours(1));
        List<Finding> expected = use.findings(place);
        first.problem().ifPresent(problem -> {
            throw new Problem("The undisturbed run has failed.", problem, "look at what it says");
        });
        Folder.delete(place);
        List<Round> done = new ArrayList<>();
        done.add(new Round(first, Finding.difference(expected, expected)));
        tell(use, done);

        SplittableRandom random = new SplittableRandom(seed);
        while (kills(done) < rounds && done.size() < rounds * RUNS_FOR_A_KILL) {
            // Undisturbed in between as well: a machine that does other work is not equally fast all the time.
            boolean isDisturbed = done.size() % RUNS_BETWEEN_UNDISTURBED != 0;
            // The time in which the last run had executors says best how long this one will have them.
            long span = Math.max(1, done.getLast().run().executors().length().toMillis());
            Optional<KilledRun.Plan> plan = isDisturbed
                    ? Optional.of(new KilledRun.Plan(Duration.ofMillis(random.nextLong(span)), random))
                    : Optional.empty();
            place = data.workspace(folder.resolve(name(use) + "-" + done.size()));
            KilledRun run = run(use, data, place, plan, first.time().multipliedBy(LIMIT_IN_UNDISTURBED_RUNS));
            done.add(new Round(run, Finding.difference(expected, use.findings(place))));
            tell(use, done);
            if (done.getLast().isGood()) Folder.delete(place);
        }
        finish(use, machine, expected.size(), done);
        return done.stream().allMatch(Round::isGood);
    }

    private static KilledRun run(
            SharedUse use, KillsData data, Path place, Optional<KilledRun.Plan> plan, Duration limit)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(use.words(data, place));
        words.addAll(List.of("--on", CLUSTER));
        return KilledRun.of(FoveaCommand.of(words), place.resolve("words.txt"), EXECUTORS, plan, limit);
    }

    private static long kills(List<Round> rounds) {
        return rounds.stream().filter(round -> round.run().kill().isPresent()).count();
    }

    private static String name(SharedUse use) {
        return use.name().toLowerCase(Locale.ROOT);
    }

    private void tell(SharedUse use, List<Round> done) {
        Round round = done.getLast();
        KilledRun run = round.run();
        String kill = run.kill()
                .map(each -> String.format(
                        Locale.ROOT,
                        "kill %d of %d after %.1f s, during \"%s\"",
                        kills(done),
                        rounds,
                        seconds(each.after()),
                        each.during()))
                .orElse("undisturbed");
        System.err.printf(
                Locale.ROOT,
                "%-9s %5.1f s, with executors %5.1f s, %s%s%s%n",
                name(use),
                seconds(run.time()),
                seconds(run.executors().length()),
                kill,
                run.problem().map(problem -> "; " + problem).orElse(""),
                round.difference().isNone() ? "" : "; " + round.difference());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private void finish(SharedUse use, Machine machine, int compared, List<Round> done) {
        Map<Boolean, List<Round>> byKill = done.stream()
                .collect(Collectors.partitioningBy(round -> round.run().kill().isPresent()));
        List<Round> hit = byKill.get(true);
        double undisturbed = medianSeconds(byKill.get(false));
        long endedWell =
                hit.stream().filter(round -> round.run().problem().isEmpty()).count();
        long lost = done.stream()
                .mapToLong(round -> round.difference().lost().size())
                .sum();
        long doubled = done.stream()
                .mapToLong(round -> round.difference().doubled().size())
                .sum();
        long moved = done.stream().filter(round -> round.difference().moved()).count();
        long changed = done.stream()
                .mapToLong(round -> round.difference().changed().size())
                .sum();
        recordOption.finish(
                "kills",
                "kills-" + name(use),
                machine,
                Map.of("on", CLUSTER, "rounds", rounds, "seed", seed),
                List.of(
                        name(use),
                        String.format(Locale.ROOT, "%,d: %s", compared, use.compared()),
                        Integer.toString(done.size()),
                        Integer.toString(hit.size()),
                        Long.toString(endedWell),
                        "**" + lost + "**",
                        "**" + doubled + "**",
                        "**" + moved + "**",
                        "**" + changed + "**",
                        String.format(Locale.ROOT, "%.1f s", undisturbed),
                        hit.isEmpty() ? "–" : String.format(Locale.ROOT, "%.1f s", medianSeconds(hit) - undisturbed)),
                content -> {
                    content.put("compared", compared);
                    ArrayNode rows = content.putArray("runs");
                    done.forEach(round -> describe(round, rows.addObject()));
                });
    }

    private static double medianSeconds(List<Round> rounds) {
        return Median.of(
                rounds.stream().map(round -> seconds(round.run().time())).toList());
    }

    private static void describe(Round round, ObjectNode row) {
        row.put("seconds", seconds(round.run().time()));
        row.put("executorSeconds", seconds(round.run().executors().length()));
        round.run().kill().ifPresent(kill -> row.put("killedAfterSeconds", seconds(kill.after()))
                .put("during", kill.during()));
        round.run().problem().ifPresent(problem -> row.put("problem", problem));
        Finding.Difference difference = round.difference();
        if (difference.isNone()) return;
        difference.lost().forEach(row.putArray("lost")::add);
        difference.doubled().forEach(row.putArray("doubled")::add);
        difference.changed().forEach(row.putArray("changed")::add);
        row.put("moved", difference.moved());
    }
}
