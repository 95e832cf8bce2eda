package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.weights.PickledValue.Entry;
import io.fovea.weights.PickledValue.Mapping;
import io.fovea.weights.PickledValue.TensorReference;
import io.fovea.weights.PickledValue.Text;
import io.fovea.weights.PickledValue.Whole;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The dictionary of a pickle")
class StateDictionaryTest {

    private static Mapping tensors(String... names) {
        return new Mapping(Stream.of(names)
                .map(name -> new Entry(new Text(name), new TensorReference(name)))
                .toList());
    }

    private static Entry entry(String name, PickledValue value) {
        return new Entry(new Text(name), value);
    }

    @Test
    void holds_the_weights_and_not_what_the_optimizer_remembers() {
        Mapping root = new Mapping(List.of(
                entry("epoch", new Whole(3)),
                entry("optimizer", tensors("0.exp_avg", "1.exp_avg")),
                entry("state_dict", tensors("conv.weight", "fc.weight"))));
        StateDictionary found = StateDictionary.of(root, "test");
        assertThat(found.tensors().keySet()).containsExactly("conv.weight", "fc.weight");
        assertThat(found.skipped()).containsExactly("epoch", "optimizer");
    }

    @Test
    void holds_an_average_of_the_weights_too_under_the_name_of_its_place() {
        Mapping root = new Mapping(List.of(
                entry("state_dict", tensors("conv.weight", "fc.weight")),
                entry("state_dict_ema", tensors("module.conv.weight", "module.fc.weight"))));
        assertThat(StateDictionary.of(root, "test").tensors().keySet())
                .containsExactly(
                        "conv.weight",
                        "fc.weight",
                        "state_dict_ema.module.conv.weight",
                        "state_dict_ema.module.fc.weight");
    }
}
