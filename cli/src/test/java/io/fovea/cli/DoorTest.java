package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.collection.GeneratedDigits;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a command will need at its end")
class DoorTest {

    @TempDir
    static Path folder;

    static InProcess program;

    @BeforeAll
    static void has_a_dataset_with_nothing_to_judge_on() {
        program = new InProcess(folder.resolve("workspace"));
        GeneratedDigits.generate(12, 3, 4).write(folder.resolve("idx"));
        for (String part : new String[] {"images-idx3", "labels-idx1"}) {
            folder.resolve("idx").resolve("t10k-" + part + "-ubyte.gz").toFile().delete();
        }
        Safetensors.write(
                Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(1)),
                Map.of(),
                folder.resolve("lenet.safetensors"));
        assertThat(program.run("data import digits " + folder.resolve("idx") + " --validation 0")
                        .exitCode())
                .isZero();
        assertThat(program.run("network import mine " + folder.resolve("lenet.safetensors") + " --network lenet")
                        .exitCode())
                .isZero();
    }

    private static Path runs() {
        return folder.resolve("workspace/runs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --data digits --network lenet",
                "train --data digits --network lenet --require-accuracy 0.5",
                "train --data digits --pretrained mine",
                "train --data digits --pretrained mine --head knn:3",
                "train --data digits --pretrained mine --transfer head",
                "train --data digits --pretrained mine --transfer all --new-head",
                "tune --data digits --network lenet --learning-rate 0.1,0.01",
                "shrink hybrid --data digits"
            })
    void are_pictures_to_judge_on(String line) {
        Outcome outcome = program.run(line);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress().lines()).hasSize(3);
        assertThat(outcome.progress()).containsAnyOf("no pictures to judge a model on", "no validation pictures");
        assertThat(runs())
                .isDirectoryNotContaining(run -> !run.getFileName().toString().startsWith("import-"));
    }

    @Test
    void is_a_place_for_what_evaluate_and_predict_write() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        assertThat(program.run("predict nothing x.png --neighbours-picture " + folder + "/none/why.png")
                        .progress())
                .startsWith("The file's folder does not exist.");
        assertThat(program.run("predict nothing x.png --neighbours-picture " + file + "/why.png")
                        .progress())
                .startsWith("The file's folder does not exist.");
    }
}
