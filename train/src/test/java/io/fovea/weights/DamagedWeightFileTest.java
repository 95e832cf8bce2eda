package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file's bytes are, reading it ends soon, with weights or with a problem in three parts. */
@DisplayName("A damaged file of weights")
@Timeout(120)
class DamagedWeightFileTest {

    private static final int FLIPS = 1000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "every-type.zip.pth",
                "every-type.protocol4.pth",
                "every-type.stream.pth",
                "layers.tar.pth",
                "parameter.tar.pth",
                "every-type.safetensors",
                "versions.npz",
                "compressed.npz"
            })
    void is_a_problem_or_still_weights(String name) throws IOException {
        byte[] whole = Files.readAllBytes(WeightResource.path(name));
        for (int length = 0; length < whole.length; length++)
            readable(Arrays.copyOf(whole, length), name + " cut to " + length);
        Random random = new Random(7);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = whole.clone();
            int flips = 1 + random.nextInt(3);
            for (int j = 0; j < flips; j++) damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            readable(damaged, name + " with flip " + i);
        }
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
            readable(damaged, name + " with byte " + i);
        }
    }

    private void readable(byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve("weights"), bytes);
        try {
            assertThat(WeightFile.read(file).weights().names()).as(what).isNotNull();
        } catch (Problem problem) {
            assertThat(problem.what()).as(what).isNotBlank();
            assertThat(problem.where()).as(what).contains("weights");
            assertThat(problem.remedy()).as(what).isNotBlank();
        } catch (RuntimeException | Error other) {
            throw new AssertionError(what, other);
        }
    }
}
