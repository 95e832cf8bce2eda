package io.fovea.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.training.TrainingSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of a training as fields of a form")
class SettingFieldsTest {

    private static final List<Map<String, Object>> FIELDS = SettingFields.of(TrainingSettings.defaults(1));

    @Test
    void have_a_sentence_each_and_no_sentence_is_left_over() {
        Set<String> explained = new HashSet<>(SettingFields.explained());
        explained.removeIf(name -> name.startsWith("order.") || name.startsWith("hybrid."));
        assertThat(SettingFields.paths(FIELDS)).containsExactlyInAnyOrderElementsOf(explained);
    }

    @Test
    void of_a_hybrid_have_a_sentence_each_too() {
        assertThat(SettingFields.ofHybrid())
                .allSatisfy(field -> assertThat(field.get("help")).isNotNull());
    }

    @Test
    void say_what_is_usual_as_the_records_do() {
        Map<String, Object> course = FIELDS.getFirst();
        assertThat(course.get("path")).isEqualTo("course");
        assertThat(course.get("fields"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .first()
                .satisfies(epochs -> {
                    assertThat(epochs.get("usual")).isEqualTo(30);
                    assertThat(epochs.get("type")).isEqualTo("whole");
                });
    }
}
