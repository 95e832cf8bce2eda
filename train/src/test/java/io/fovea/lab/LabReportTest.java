package io.fovea.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lab's table in words")
class LabReportTest {

    @Test
    void aligns_its_columns_under_the_title_and_puts_notes_below() {
        Table table = new Table(
                "sizes",
                "Sizes",
                List.of("network", "bytes", "talk"),
                List.of(List.of("hybrid-8", "126,856", "124 KB"), List.of("k-means, PSO", "75,264", "–")),
                List.of("The talk counts kernels alone."));
        assertThat(LabReport.lines(table))
                .containsExactly(
                        "Sizes",
                        "",
                        "network         bytes  talk",
                        "hybrid-8      126,856  124 KB",
                        "k-means, PSO   75,264  –",
                        "",
                        "- The talk counts kernels alone.");
    }
}
