package io.fovea.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Datasets, weights and models of a workspace, each made when it is first asked for; what is there already is left as it is. */
final class UnknownData {

    private static final int PER_CLASS = 1_200;

    private final Path workspace;

    UnknownData(Path workspace) {
        this.workspace = workspace;
    }

    /** Makes a model, and what it is made from. */
    void provide(UnknownModel model) throws IOException, InterruptedException {
        if (Files.exists(workspace.resolve("models").resolve(model.name()))) return;
        List<String> command = model.command();
        dataset(command.get(command.indexOf("--data") + 1));
        int weights = command.indexOf("--pretrained") + 1;
        if (weights > 0) weights(command.get(weights));
        run(command);
    }

    private void dataset(String name) throws IOException, InterruptedException {
        if (Files.exists(workspace.resolve("datasets").resolve(name))) return;
        switch (name) {
            case "digits" -> imported(name, "mnist", "--max-per-class", Integer.toString(PER_CLASS));
            case "clothing" -> imported(name, "fashion-mnist", "--max-per-class", Integer.toString(PER_CLASS));
            case "cifar10" -> {
                Path folder = Repository.data(name).resolve(name);
                run(List.of(
                        "data",
                        "import",
                        name,
                        "train=" + folder.resolve("data_batch_1.first4000.bin.gz"),
                        "test=" + folder.resolve("test_batch.first1000.bin.gz"),
                        "classes=" + folder.resolve("batches.meta.txt")));
            }
            case "pets" -> imported(name, "cats-dogs", "--val-as-test", "--crop-margin", "32");
            case "insects" -> imported(name, "hymenoptera", "--val-as-test", "--crop-margin", "32");
            case "faces" -> imported(name, "face-xy", "--val-as-test", "--crop-margin", "32");
            case "faces64" -> imported(name, "face-xy", "--val-as-test", "--size", "64");
            default -> throw new IllegalArgumentException(name);
        }
    }

    private void imported(String name, String data, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "data", "import", name, Repository.data(data).resolve(data).toString()));
        command.addAll(List.of(more));
        run(command);
    }

    private void weights(String name) throws IOException, InterruptedException {
        if (Files.exists(workspace.resolve("weights").resolve(name))) return;
        Path folder = Repository.data("pretrained-imagenet").resolve("pretrained-imagenet");
        switch (name) {
            case "resnet18" -> weights(name, folder.resolve("resnet18/resnet18.f16.safetensors"), name);
            case "squeezenet" ->
                weights(name, folder.resolve("squeezenet1_1/squeezenet1_1.f16.safetensors"), "squeezenet1_1");
            case "mobilenet" ->
                weights(
                        name,
                        folder.resolve("mobilenet_v2/mobilenet_v2.bnfolded.f32.safetensors"),
                        "mobilenet_v2_same");
            default -> throw new IllegalArgumentException(name);
        }
    }

    private void weights(String name, Path file, String network) throws IOException, InterruptedException {
        run(List.of("network", "import", name, file.toString(), "--network", network));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--workspace", workspace.toString()));
        FoveaCommand.run(all);
    }
}
