package io.fovea.cli;

import io.fovea.profile.EstimateTable;
import io.fovea.result.CatalogueTable;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea network list}: the catalogue. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the networks of the catalogue, with their size for the pictures and classes they were made for.",
        description = {
            "Published top-1 is in percent: on ImageNet's validation pictures for networks of 1000 classes, on"
                    + " CIFAR-10's test pictures for those of 3x32x32.",
            "A network gives one row of numbers for a picture, as classification and regression need it, or maps in the"
                    + " picture's size, for segmentation and for pictures."
        },
        footer = {
            "",
            "Examples:",
            "  fovea network list",
            "  fovea network list --json   # with a sentence about each",
            "  fovea network list --profile pi5.profile   # with the time on that board, estimated",
            "  fovea network show resnet18"
        })
final class NetworkListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private ProfileOption profile;

    @Mixin
    private OutputOption output;

    NetworkListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<EstimateTable> estimates = profile.estimates();
        switch (output.format()) {
            case JSON ->
                console.json(estimates.map(EstimateTable::catalogueJson).orElseGet(CatalogueTable::json));
            case TEXT ->
                estimates
                        .map(EstimateTable::catalogue)
                        .orElseGet(CatalogueTable::lines)
                        .forEach(console::result);
        }
        return ExitCode.DONE;
    }
}
