package io.fovea.cli;

import io.fovea.choice.NetworkSource;
import io.fovea.choice.VerbSituations;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Network;
import io.fovea.network.NetworkJson;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.network.SummaryTable;
import io.fovea.profile.EstimateTable;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.OutputFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code fovea network show}: layers, shapes, parameters, cost. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Show a network's layers, shapes, parameters and multiply-accumulates.",
        footer = {
            "",
            "Examples:",
            "  fovea network show lenet",
            "  fovea network show lenet --input 3x64x64 --classes 2",
            "  fovea network show resnet152 --layers   # every layer instead of a line per block",
            "  fovea network show lenet --yaml > mine.yaml   # a file to change and train",
            "  fovea network show resnet18 --profile pi5.profile   # with the time on that board, estimated",
            "  fovea network show mine.yaml"
        })
final class NetworkShowCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A name of the catalogue, or a network file (.yaml).")
    private String name;

    @Option(
            names = "--input",
            paramLabel = "CxHxW",
            converter = InputConverter.class,
            description = "Channels, height and width of the pictures. Default: what the network was made for.")
    private Shape input;

    @Option(
            names = "--classes",
            paramLabel = "K",
            description = "How many classes. Default: what the network was made for, 10 or 1000.")
    private Integer classes;

    @Option(
            names = "--layers",
            description = "List every layer; without it, a network of more than " + SummaryTable.MANY_LAYERS
                    + " layers has a line per block.")
    private boolean layers;

    @Option(names = "--yaml", description = "Print the network as a file that can be changed and trained.")
    private boolean yaml;

    @Mixin
    private ProfileOption profile;

    @Mixin
    private OutputOption output;

    NetworkShowCommand(Console console) {
        this.console = console;
    }

    /** Reads a shape as it is written on the command line. */
    static final class InputConverter implements ITypeConverter<Shape> {
        @Override
        public Shape convert(String text) {
            return Shape.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "write CHANNELSxHEIGHTxWIDTH, such as 1x28x28; found \"" + text + "\""));
        }
    }

    @Override
    public Integer call() {
        if (NetworkSource.isFile(name)) IdleOption.refuse(VerbSituations.NETWORK_FILE, spec);
        if (output.isJson()) IdleOption.refuse(VerbSituations.AS_JSON, spec);
        if (yaml) IdleOption.refuse(VerbSituations.AS_YAML, spec);
        Network network = network();
        Optional<EstimateTable> estimates = profile.estimates();
        if (output.format() == OutputFormat.JSON) {
            Map<String, Object> json = new LinkedHashMap<>(NetworkJson.of(network, entry()));
            estimates.ifPresent(table -> json.put("onMachine", table.json(network)));
            console.json(json);
        } else if (yaml) console.print(NetworkYaml.write(network));
        else {
            console.print(SummaryTable.page(network, entry(), layers));
            estimates.ifPresent(table -> {
                console.result("");
                table.lines(network).forEach(console::result);
            });
        }
        return ExitCode.DONE;
    }

    private Optional<CatalogueEntry> entry() {
        return NetworkSource.isFile(name) ? Optional.empty() : Optional.of(Catalogue.entry(name));
    }

    private Network network() {
        if (NetworkSource.isFile(name)) return NetworkYaml.read(Path.of(name));
        CatalogueEntry entry = Catalogue.entry(name);
        return Catalogue.network(
                name, input == null ? entry.defaultInput() : input, classes == null ? entry.defaultClasses() : classes);
    }
}
