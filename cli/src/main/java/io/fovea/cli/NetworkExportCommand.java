package io.fovea.cli;

import io.fovea.export.WeightsEntry;
import io.fovea.job.Job;
import io.fovea.terminal.Console;
import io.fovea.work.Jobs;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea network export}: imported weights become a model of their own classes. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Make a model of pretrained weights as they are, with their own classes.",
        description = {
            "",
            "The model tells apart what the weights were trained for; nothing is trained. Its golden pictures are",
            "drawn, or come from a dataset, which also says how often the model is right.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea network import resnet18-imagenet",
            "  fovea network export resnet18-imagenet",
            "  fovea predict resnet18-imagenet photo.jpg --top 5"
        })
final class NetworkExportCommand extends Verb {

    @Parameters(index = "0", paramLabel = "WEIGHTS", description = "Weights of the workspace (fovea network weights).")
    private String weights;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name. Default: that of the weights.")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            description =
                    "A dataset of the network's classes, or of some of them: judges the model on all its pictures.")
    private String data;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "The class names, one a line, in the order of the labels. Default: those of the import.")
    private Path classes;

    @Mixin
    private BundleOptions bundle;

    NetworkExportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Job job = new Job.Export(
                weights,
                Optional.ofNullable(name),
                Optional.ofNullable(data),
                Optional.ofNullable(classes).map(Path::toAbsolutePath),
                bundle.weights() == WeightsEntry.WRITTEN);
        return done(job, Jobs.Going.ON);
    }
}
