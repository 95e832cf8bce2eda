package io.fovea.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.network.Catalogue;
import io.fovea.problem.Problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Public weights")
class PublicWeightsTest {

    @Test
    void are_for_networks_of_the_catalogue_and_have_a_checksum() {
        for (PublicWeights weights : PublicWeights.all()) {
            assertThat(Catalogue.names()).as(weights.name()).contains(weights.network());
            assertThat(weights.file().sha256()).as(weights.name()).hasSizeGreaterThanOrEqualTo(8);
            assertThat(weights.address().toString())
                    .startsWith("https://")
                    .endsWith(weights.file().name());
            assertThat(weights.licence()).isNotBlank();
        }
    }

    @Test
    void are_found_by_name() {
        PublicWeights weights = PublicWeights.named("resnet18-imagenet");
        assertThat(weights.address()).hasToString("https://download.pytorch.org/models/resnet18-f37072fd.pth");
        assertThat(weights.file().sha256()).isEqualTo("f37072fd");
        assertThat(weights.preprocessing().cropMargin()).isEqualTo(32);
        assertThat(weights.preprocessing().mean()).containsExactly(0.485f, 0.456f, 0.406f);
    }

    @Test
    void of_googlenet_see_values_from_minus_one_to_one() {
        assertThat(PublicWeights.named("googlenet-imagenet").preprocessing().std())
                .containsExactly(0.5f, 0.5f, 0.5f);
    }

    @Test
    void of_cifar_see_the_whole_picture() {
        PublicWeights weights = PublicWeights.named("resnet20-cifar10");
        assertThat(weights.preprocessing().height()).isEqualTo(32);
        assertThat(weights.preprocessing().cropMargin()).isZero();
        assertThat(weights.classNames()).hasSize(10);
    }

    @Test
    void offer_the_nearest_name() {
        Problem problem = catchThrowableOfType(Problem.class, () -> PublicWeights.named("resnet18-imagnet"));
        assertThat(problem.remedy()).startsWith("did you mean \"resnet18-imagenet\"?");
    }

    @Test
    void read_a_checksum_from_a_file_name_if_it_has_one() {
        assertThat(PublicWeights.beginning("vgg16_bn-6c64b313.pth").sha256()).isEqualTo("6c64b313");
        assertThat(PublicWeights.beginning("model.safetensors").sha256()).isEmpty();
    }
}
