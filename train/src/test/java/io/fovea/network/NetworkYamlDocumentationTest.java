package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The page on network files")
class NetworkYamlDocumentationTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static List<String> examples() {
        Matcher matcher = EXAMPLE.matcher(page());
        List<String> examples = new ArrayList<>();
        while (matcher.find()) examples.add(matcher.group(1));
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shows_only_networks_that_fit_together(String example) {
        Network network = NetworkYaml.read(example, "docs/network-yaml.md");

        assertThat(Inference.of(network).output().rank())
                .isEqualTo(network.name().equals("maps") ? 3 : 1);
    }

    @Test
    void begins_with_the_lenet_of_the_catalogue() {
        assertThat(NetworkYaml.read(examples().getFirst(), "docs/network-yaml.md"))
                .isEqualTo(Catalogue.network("lenet", new Shape(1, 28, 28), 10));
    }

    @Test
    void shows_a_message_as_it_is() {
        String text = "name: n\ninput: [1, 28, 28]\nlayers:\n  - convolution: {outputs: 20, kernal: 5}\n";

        assertThatThrownBy(() -> NetworkYaml.read(text, "lenet.yaml"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(page()).contains(problem.threeLines()));
    }

    @Test
    void ends_with_every_kind_its_keys_and_their_defaults() {
        assertThat(page()).endsWith(reference());
    }

    /** Returns the last part of the page; when a layer changes, copy what the test prints. */
    private static String reference() {
        StringBuilder text = new StringBuilder("| kind | meaning | keys |\n| --- | --- | --- |\n");
        for (LayerForm form : LayerForms.byWord().values()) {
            text.append("| `")
                    .append(form.word())
                    .append("` | ")
                    .append(form.meaning())
                    .append(" | ");
            List<String> keys = form.settings().stream()
                    .map(NetworkYamlDocumentationTest::key)
                    .toList();
            text.append(keys.isEmpty() ? "–" : String.join("<br>", keys)).append(" |\n");
        }
        return text.toString();
    }

    private static String key(LayerSetting setting) {
        String standard = setting.defaultValue().isEmpty() ? "" : ", default " + setting.defaultValue();
        return "`" + setting.key() + "` (" + setting.type() + standard + "): " + setting.meaning();
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "network-yaml.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
