package io.fovea.cli;

import picocli.CommandLine.Command;

/** {@code fovea job}: long works, from files and by their names. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Do, list, show and stop jobs: every long work is one.",
        description = {
            "",
            "A job is a folder among the workspace's runs: job.yaml says what is done, events.jsonl what happened,"
                    + " result.json what came out. Any process can go on with it.",
            ""
        },
        footer = {"", "Example:", "  fovea job run digits.yaml"})
final class JobCommand {}
