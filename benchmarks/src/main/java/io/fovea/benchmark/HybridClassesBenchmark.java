package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./fovea shrink hybrid --add-class} as a user types it: five classes of Fashion-MNIST, then one and two more, beside an engine of the same size that was
 * made of all seven at once. All are judged on the 1,000 test pictures of each class, which nothing is chosen on.
 */
@Command(
        name = "hybrid-classes",
        description = "./fovea shrink hybrid --add-class: old and new classes, beside an engine made of all at once.")
final class HybridClassesBenchmark implements Callable<Integer> {

    private static final String TABLE = "hybrid-classes";

    /**
     * Classes that are known, and then two more.
     *
     * @param name of the draw
     */
    private record Draw(String name, List<String> old, List<String> added) {

        static final List<Draw> ALL = List.of(
                new Draw(
                        "shirt", List.of("T-shirt", "Trouser", "Pullover", "Coat", "Bag"), List.of("Shirt", "Sneaker")),
                new Draw(
                        "shoes",
                        List.of("T-shirt", "Trouser", "Dress", "Sandal", "Bag"),
                        List.of("Sneaker", "Ankle boot")),
                new Draw(
                        "mixed", List.of("Pullover", "Dress", "Coat", "Sandal", "Sneaker"), List.of("Trouser", "Bag")));

