package io.fovea.cli;

import io.fovea.terminal.Console;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A verb and those below it, of which only what is asked for is built: reading the options of all verbs takes longer than many a command.
 *
 * @param type  the verb's class, made from the console or from nothing; it says the verb's name and its line in lists
 * @param verbs those below it, in the order of the help text
 */
record VerbTree(Class<?> type, List<VerbTree> verbs) {

    private static final VerbTree ROOT = group(
            FoveaCommand.class,
            group(
                    LabCommand.class,
                    verb(LabMnistCommand.class),
                    verb(LabTransferCommand.class),
                    verb(LabCatsDogsCommand.class),
                    verb(LabRegressionCommand.class),
                    verb(LabCifar10Command.class),
                    verb(LabHybridCommand.class),
                    verb(LabSegmentationCommand.class),
                    verb(LabDenoiseCommand.class)),
            group(
                    DataCommand.class,
                    verb(DataImportCommand.class),
                    verb(DataListCommand.class),
                    verb(DataShowCommand.class)),
            group(
                    NetworkCommand.class,
                    verb(NetworkListCommand.class),
                    verb(NetworkShowCommand.class),
                    verb(NetworkImportCommand.class),
                    verb(NetworkExportCommand.class),
                    verb(NetworkWeightsCommand.class)),
            verb(TrainCommand.class),
            verb(TuneCommand.class),
            group(
                    ShrinkCommand.class,
                    verb(ShrinkHybridCommand.class),
                    verb(ShrinkInt8Command.class),
                    verb(ShrinkPruneCommand.class),
                    verb(ShrinkLadderCommand.class)),
            verb(EvaluateCommand.class),
            verb(PredictCommand.class),
            verb(BenchmarkCommand.class),
            verb(ExplainCommand.class),
            group(
                    JobCommand.class,
                    verb(JobRunCommand.class),
                    verb(JobListCommand.class),
                    verb(JobShowCommand.class),
                    verb(JobStopCommand.class)),
            verb(DeleteCommand.class),
            verb(AdoptCommand.class),
            verb(ExportCommand.class),
            verb(ServeCommand.class),
            verb(WorkbenchCommand.class),
            verb(TensorBoardCommand.class),
            verb(DoctorCommand.class),
            verb(AutoComplete.GenerateCompletion.class));

    private static VerbTree verb(Class<?> type) {
        return new VerbTree(type, List.of());
    }

    private static VerbTree group(Class<?> type, VerbTree... verbs) {
        return new VerbTree(type, List.of(verbs));
    }

    /** Returns the whole command. */
    static CommandLine whole(Console console) {
        return ROOT.built(console, _ -> true);
    }

    /**
     * Returns the command with those verbs whose names stand among the arguments, wherever; of the others the names, for lists and suggestions.
     * Completion needs all, and a file of arguments may hold any.
     */
    static CommandLine asked(Console console, String... arguments) {
        List<String> words = Arrays.asList(arguments);
        boolean all = words.contains(AutoComplete.GenerateCompletion.class
                        .getAnnotation(Command.class)
                        .name())
                || words.stream().anyMatch(word -> word.startsWith("@"));
        return ROOT.built(console, name -> all || words.contains(name));
    }

    private CommandLine built(Console console, Predicate<String> asked) {
        CommandLine line = new CommandLine(made(console));
        for (VerbTree verb : verbs)
            line.addSubcommand(asked.test(verb.name()) ? verb.built(console, asked) : verb.listed());
        return line;
    }

    /** By its only constructor: a reference to each would cost a class each. */
    private Object made(Console console) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            return constructor.getParameterCount() == 0 ? constructor.newInstance() : constructor.newInstance(console);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns what stands of it in a list of verbs. */
    private CommandLine listed() {
        Command annotation = type.getAnnotation(Command.class);
        CommandSpec spec = CommandSpec.create().name(annotation.name());
        spec.usageMessage().header(annotation.header()).description(annotation.description());
        return new CommandLine(spec);
    }

    private String name() {
        return type.getAnnotation(Command.class).name();
    }
}
