package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.network.Catalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("fovea network")
class NetworkCommandTest {

    @TempDir
    private Path folder;

    private InProcess program;

    @BeforeEach
    void in_an_empty_workspace() {
        program = new InProcess(folder);
    }

    @Test
    void lists_every_network_with_its_size_its_accuracy_and_its_paper() {
        String[] lines = program.run("network", "list").results().split("\n");

        assertThat(lines).hasSize(1 + Catalogue.names().size());
        assertThat(lines[0].split(" +"))
                .containsExactly("network", "parameters", "MACs", "top-1", "input", "classes", "source");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .matches("resnet18 +11,689,512 +1,814,073,344 +69.76 +3x224x224 +1000 +He, Zhang, Ren"
                                + " and Sun 2016, arXiv:1512.03385"))
                .anySatisfy(line -> assertThat(line).matches("lenet +431,080 +2,293,000 +– +1x28x28 +10 +LeCun .*"))
                .anySatisfy(line -> assertThat(line).matches("fcn-resnet18 .* +3x224x224 +21 maps +Long, .*"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(145));
    }

    @Test
    void lists_them_for_programs_with_all_that_is_known() {
        JsonNode networks = program.run("network", "list", "--json").json().get("networks");

        assertThat(networks).hasSize(Catalogue.names().size());
        JsonNode googlenet = networks.get(Catalogue.names().indexOf("googlenet"));
        assertThat(googlenet.get("parameters").asLong()).isEqualTo(13_004_888);
        assertThat(googlenet.at("/prediction/parameters").asLong()).isEqualTo(6_624_904);
        assertThat(googlenet.get("publishedTop1").asDouble()).isEqualTo(69.778);
        assertThat(googlenet.get("classes").asInt()).isEqualTo(1000);
        assertThat(googlenet.get("source").asText()).isEqualTo("Szegedy et al. 2015, arXiv:1409.4842");
        assertThat(googlenet.at("/auxiliaries/0/layer").asText()).isEqualTo("aux1.fc2");
        assertThat(networks.get(0).has("publishedTop1")).isFalse();
        assertThat(networks.get(0).get("gives").asText()).isEqualTo("numbers");
        assertThat(networks.get(Catalogue.names().indexOf("unet-small"))
                        .get("gives")
                        .asText())
                .isEqualTo("maps");
    }

    @Test
    void shows_a_network_for_the_classes_that_it_was_made_for() {
        JsonNode resnet = program.run("network", "show", "resnet18", "--json").json();

        assertThat(resnet.get("parameters").asLong()).isEqualTo(11_689_512);
        assertThat(resnet.get("macs").asLong()).isEqualTo(1_814_073_344L);
        assertThat(resnet.get("layers")).hasSize(69);
        assertThat(resnet.at("/layers/0/layer").asText()).isEqualTo("conv1");
    }

    @Test
    void shows_a_deep_network_a_block_a_line() {
        Outcome outcome = program.run("network", "show", "resnet152", "--classes", "2");

        assertThat(outcome.results().lines().toList())
                .hasSizeLessThan(70)
                .startsWith(
                        "ResNet of 152 layers, with bottlenecks.",
                        "He, Zhang, Ren and Sun 2016, arXiv:1512.03385; published top-1 78.31 %",
                        "")
                .anySatisfy(
                        line -> assertThat(line).matches("layer2.0 +12 layers +\\[N, 512, 28, 28] +379,392 +[0-9,]+"));
    }

    @Test
    void shows_a_network_that_ends_in_maps_for_the_pictures_asked_for() {
        Outcome outcome = program.run("network", "show", "unet-small", "--input", "1x32x48", "--classes", "2");

        assertThat(outcome.results().lines().toList())
                .anySatisfy(line -> assertThat(line).matches("encoder3.relu2 +relu +\\[N, 128, 4, 6] +0 +0"))
                .last()
                .asString()
                .matches("total +unet-small +\\[N, 2, 32, 48] +487,730 +[0-9,]+");
    }

    @Test
    void shows_every_layer_where_asked_to() {
        Outcome outcome = program.run("network", "show", "googlenet", "--layers");

        assertThat(outcome.results().lines().toList())
                .anySatisfy(line -> assertThat(line).startsWith("inception3a.branch2.0.conv  convolution"))
                .last()
                .asString()
                .startsWith("In prediction, without the auxiliary outputs: 6,624,904 parameters, ");
    }
}