        List<String> all() {
            return Stream.concat(old.stream(), added.stream()).toList();
        }
    }

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these draws: shirt, shoes, mixed.")
    private List<String> only = List.of("shirt", "shoes", "mixed");

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "SIZE",
            defaultValue = "all,40KB",
            description = "all references, or a size in KB (default: ${DEFAULT-VALUE}).")
    private List<String> sizes;

    @Option(
            names = "--per-class",
            defaultValue = "6000",
            description = "Training pictures of each class (default: ${DEFAULT-VALUE}, all).")
    private int perClass;

    @Option(
            names = "--option",
            description = "Handed on to the commands that make an engine; may be given several times.")
    private List<String> handedOn = List.of();

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        FashionClasses pictures =
                FashionClasses.read(Repository.data("fashion-mnist").resolve("fashion-mnist"));
        for (Draw draw : Draw.ALL) {
            if (!only.contains(draw.name())) continue;
            Path folder = Files.createTempDirectory("fovea-benchmark-");
            try {
                measure(draw, pictures, folder, machine);
            } finally {
                Folder.delete(folder);
            }
        }
        return 0;
    }

    private void measure(Draw draw, FashionClasses pictures, Path folder, Machine machine)
            throws IOException, InterruptedException {
        pictures.write(draw.old(), perClass, folder.resolve("five"));
        pictures.write(draw.all(), perClass, folder.resolve("seven"));
        for (String name : List.of("five", "seven")) {
            FoveaCommand.run(List.of(
                    "data",
                    "import",
                    name,
                    "train=" + folder.resolve(name).resolve("train"),
                    "test=" + folder.resolve(name).resolve("test"),
                    "--size",
                    "28",
                    "--color",
                    "grey",
                    "--validation",
                    "0",
                    "--test",
                    "0",
                    "--workspace",
                    workspace(folder)));
        }
        for (String size : sizes) {
            ObjectNode five = made(folder, "five", size);
            ObjectNode seven = made(folder, "seven", size);
            ObjectNode one = grown(folder, five, size, draw.added().subList(0, 1));
            ObjectNode two = grown(folder, five, size, draw.added());
            Judged before = judged(five, draw, pictures);
            Judged anew = judged(seven, draw, pictures);
            Judged withOne = judged(one, draw, pictures);
            Judged withTwo = judged(two, draw, pictures);
            recordOption.finish(
                    TABLE,
                    TABLE + "-" + draw.name() + "-" + size,
                    machine,
                    Map.of(
                            "draw",
                            draw.name(),
                            "old",
                            draw.old(),
                            "added",
                            draw.added(),
                            "size",
                            size,
                            "perClass",
                            perClass,
                            "options",
                            handedOn),
                    row(
                            draw,
                            size,
                            perClass,
                            before,
                            withOne,
                            withTwo,
                            anew,
                            two.path("engineBytes").asLong()),
                    content -> {
                        content.set("five", before.asJson(five));
                        content.set("withOne", withOne.asJson(one));
                        content.set("withTwo", withTwo.asJson(two));
                        content.set("madeAnew", anew.asJson(seven));
                    });
        }
    }

    private static String workspace(Path folder) {
        return folder.resolve("workspace").toString();
    }

    private ObjectNode made(Path folder, String data, String size) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "shrink",
                "hybrid",
                "--data",
                data,
                "--name",
                data + "-" + size,
                "--json",
                "--workspace",
                workspace(folder)));
        if (!size.equals("all")) arguments.addAll(List.of("--engine-size", size));
        arguments.addAll(handedOn);
        return figures(data + " " + size, arguments);
    }

    private static ObjectNode grown(Path folder, ObjectNode five, String size, List<String> added)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("shrink", "hybrid"));
        for (String name : added) {
            arguments.addAll(List.of(
                    "--add-class",
                    name,
                    folder.resolve("seven/train").resolve(name).toString()));
        }
        arguments.addAll(List.of(
                "--model",
                five.path("bundle").asText(),
                "--to",
                folder.resolve("grown-" + size + "-" + added.size() + ".fovea").toString(),
                "--force", // what would be refused stands among its shortfalls
                "--json",
                "--workspace",
                workspace(folder)));
        return figures(added.size() + " added " + size, arguments);
    }

    private static ObjectNode figures(String name, List<String> arguments) throws InterruptedException {
        System.err.println(name);
        return switch (Program.run(new Side(name, "fovea", FoveaCommand.of(arguments), Map.of()))) {
            case Outcome.Measured measured -> measured.figures();
            case Outcome.Failed failed ->
                throw new Problem(
                        "Fovea failed: " + failed.reason(),
                        "./fovea " + String.join(" ", arguments),
                        "run the command by itself to see more");
        };
    }

    /**
     * What a model gets right.
     *
     * @param old   of so many test pictures of the old classes
     * @param added of so many of the added classes that it knows; 0 of 0 if it knows none
     */
    record Judged(int oldRight, int oldCount, int addedRight, int addedCount) {

        double old() {
            return 100.0 * oldRight / oldCount;
        }

        double added() {
            return 100.0 * addedRight / addedCount;
        }

        ObjectNode asJson(ObjectNode figures) {
            ObjectNode node = figures.deepCopy();
            for (String ofTheMachine : List.of("bundle", "run", "added")) node.remove(ofTheMachine);
            node.put("oldTestRight", oldRight);
            node.put("oldTestPictures", oldCount);
            node.put("addedTestRight", addedRight);
            node.put("addedTestPictures", addedCount);
            return node;
        }
    }

    private static Judged judged(ObjectNode figures, Draw draw, FashionClasses pictures) {
        int[] old = {0, 0};
        int[] added = {0, 0};
        try (Classifier classifier =
                Classifier.load(Path.of(figures.path("bundle").asText()))) {
            for (String name : draw.all()) {
                if (!classifier.manifest().task().names().contains(name)) continue;
                int[] counts = draw.old().contains(name) ? old : added;
                counts[0] += (int) classifier.classifyPrepared(pictures.test(name)).stream()
                        .filter(answer -> answer.best().name().equals(name))
                        .count();
                counts[1] += pictures.test(name).size();
            }
        }
        return new Judged(old[0], old[1], added[0], added[1]);
    }

    private static List<String> row(
            Draw draw,
            String size,
            int perClass,
            Judged before,
            Judged withOne,
            Judged withTwo,
            Judged anew,
            long engineBytes) {
        return List.of(
                draw.name(),
                size,
                words("%,d", perClass),
                words("%.2f %%", before.old()),
                words("%.2f %%", withOne.old()),
                words("%.2f %%", withOne.added()),
                words("**%.2f %%**", withTwo.old()),
                words("%.2f %%", anew.old()),
                words("**%.2f %%**", withTwo.added()),
                words("%.2f %%", anew.added()),
                words("%,d", engineBytes));
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
