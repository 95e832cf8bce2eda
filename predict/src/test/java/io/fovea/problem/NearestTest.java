package io.fovea.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The nearest name")
class NearestTest {

    private final List<String> networks = List.of("lenet", "mnist-cnn", "perceptron");

    @Test
    void is_found_behind_a_slip() {
        assertThat(Nearest.to("lenett", networks)).contains("lenet");
        assertThat(Nearest.to("mnist_cnn", networks)).contains("mnist-cnn");
        assertThat(Nearest.to("percpetron", networks)).contains("perceptron");
    }

    @Test
    void is_found_behind_two_letters_that_changed_places() {
        assertThat(Nearest.to("trian", List.of("train", "lab"))).contains("train");
        assertThat(Nearest.to("frist", List.of("first", "second"))).contains("first");
    }

    @Test
    void does_not_depend_on_capital_letters() {
        assertThat(Nearest.to("LeNet", networks)).contains("lenet");
    }

    @Test
    void is_none_if_nothing_is_near() {
        assertThat(Nearest.to("resnet-50", networks)).isEmpty();
        assertThat(Nearest.to("", networks)).isEmpty();
        assertThat(Nearest.to("x", List.of("y"))).isEmpty();
    }

    @Test
    void is_the_first_of_the_alphabet_among_equals() {
        assertThat(Nearest.to("cat", List.of("rat", "bat"))).contains("bat");
    }

    @Test
    void is_offered_in_a_sentence_with_the_valid_names() {
        assertThat(Nearest.suggestion("lenett", networks))
                .isEqualTo("did you mean \"lenet\"? Valid: lenet, mnist-cnn, perceptron");
        assertThat(Nearest.suggestion("zebra", networks)).isEqualTo("use one of: lenet, mnist-cnn, perceptron");
    }

    @Test
    void is_not_offered_where_there_is_none() {
        assertThat(Nearest.suggestion("zebra", List.of())).isEqualTo("there is none to choose from");
    }
}
