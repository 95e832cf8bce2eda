package io.fovea.resource;

import io.fovea.choice.NetworkSource;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.file.AtomicFile;
import io.fovea.jvm.Build;
import io.fovea.learning.Learning;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkJson;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.speed.SpeedRecords;
import io.fovea.speed.Surroundings;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The catalogue of networks, and the workspace's own. Threads may share it. */
public final class NetworkAnswers {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private final Workspace workspace;
    private final List<Map<String, Object>> catalogue;
    private final KnownRuns runs;

    /** All networks that Fovea knows by name, and those of a workspace. */
    public NetworkAnswers(Workspace workspace) {
        this.workspace = workspace;
        runs = new KnownRuns(workspace);
        catalogue = Catalogue.entries().stream().map(NetworkJson::summary).toList();
    }

    /**
     * Returns the networks: the workspace's own first, then the catalogue's for the pictures and classes they were made for. One that cannot be read
     * says why, and hides no other.
     *
     * @param data a dataset: each network that cannot learn it says why; empty: none is asked
     */
    public List<Map<String, Object>> list(Optional<String> data) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String name : workspace.networks()) entries.add(own(name));
        List<SpeedRecords.Entry> speeds = speeds();
        for (Map<String, Object> entry : catalogue) {
            Map<String, Object> json = new LinkedHashMap<>(entry);
            measured(String.valueOf(entry.get("name")), speeds, json);
            entries.add(json);
        }
        if (data.isEmpty()) return entries;
        try (Dataset dataset = Dataset.open(workspace.existing(Shelf.DATASETS, data.get()))) {
            for (Map<String, Object> entry : entries)
                if (!entry.containsKey("problem"))
                    misfit(word(entry), dataset).ifPresent(why -> entry.put("misfit", why));
        }
        return entries;
    }

    /** Returns what {@code --network} and a job name the network by. */
    private static String word(Map<String, Object> entry) {
        return String.valueOf(entry.getOrDefault("file", entry.get("name")));
    }

    private Map<String, Object> own(String name) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("file", workspace.network(name).toString());
        try {
            Network network = NetworkYaml.read(workspace.network(name));
            describe(network, json);
            json.putAll(NetworkJson.of(network, Optional.empty()));
            json.put("name", name);
            json.remove("layers");
            json.remove("output");
            ofRun(name).ifPresent(speed -> json.put("speeds", List.of(speed)));
        } catch (Problem damaged) {
            json.put("description", "This file cannot be read as a network.");
            json.put("source", "this workspace");
            json.put("gives", "numbers");
            json.put("input", List.of());
            for (String number : List.of("classes", "parameters", "macs")) json.put(number, 0);
            json.put("problem", damaged.parts());
        }
        return json;
    }

    private static void describe(Network network, Map<String, Object> json) {
        Shape output = Inference.of(network).output();
        json.put("description", "A network of your own, " + network.nodes().size() + " layers.");
        json.put("source", "this workspace");
        json.put("gives", output.rank() == 3 ? "maps" : "numbers");
        json.put("classes", output.sizes()[0]);
    }

    private static Optional<String> misfit(String network, Dataset dataset) {
        Preparation form = dataset.preparation();
        Shape input = new Shape(form.colorMode().channels(), form.height(), form.width());
        try {
            Network found = NetworkSource.find(network, input, dataset);
            Shape output = Inference.of(found).output();
            Optional<String> why =
                    dataset.task().misfit(Arrays.stream(output.sizes()).boxed().toList());
            if (why.isPresent()) return why;
            if (!found.input().equals(input))
                return Optional.of("It expects pictures " + found.input() + ", the dataset's are " + input + ".");
            int outputs = Learning.of(dataset.task()).outputs(dataset);
            return output.sizes()[0] == outputs
                    ? Optional.empty()
                    : Optional.of("It gives " + output.sizes()[0] + " outputs, the dataset asks for " + outputs + ".");
        } catch (Problem otherwise) {
            return Optional.of(otherwise.what());
        }
    }

    private List<SpeedRecords.Entry> speeds() {
        return SpeedRecords.in(workspace.speeds(), Surroundings.here(Build.version()))
                .all();
    }

    /** Adds what was measured of a network's training on this machine, the fastest way for each size of batch and picture. */
    private void measured(String name, List<SpeedRecords.Entry> speeds, Map<String, Object> json) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (SpeedRecords.Entry entry : speeds) {
            if (!entry.work().startsWith("training of " + name + " [")) continue;
            Map<String, Object> speed = new LinkedHashMap<>();
            speed.put("work", entry.work().replaceFirst(" \\([0-9a-f]{8}\\)$", ""));
            speed.put("way", entry.speed().way());
            speed.put("imagesPerSecond", Math.round(entry.speed().imagesPerSecond()));
            found.add(speed);
        }
        if (found.isEmpty()) ofRun(name).ifPresent(found::add);
        if (!found.isEmpty()) json.put("speeds", found);
    }

    /** Returns what the last run of a network here made, where nothing was measured for its own sake. */
    private Optional<Map<String, Object>> ofRun(String name) {
        return runs.all().stream()
                .filter(run -> run.network().name().equals(name))
                .reduce((before, later) -> later)
                .map(run -> {
                    Map<String, Object> speed = new LinkedHashMap<>();
                    speed.put(
                            "work",
                            String.format(
                                    Locale.ROOT,
                                    "the run %s on pictures %s, batches of %d",
                                    run.run(),
                                    run.network().input(),
                                    run.settings().pictures().batchSize()));
                    speed.put("way", "its last epoch");
                    speed.put("imagesPerSecond", Math.round(run.imagesPerSecond()));
                    return speed;
                });
    }

    /**
     * Returns a network's layers with what each reads, gives and costs.
     *
     * @throws Problem if there is none of this name
     */
    public Map<String, Object> show(String name) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (isOwn(name)) {
            String text = text(name);
            json.putAll(described(NetworkYaml.read(text, name + ".yaml")));
            json.put("name", name);
            json.put("file", workspace.network(name).toString());
            json.put("yaml", text);
            ofRun(name).ifPresent(speed -> json.put("speeds", List.of(speed)));
            return json;
        }
        CatalogueEntry entry = entry(name);
        Network network = entry.network();
        json.putAll(NetworkJson.of(network, Optional.of(entry)));
        json.put("name", entry.name());
        json.put("classes", entry.defaultClasses());
        json.put("inputs", network.nodes().stream().map(Node::inputs).toList());
        json.put("yaml", NetworkYaml.write(network));
        measured(name, speeds(), json);
        return json;
    }

    private static Map<String, Object> described(Network network) {
        Map<String, Object> json = NetworkJson.of(network, Optional.empty());
        describe(network, json);
        json.put("inputs", network.nodes().stream().map(Node::inputs).toList());
        json.put("yaml", NetworkYaml.write(network));
        return json;
    }

    /** Whether a network is one of the workspace's own. */
    public boolean isOwn(String name) {
        return workspace.networks().contains(name);
    }

    private CatalogueEntry entry(String name) {
        if (Catalogue.names().contains(name)) return Catalogue.entry(name);
        List<String> names = Stream.concat(workspace.networks().stream(), Catalogue.names().stream())
                .toList();
        throw new Problem(
                "No network is named \"" + name + "\".",
                "the catalogue and " + workspace.network("own").getParent(),
                Nearest.suggestion(name, names));
    }

    private String text(String name) {
        Path file = workspace.network(name);
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new Problem(
                    "The network cannot be read: " + failure.getMessage() + ".",
                    file.toString(),
                    "check that it is text in UTF-8",
                    failure);
        }
    }

    private Network network(String name) {
        return isOwn(name)
                ? NetworkYaml.read(text(name), name + ".yaml")
                : entry(name).network();
    }

    /** Returns the network that a text is, or what is wrong with it and in which line. */
    public Map<String, Object> check(String text) {
        try {
            return Map.of("network", described(NetworkYaml.read(text, "network")));
        } catch (Problem problem) {
            Map<String, Object> json = new LinkedHashMap<>(problem.parts());
            json.put("line", line(problem));
            return Map.of("problem", json);
        }
    }

    private static int line(Problem problem) {
        Matcher line = LINE.matcher(problem.where());
        return line.find() ? Integer.parseInt(line.group(1)) : 1;
    }

    /**
     * Keeps a network of one's own, in the place of one of that name.
     *
     * @param name by which it is found, and which the text says too
     * @throws Problem if the name or the text is none of a network
     */
    public Map<String, Object> keep(String name, String text) {
        Workspace.checkedName("network", name);
        if (Catalogue.names().contains(name))
            throw new Problem(
                    "\"" + name + "\" is a network of the catalogue.",
                    "name",
                    "give yours another name, such as \"" + name + "-mine\"");
        Network network = NetworkYaml.read(text, name + ".yaml");
        if (!network.name().equals(name))
            throw new Problem(
                    "The file says \"" + network.name() + "\", and it is to be kept as \"" + name + "\".",
                    name + ".yaml, name",
                    "write the same name in both places");
        AtomicFile.write(workspace.network(name), text.getBytes(StandardCharsets.UTF_8));
        return show(name);
    }

    /**
     * Deletes a network of one's own; runs keep theirs.
     *
     * @throws Problem if there is none of this name
     */
    public void delete(String name) {
        if (!isOwn(name)) {
            if (Catalogue.names().contains(name))
                throw new Problem(
                        "Networks of the catalogue stay.", "network \"" + name + "\"", "delete your own only");
            entry(name);
        }
        try {
            Files.delete(workspace.network(name));
        } catch (IOException failure) {
            throw new Problem(
                    "The network cannot be deleted: " + failure.getMessage() + ".",
                    workspace.network(name).toString(),
                    "check the permissions of the workspace",
                    failure);
        }
    }

    /**
     * Returns two networks layer by layer.
     *
     * @throws Problem if one of them is not there
     */
    public Map<String, Object> compare(String first, String second) {
        Network one = network(first);
        Network other = network(second);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("first", sizes(first, one));
        json.put("second", sizes(second, other));
        json.put("rows", NetworkComparison.rows(one, other));
        return json;
    }

    private static Map<String, Object> sizes(String name, Network network) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("input", network.input().sizes());
        json.put("output", Inference.of(network).output().sizes());
        json.put("parameters", Inference.of(network).parameters());
        json.put("macs", Inference.of(network).macs());
        return json;
    }
}
