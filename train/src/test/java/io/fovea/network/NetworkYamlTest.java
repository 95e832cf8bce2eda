package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Rounding;
import io.fovea.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A network file")
class NetworkYamlTest {

    private static final String LENET = """
        name: lenet
        input: [1, 28, 28]
        layers:
          - convolution: {outputs: 20, kernel: 5}
          - max-pooling: {kernel: 2}
          - convolution: {outputs: 50, kernel: 5}
          - max-pooling: {kernel: 2}
          - flatten
          - dense: {outputs: 500}
          - relu
          - dense: {outputs: 10}
        """;

    static List<CatalogueEntry> entries() {
        return Catalogue.entries();
    }

    @Test
    void is_one_line_per_layer() {
        assertThat(NetworkYaml.write(Catalogue.network("lenet", new Shape(1, 28, 28), 10)))
                .isEqualTo(LENET);
        assertThat(NetworkYaml.read(LENET, "lenet.yaml"))
                .isEqualTo(Catalogue.network("lenet", new Shape(1, 28, 28), 10));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void brings_every_network_of_the_catalogue_back(CatalogueEntry entry) {
        Network network = entry.network();

        assertThat(NetworkYaml.read(NetworkYaml.write(network), "text")).isEqualTo(network);
    }

    @Test
    void brings_every_kind_of_layer_with_every_setting_back() {
        NetworkBuilder builder = new NetworkBuilder("all kinds: \"strange\" \u2192 name", new Shape(4, 31, 33))
                .then(new Layer.Scale(0.0125))
                .then("stem.conv", new Layer.Convolution(8, 3, 5, 2, new Padding(1, 0, 2, 3), 2, 4, Bias.WITHOUT))
                .then(new Layer.BatchNorm(1e-3, 0.01))
                .then("no", new Layer.MaxPooling(3, 2, 1, Rounding.CEILING))
                .then(new Layer.LocalResponseNorm(3, 2e-5, 0.5, 2))
                .then("left", new Layer.Convolution(8, 1, 1, 1, Padding.all(1), 1, 1, Bias.WITH), List.of("no"))
                .then("right", new Layer.AveragePooling(3, 1, 1, Rounding.FLOOR), List.of("norm2"))
                .then(new Layer.Convolution(8, 1, 1, 1, Padding.all(1), 1, 8, Bias.WITH))
                .then("sum", new Layer.Add(), List.of("left", "conv3"))
                .then("product", new Layer.Multiply(), List.of("sum", "conv3"))
                .then("large", new Layer.Upsample(2, Layer.Interpolation.NEAREST))
                .then("larger", new Layer.Upsample(2, Layer.Interpolation.BILINEAR), List.of("product"))
                .then("again", new Layer.Concat(), List.of("large", "larger"));
        for (ActivationFunction function : ActivationFunction.values()) builder.then(new Layer.Activation(function));
        Network network = builder.then("maximum", new Layer.GlobalMaxPooling())
                .then("mean", new Layer.GlobalAveragePooling(), List.of("softplus1"))
                .then("windows", new Layer.AdaptiveAveragePooling(1, 3), List.of("softplus1"))
                .then("narrow", new Layer.IdentityShortcut(3, 18), List.of("windows"))
                .then("both", new Layer.Concat(), List.of("maximum", "mean", "narrow"))
                .then(new Layer.Flatten())
                .then(new Layer.NearestNeighbours(2, 7, 4))
                .then(new Layer.Dropout(0.3))
                .then(new Layer.Dense(5, Bias.WITHOUT))
                .then(new Layer.Dense(5, Bias.WITH))
                .then(new Layer.Softmax())
                .auxiliary("dense1", 0.3)
                .network();

        assertThat(NetworkYaml.read(NetworkYaml.write(network), "text")).isEqualTo(network);
        assertThat(network.nodes())
                .extracting(node -> node.layer().getClass().getName())
                .containsAll(Stream.of(Layer.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
    }

    @Test
    void may_be_written_in_blocks_and_with_names_and_inputs() {
        Network network = NetworkYaml.read("""
            name: residual
            input: [3, 8, 8]
            layers:
              - convolution:
                  name: stem
                  outputs: 3
                  kernel: [3, 1]
                  padding: {top: 1, bottom: 1}
                  bias: false
              - add: {inputs: [stem, input]}
              - flatten: {inputs: add1}
              - dense:
                  outputs: 2
            """, "text");

        assertThat(network.nodes())
                .containsExactly(
                        new Node(
                                "stem",
                                new Layer.Convolution(3, 3, 1, 1, new Padding(1, 1, 0, 0), 1, 1, Bias.WITHOUT),
                                List.of("input")),
                        new Node("add1", new Layer.Add(), List.of("stem", "input")),
                        new Node("flatten1", new Layer.Flatten(), List.of("add1")),
                        new Node("dense1", new Layer.Dense(2, Bias.WITH), List.of("flatten1")));
    }

    @Test
    void is_read_from_disk_under_its_path(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), LENET);

        assertThat(NetworkYaml.read(file).name()).isEqualTo("lenet");
    }

    @Nested
    @DisplayName("with a mistake")
    class Mistakes {

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
            - convolution: {outputs: 20, kernal: 5}   | Unknown key "kernal" of convolution.                                            | did you mean "kernel"?
            - convolution: {outputs: 20}              | Key "kernel" of convolution is missing.                                         | add "kernel"
            - convolution: {outputs: ten, kernel: 5}  | Key "outputs" of convolution expects a whole number but gets "ten".             | write outputs: a whole number
            - convolution: {outputs: 2, kernel: [5]}  | Key "kernel" of convolution expects a whole number or [height, width] but gets a list. | write kernel:
            - convolution: {outputs: 2.5, kernel: 5}  | Key "outputs" of convolution expects a whole number but gets "2.5".             | write outputs:
            - convolution: {outputs: 2, kernel: 3, bias: maybe} | Key "bias" of convolution expects false or true but gets "maybe".     | write bias:
            - convolution: {outputs: 2, kernel: 3, padding: [1, 1]} | Key "padding" of convolution expects a whole number or {top: 0, bottom: 1, left: 0, right: 1} but gets a list. | write padding:
            - convolution: {outputs: 2, kernel: 3, padding: {upper: 1}} | Unknown key "upper" of padding of convolution.                | use one of: top, bottom
            - convolution: {outputs: 0, kernel: 5}    | A setting of convolution is out of range: outputChannels must be at least 1: 0. | change the value
            - max-pooling: {kernel: 2, rounding: up}  | Key "rounding" of max-pooling expects ceiling or floor but gets "up".           | write rounding:
            - upsample                                | Key "factor" of upsample is missing.                                            | add "factor"
            - upsample: {factor: 0}                   | A setting of upsample is out of range: factor must be at least 1: 0.            | change the value
            - upsample: {factor: 2, interpolation: cubic} | Key "interpolation" of upsample expects bilinear or nearest but gets "cubic". | write interpolation:
            - upsample: {factor: 1.5}                 | Key "factor" of upsample expects a whole number but gets "1.5".                 | write factor:
            - interpolate: {factor: 2}                | No kind of layer is named "interpolate".                                        | did you mean "upsample"?
            - dropout: {rate: 1}                      | A setting of dropout is out of range: rate must be at least 0 and below 1: 1.0. | change the value
            - dropout: {rate: }                       | Key "rate" of dropout expects a number but gets nothing.                        | write rate:
            - dense: 500                              | Layer kind "dense" expects settings in braces but gets 500.                     | write - dense: {outputs: 500}
            - dense: {outputs: 5, outputs: 6}         | Key "outputs" of dense is given twice.                                          | remove one
            - {dense: , outputs: 5}                   | A layer expects one kind but gets the keys [dense, outputs].                    | write the settings
            - densse: {outputs: 5}                    | No kind of layer is named "densse".                                             | did you mean "dense"?
            - linear: {outputs: 5}                    | No kind of layer is named "linear".                                             | did you mean "dense"?
            - Conv2d: {outputs: 5}                    | No kind of layer is named "Conv2d".                                             | did you mean "convolution"?
            - [dense, 5]                              | A layer expects a kind but gets a list.                                         | write for example
            - relu: {inputs: []}                      | Key "inputs" of relu expects one or more words but gets a list.                 | write inputs:
            """)
        void names_the_line_and_what_to_write(String layer, String what, String remedy) {
            assertProblem(
                    "name: n\ninput: [3, 8, 8]\nlayers:\n  - relu\n  " + layer + "\n", what, "my.yaml, line 5", remedy);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
            inputs: [3, 8, 8]  | Unknown key "inputs" of the network.                                          | did you mean "input"?
            input: [3, 8]      | Key "input" of the network expects [channels, height, width] but gets [3, 8]. | write for example
            input: 28          | Key "input" of the network expects a list of whole numbers but gets "28".     | write input:
            input: [1, a, 28]  | Key "input" of the network expects a whole number but gets "a".               | write input:
            """)
        void checks_the_head(String input, String what, String remedy) {
            assertThatThrownBy(() -> NetworkYaml.read("name: n\n" + input + "\nlayers: [relu]\n", "my.yaml"))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo(what);
                        assertThat(problem.where()).startsWith("my.yaml, line ");
                        assertThat(problem.remedy()).startsWith(remedy);
                    });
        }

        @Test
        void misses_the_layers() {
            assertProblem(
                    "name: n\ninput: [1, 2, 2]\n",
                    "Key \"layers\" of the network is missing.",
                    "my.yaml, line 1",
                    "add \"layers\"");
            assertProblem(
                    "name: n\ninput: [1, 2, 2]\nlayers: []\n",
                    "Key \"layers\" of the network expects a list of layers.",
                    "my.yaml, line 3",
                    "write one layer per line");
        }

        @Test
        void names_the_line_of_a_layer_that_does_not_fit() {
            assertProblem(
                    "name: n\ninput: [3, 8, 8]\nlayers:\n  - relu\n  - dense: {outputs: 5}\n",
                    "Layer \"dense1\" (dense) expects features [N, D] but gets maps [N, 3, 8, 8].",
                    "network \"n\", layer 2 of 2, after \"relu1\"; pictures are [3, 8, 8]; my.yaml, line 5",
                    "put a flatten layer before \"dense1\"");
        }

        @Test
        void names_the_line_of_broken_yaml() {
            assertThatThrownBy(() -> NetworkYaml.read("name: n\ninput: [3, 8, 8\nlayers:\n", "my.yaml"))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).startsWith("The file is no valid YAML: ");
                        assertThat(problem.where()).isEqualTo("my.yaml, line 3");
                    });
        }

        @Test
        void is_empty_or_something_else() {
            for (String text : List.of("", "# nothing", "hello", "- a\n- b")) {
                assertProblem(
                        text,
                        "A network file expects the keys name, input and layers.",
                        "my.yaml, line 1",
                        "begin with");
            }
        }

        private void assertProblem(String text, String what, String where, String remedy) {
            assertThatThrownBy(() -> NetworkYaml.read(text, "my.yaml"))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo(what);
                        assertThat(problem.where()).isEqualTo(where);
                        assertThat(problem.remedy()).startsWith(remedy);
                    });
        }
    }

    @Nested
    @DisplayName("from a stranger")
    class FromAStranger {

        @Test
        void is_refused_if_aliases_would_blow_it_up() {
            String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

            assertThatThrownBy(() -> NetworkYaml.read(bomb, "bomb.yaml"))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .startsWith("The file is no valid YAML"));
        }

        @Test
        void is_refused_if_it_nests_deeper_than_a_network_needs() {
            assertThatThrownBy(() -> NetworkYaml.read("[".repeat(100_000), "deep.yaml"))
                    .isInstanceOf(Problem.class);
        }

        @Test
        void creates_no_objects() {
            assertThatThrownBy(() -> NetworkYaml.read("!!java.net.URL [\"http://localhost\"]", "evil.yaml"))
                    .isInstanceOf(Problem.class);
        }

        @Test
        void is_refused_above_one_mebibyte(@TempDir Path folder) throws Exception {
            Path file = Files.writeString(folder.resolve("large.yaml"), "#".repeat((1 << 20) + 1));

            assertThatThrownBy(() -> NetworkYaml.read(file))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("The file is larger than 1048576 bytes."));
        }

        @Test
        void is_refused_if_it_is_no_text(@TempDir Path folder) throws Exception {
            Path file = Files.write(folder.resolve("picture.yaml"), new byte[] {(byte) 0xff, (byte) 0xd8, 0});

            assertThatThrownBy(() -> NetworkYaml.read(file))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("The file is no text in UTF-8."));
        }

        @Test
        void is_named_if_it_is_missing(@TempDir Path folder) {
            Path file = folder.resolve("missing.yaml");

            assertThatThrownBy(() -> NetworkYaml.read(file))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("There is no file \"" + file + "\"."));
        }
    }
}
