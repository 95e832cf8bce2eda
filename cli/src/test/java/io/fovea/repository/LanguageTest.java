package io.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing depends on the language of the machine: in Turkish the small letter of I is not i, in German 0.5 is written 0,5. */
@DisplayName("The language of the machine")
class LanguageTest {

    /** What takes the machine's language where no other is named. */
    private static final Pattern DEPENDENT = Pattern.compile(
            // The small and capital forms of words.
            "\\.to(?:Lower|Upper)Case\\(\\s*\\)|::to(?:Lower|Upper)Case\\b"
                    // Text with numbers in it.
                    + "|\\bString\\.format\\(\\s*+(?!Locale\\.)|String::format\\b|\\.formatted\\(|::formatted\\b"
                    + "|\\bout\\.(?:printf|format)\\(\\s*+(?!Locale\\.)|\\bprogress\\.printf\\(\\s*+(?!Locale\\.)"
                    + "|\\bnew (?:Formatter|Scanner|DecimalFormat|SimpleDateFormat|MessageFormat)\\("
                    + "|\\b(?:NumberFormat|DateFormat|Collator|BreakIterator)\\.get\\w*Instance\\(\\s*\\)"
                    + "|\\bDateTimeFormatter\\.ofPattern\\([^,()]*\\)|\\bLocale\\.getDefault\\(");

    @Test
    void changes_nothing_that_the_program_reads_or_writes() throws IOException {
        List<String> offenders = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            if (!file.toString().contains("/src/main/")) continue;
            for (String found : dependent(Files.readString(file)))
                offenders.add(SourceTree.ROOT.relativize(file) + ": " + found);
        }

        assertThat(offenders)
                .as("name the language: toLowerCase(Locale.ROOT), String.format(Locale.ROOT, …)")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name.toLowerCase()",
                "map(String::toUpperCase)",
                "String.format(\"%.1f\", x)",
                "String.format(\n    \"%.1f\", x)",
                "\"%.1f\".formatted(x)",
                "out.printf(\"%.1f\", x)",
                "new Scanner(in)"
            })
    void is_seen_to_matter_in(String code) {
        assertThat(dependent(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name.toLowerCase(Locale.ROOT)",
                "String.format(Locale.ROOT, \"%.1f\", x)",
                "String.format(\n    Locale.ROOT, \"%.1f\", x)",
                "out.printf(Locale.ROOT, \"%.1f\", x)",
                "name.equalsIgnoreCase(other)"
            })
    void is_seen_not_to_matter_in(String code) {
        assertThat(dependent(code)).isEmpty();
    }

    private static List<String> dependent(String code) {
        return DEPENDENT.matcher(code).results().map(MatchResult::group).toList();
    }
}
