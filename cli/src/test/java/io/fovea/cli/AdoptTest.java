package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.onnx.OnnxWriter;
import io.fovea.task.Classification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LeNet with drawn weights stands for a network of others: of its file only what any ONNX file says is used. */
@DisplayName("fovea adopt")
class AdoptTest {

    @TempDir
    Path folder;

    private InProcess program;
    private Path file;

    @BeforeEach
    void an_onnx_file() throws IOException {
        program = new InProcess(folder.resolve("workspace"));
        Network network = Catalogue.entry("lenet").network();
        byte[] onnx = OnnxWriter.write(
                network, Initialization.of(network, new SplittableRandom(1)), Classification.numbered(10), Map.of());
        file = Files.write(folder.resolve("my net.v2.onnx"), onnx);
    }

    @Test
    void asks_which_of_two_outputs_is_meant_and_shows_a_table_of_what_came_along() {
        Outcome open = program.run("adopt", "onnx", file.toString());
        assertThat(open.exitCode()).isEqualTo(1);
        assertThat(open.progress()).contains("[logits, probabilities, features]", "choose one with --output NAME");

        Outcome adopted = program.run("adopt", "onnx", file.toString(), "--output", "logits");
        assertThat(adopted.exitCode()).as(adopted.progress()).isZero();
        assertThat(adopted.results()).contains("weights", "came along", "data", "left", "parity");

        Outcome exported = program.run(
                "export",
                "my-net",
                "--format",
                "onnx",
                "--to",
                folder.resolve("out.onnx").toString());
        assertThat(exported.exitCode()).as(exported.progress()).isZero();
    }

    @Test
    void takes_the_words_of_all_tools_and_offers_them_where_one_is_unknown() {
        Outcome gone = program.run(
                "adopt", "teachable-machine", folder.resolve("gone.zip").toString());
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.progress()).contains("no such file or folder");

        Outcome unknown = program.run("adopt", "keras", file.toString());
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.progress()).contains("teachable-machine", "DIGITS");
    }
}
