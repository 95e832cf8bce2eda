package io.fovea.cli;

import static io.fovea.cli.HelpSection.first;
import static io.fovea.cli.HelpSection.more;

import io.fovea.choice.TrainSituations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Help of verbs with many options: {@code --help} shows on one screen what most people need, {@code --help-all} everything, both under headings.
 *
 * <p>An option that no section names stands under "More" in {@code --help-all}: none is ever left out.
 */
final class LongHelp {

    private static final String ALL = "--help-all";

    private static final String ELLIPSIS = " ...";

    /** A line of the first screen, 80 columns wide: an option, and what it does in so many columns. */
    private static final int COLUMNS = 54;

    private static final String LINE = "  %-23s %s%n";

    /** Where an earlier section has one of them already, it stands there. */
    private static final HelpSection PICTURES_VARIED = more(
            "How training pictures are varied",
            Stream.concat(TrainSituations.OF_ONE_PICTURE.stream(), TrainSituations.OF_SEVERAL_PICTURES.stream())
                    .toArray(String[]::new));

    private static final HelpSection STEPS = more(
            "How a step is made",
            "--accumulate",
            "--clip-norm",
            "--clip-value",
            "--average",
            "--freeze",
            "--layer-rate");

    private static final Map<String, List<HelpSection>> SECTIONS = sections();

    private LongHelp() {}

    private static Map<String, List<HelpSection>> sections() {
        Map<String, List<HelpSection>> sections = new LinkedHashMap<>();
        sections.put(
                "fovea train",
                List.of(
                        first("What learns what", "--data", "--network", "--pretrained", "--transfer", "--name"),
                        first(
                                "How it learns",
                                "--epochs",
                                "--batch-size",
                                "--optimizer",
                                "--learning-rate",
                                "--early-stopping",
                                "--flip",
                                "--class-weights",
                                "--find-learning-rate",
                                "--folds",
                                "--seed"),
                        first("What comes out", "--tensorboard", "--require-accuracy", "--json", "--workspace"),
                        more("Heads on pretrained networks", "--head", "--copies", "--new-head"),
                        more(
                                "The course of the training",
                                "--settings",
                                "--schedule",
                                "--warm-up",
                                "--sampling",
                                "--snapshots"),
                        more("What is made small", "--loss", "--label-smoothing", "--l1", "--l2"),
                        PICTURES_VARIED,
                        STEPS,
                        more("What computes", "--engine", "--precision", "--threads"),
                        more("Checks and further outputs", "--task", "--require-error", "--npz")));
        sections.put(
                "fovea tune",
                List.of(
                        first("What learns what", "--data", "--network", "--epochs", "--settings"),
                        first(
                                "What is tried",
                                "--learning-rate",
                                "--batch-size",
                                "--optimizer",
                                "--schedule",
                                "--l2",
                                "--label-smoothing"),
                        first("How much is tried", "--random", "--halving", "--seed"),
                        first("What comes out", "--json", "--workspace"),
                        PICTURES_VARIED,
                        STEPS,
                        more("What computes", "--threads")));
        sections.put(
                "fovea shrink hybrid",
                List.of(
                        first("What learns what", "--data", "--name", "--engine-size"),
                        first("How kernels are found", "--generations", "--minutes", "--kernels", "--resume", "--seed"),
                        first("Further classes", "--add-class", "--model", "--to", "--force"),
                        first("What comes out", "--require-accuracy", "--json", "--workspace"),
                        more("How evolution searches", "--search", "--mode"),
                        more("How neighbours vote", "--k", "--references"),
                        more("What computes", "--threads")));
        sections.put(
                "fovea data import",
                List.of(
                        first("How pictures are prepared", "--size", "--color", "--resize", "--crop-margin"),
                        first(
                                "How pictures are divided",
                                "--validation",
                                "--test",
                                "--val-as-test",
                                "--max-per-class",
                                "--seed"),
                        first("Numbers instead of classes", "--task", "--targets"),
                        first("What comes out", "--replace", "--json", "--workspace"),
                        more("What else can be said of the sources", "--target-unit", "--min-per-class"),
                        more("How it is done", "--form", "--threads")));
        sections.put(
                "fovea network import",
                List.of(
                        first("What it is", "--network", "--classes", "--licence"),
                        first("What comes out", "--replace", "--json", "--workspace"),
                        more(
                                "How pictures were prepared for the weights",
                                "--size",
                                "--crop-margin",
                                "--mean",
                                "--std",
                                "--channel-order")));
        return sections;
    }

    /** Gives every verb with sections its two helps. */
    static void apply(CommandLine command) {
        command.getSubcommands().values().forEach(LongHelp::apply);
        CommandSpec spec = command.getCommandSpec();
        List<HelpSection> sections = SECTIONS.get(spec.qualifiedName());
        if (sections == null) return;
        spec.addOption(OptionSpec.builder(ALL)
                .usageHelp(true)
                .description("Show all options.")
                .build());
        spec.usageMessage().abbreviateSynopsis(true);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> options(help, sections));
    }

    private static String options(Help help, List<HelpSection> sections) {
        CommandSpec spec = help.commandSpec();
        boolean all = spec.commandLine().getParseResult() != null
                && spec.commandLine().getParseResult().hasMatchedOption(ALL);
        Map<String, OptionSpec> left = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) if (!option.hidden()) left.put(option.longestName(), option);
        int count = left.size();
        StringBuilder text = new StringBuilder();
        for (HelpSection section : sections) {
            List<OptionSpec> shown = new ArrayList<>();
            for (String name : section.options()) {
                OptionSpec option = left.remove(name);
                if (option != null) shown.add(option);
            }
            if (all) text.append(whole(help, section.heading(), shown));
            else if (section.reach() == HelpSection.Reach.FIRST_SCREEN) text.append(lines(section.heading(), shown));
        }
        if (all)
            return text.append(whole(help, "More", List.copyOf(left.values()))).toString();
        return text.append(String.format(
                        Locale.ROOT, "%n" + LINE, ALL, "Show all " + count + " options, and all that they do."))
                .toString();
    }

    /** Returns options with everything that is to be said of them. */
    private static String whole(Help help, String heading, List<OptionSpec> options) {
        if (options.isEmpty()) return "";
        Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addOptions(options, help.parameterLabelRenderer());
        return String.format(Locale.ROOT, "%n%s:%n%s", heading, layout);
    }

    /** Returns options with a line for each. */
    private static String lines(String heading, List<OptionSpec> options) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%n%s:%n", heading));
        for (OptionSpec option : options) {
            String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
            text.append(String.format(Locale.ROOT, LINE, option.longestName() + value, inOneLine(option)));
        }
        return text.toString();
    }

    /** Returns as much of a description as fits into a line: all of it, its first sentence, or its beginning and an ellipsis. */
    private static String inOneLine(OptionSpec option) {
        String whole = String.join(" ", option.description());
        if (whole.length() <= COLUMNS) return whole;
        int sentence = whole.indexOf(". ");
        if (sentence >= 0 && sentence < COLUMNS) return whole.substring(0, sentence + 1);
        String beginning = whole.substring(0, COLUMNS - ELLIPSIS.length());
        int clause = Stream.of(", ", ": ", "; ", " (")
                .mapToInt(beginning::lastIndexOf)
                .max()
                .orElseThrow();
        return beginning.substring(0, clause >= COLUMNS / 3 ? clause : beginning.lastIndexOf(' ')) + ELLIPSIS;
    }
}
