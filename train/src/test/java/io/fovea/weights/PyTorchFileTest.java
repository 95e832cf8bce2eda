package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Weights of PyTorch")
class PyTorchFileTest {

    @TempDir
    Path folder;

    @Nested
    @DisplayName("in a checkpoint with every number type")
    class EveryType {

        @ParameterizedTest
        @ValueSource(strings = {"every-type.zip.pth", "every-type.protocol4.pth", "every-type.stream.pth"})
        void give_every_number(String name) {
            Weights weights = PyTorchFile.read(WeightResource.path(name));
            assertThat(weights.values("module.conv.weight")).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(weights.tensor("module.conv.weight").orElseThrow().shape())
                    .containsExactly(2, 3);
            assertThat(weights.values("module.half")).containsExactly(1, -2.5f, 65504);
            assertThat(weights.values("module.bfloat")).containsExactly(1, -2.5f);
            assertThat(weights.values("module.double")).containsExactly(0.1f, Float.POSITIVE_INFINITY);
            assertThat(weights.values("module.long")).containsExactly(7, 1.0995116e12f);
            assertThat(weights.values("module.int")).containsExactly(-7);
            assertThat(weights.values("module.short")).containsExactly(-32768);
            assertThat(weights.values("module.char")).containsExactly(-128);
            assertThat(weights.values("module.byte")).containsExactly(255);
            assertThat(weights.values("module.bool")).containsExactly(1, 0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"every-type.zip.pth", "every-type.stream.pth"})
        void follow_strides_and_offsets_into_shared_storages(String name) {
            Weights weights = PyTorchFile.read(WeightResource.path(name));
            assertThat(weights.values("module.transposed")).containsExactly(0, 3, 1, 4, 2, 5);
            assertThat(weights.tensor("module.transposed").orElseThrow().shape())
                    .containsExactly(3, 2);
            assertThat(weights.values("module.slice")).containsExactly(3, 4, 5, 6);
            assertThat(weights.values("module.column")).containsExactly(1, 3, 5, 7, 9);
            assertThat(weights.values("module.shared_a")).containsExactly(1.5f, 2.5f, 3.5f);
            assertThat(weights.values("module.shared_b")).containsExactly(1.5f, 2.5f, 3.5f);
            assertThat(weights.values("module.expanded")).containsExactly(4, 4, 4, 4);
            assertThat(weights.tensor("module.scalar").orElseThrow().shape()).isEmpty();
            assertThat(weights.values("module.scalar")).containsExactly(42);
            assertThat(weights.tensor("module.empty").orElseThrow().shape()).containsExactly(0, 3);
        }

        @ParameterizedTest
        @CsvSource({"every-type.zip.pth,PYTORCH_ZIP", "every-type.stream.pth,PYTORCH_STREAM"})
        void leave_out_what_lies_beside_the_state_dictionary(String name, WeightFile.Form form) {
            WeightFile file = WeightFile.read(WeightResource.path(name));
            assertThat(file.form()).isEqualTo(form);
            assertThat(file.skipped()).containsExactly("epoch", "arch", "best", "optimizer", "milestones", "when");
            assertThat(file.weights().names()).hasSize(18).allMatch(tensor -> tensor.startsWith("module."));
        }
    }

    @Test
    @DisplayName("that are no state dictionary are named by their path")
    void name_deeper_tensors_by_their_path() {
        WeightFile file =
                WeightFile.read(WeightResource.data("pretrained-imagenet/resnet18/resnet18_small_blocks.pth"));
        assertThat(file.form()).isEqualTo(WeightFile.Form.PYTORCH_STREAM);
        assertThat(file.weights().names()).anyMatch(name -> name.endsWith(".centroids"));
    }

    @Nested
    @DisplayName("in the tar form of 2016")
    class Tar {

        @Test
        void give_tensors_views_and_offsets() {
            WeightFile file = WeightFile.read(WeightResource.path("layers.tar.pth"));
            assertThat(file.form()).isEqualTo(WeightFile.Form.PYTORCH_TAR);
            assertThat(file.weights().names())
                    .containsExactly("features.0.weight", "features.0.bias", "classifier.weight", "classifier.bias");
            assertThat(file.weights().values("features.0.weight")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(file.weights().values("features.0.bias")).containsExactly(0.5f, -1.5f);
            assertThat(file.weights().values("classifier.weight")).containsExactly(2, 4, 3, 5);
            assertThat(file.weights().values("classifier.bias")).containsExactly(5, 6, 7);
        }

        @Test
        void find_the_tensor_in_a_parameter() {
            Weights weights = PyTorchFile.read(WeightResource.path("parameter.tar.pth"));
            assertThat(weights.values("weight")).containsExactly(8, 9);
        }
    }

    @Nested
    @DisplayName("that are none")
    class Refused {

        @ParameterizedTest
        @ValueSource(strings = {"evil.zip.pth", "evil.stream.pth"})
        void refuse_a_program_by_its_name_and_run_nothing(String name) {
            Problem problem = problem(name);
            assertThat(problem.what())
                    .isEqualTo("The file names \"posix.system\", which is no part of weights and could run any program;"
                            + " nothing was run");
            assertThat(problem.where()).contains(name).containsPattern("byte \\d+$");
            assertThat(problem.remedy())
                    .isEqualTo("take a file of weights only, written by torch.save(model.state_dict(), FILE); load this"
                            + " one with no program unless you trust who made it");
            assertThat(Path.of("fovea-was-here")).doesNotExist();
        }

        @Test
        void refuse_a_whole_model_by_its_class() {
            assertThat(problem("model.zip.pth").what()).startsWith("The file names \"torch.nn.modules.linear.Linear\"");
        }

        @Test
        void say_that_there_are_no_tensors() {
            assertThat(problem("no-tensors.zip.pth").what()).isEqualTo("The file holds no tensors");
        }

        @Test
        void say_what_else_the_file_is() throws IOException {
            says(new byte[0], "The file is empty");
            says(new byte[] {(byte) 0x89, 'H', 'D', 'F', 0}, "Expected weights that Fovea reads, found an HDF5 file");
            says("<!DOCTYPE html>".getBytes(), "Expected weights, found a web page");
            says(new byte[] {0x1f, (byte) 0x8b, 8}, "Expected weights, found a gzip archive");
            says(new byte[] {(byte) 0x80, 4, 'N', '.'}, "Expected weights, found a Python pickle that PyTorch did not");
            says("weights".getBytes(), "The file has no form of weights that Fovea knows");
        }

        @Test
        void leave_other_forms_to_their_readers() {
            assertThat(problem("every-type.npz").what())
                    .isEqualTo("Expected a file of PyTorch, found one of the form NPZ");
        }

        private void says(byte[] bytes, String what) throws IOException {
            Path file = Files.write(folder.resolve("weights.pth"), bytes);
            assertThat(catchThrowableOfType(Problem.class, () -> WeightFile.read(file))
                            .what())
                    .startsWith(what);
        }

        private Problem problem(String name) {
            return catchThrowableOfType(Problem.class, () -> PyTorchFile.read(WeightResource.path(name)));
        }
    }
}
