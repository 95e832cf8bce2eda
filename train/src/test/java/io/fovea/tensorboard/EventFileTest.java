package io.fovea.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An event file")
class EventFileTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.250Z");
    private static final double NOON_SECONDS = 1767268800.25;

    @TempDir
    Path folder;

    @Nested
    @DisplayName("just begun")
    class JustBegun {

        @Test
        void has_the_name_that_tensorboard_looks_for() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                assertThat(events.path().getFileName()).hasToString("events.out.tfevents.1767268800.fovea");
            }
        }

        @Test
        void begins_with_the_same_twelve_bytes_as_the_files_of_every_other_writer() throws IOException {
            EventFile events = EventFile.open(folder, 1, NOON);
            events.close();
            assertThat(Arrays.copyOf(Files.readAllBytes(events.path()), 12))
                    .containsExactly(0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22);
        }

        @Test
        void tells_its_version_and_time_first_and_nothing_else() {
            EventFile events = EventFile.open(folder, 1, NOON);
            events.close();
            List<WireMessage> all = EventReader.events(events.path());
            assertThat(all).hasSize(1);
            assertThat(all.getFirst().text(3)).isEqualTo("brain.Event:2");
            assertThat(all.getFirst().real(1)).isEqualTo(NOON_SECONDS);
        }

        @Test
        void makes_its_folder() {
            EventFile.open(folder.resolve("a/b"), 1, NOON).close();
            assertThat(EventReader.files(folder.resolve("a/b"))).hasSize(1);
        }

        @Test
        void says_where_a_folder_cannot_be_made() throws IOException {
            Path file = Files.writeString(folder.resolve("taken"), "a file");
            assertThatThrownBy(() -> EventFile.open(file.resolve("tensorboard"), 1, NOON))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).startsWith("The events for TensorBoard cannot be written");
                        assertThat(problem.where())
                                .isEqualTo(file.resolve("tensorboard").toString());
                        assertThat(problem.remedy()).contains("permissions");
                    });
        }
    }

    @Nested
    @DisplayName("with scalars")
    class Scalars {

        @Test
        void can_be_read_while_it_is_still_open() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(3, NOON, List.of(new Value.Scalar("loss", 0.5)));
                assertThat(EventReader.scalars(folder, "loss")).containsExactly(entry(3L, 0.5f));
                events.write(4, NOON, List.of(new Value.Scalar("loss", 0.25)));
                assertThat(EventReader.scalars(folder, "loss")).containsExactly(entry(3L, 0.5f), entry(4L, 0.25f));
            }
        }

        @Test
        void holds_the_values_of_a_step_in_one_event() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(7, NOON, List.of(new Value.Scalar("loss", 2), new Value.Scalar("accuracy", 0.75)));
                WireMessage event = EventReader.events(events.path()).get(1);
                assertThat(event.real(1)).isEqualTo(NOON_SECONDS);
                assertThat(event.whole(2)).isEqualTo(7);
                List<WireMessage> values = event.message(5).messages(1);
                assertThat(values).extracting(value -> value.text(1)).containsExactly("loss", "accuracy");
                assertThat(values).extracting(value -> value.real32(2)).containsExactly(2f, 0.75f);
            }
        }

        @Test
        void keeps_a_loss_that_is_no_number_any_more() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(1, NOON, List.of(new Value.Scalar("loss", Double.NaN)));
                events.write(2, NOON, List.of(new Value.Scalar("loss", Double.POSITIVE_INFINITY)));
            }
            assertThat(EventReader.scalars(folder, "loss"))
                    .containsExactly(entry(1L, Float.NaN), entry(2L, Float.POSITIVE_INFINITY));
        }

        @Test
        void keeps_tags_with_odd_characters_as_they_are() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(1, NOON, List.of(new Value.Scalar("größe/…\t\"x\"\uD83D\uDE00", 1)));
            }
            assertThat(EventReader.tags(folder)).containsExactly("größe/…\t\"x\"\uD83D\uDE00");
        }

        @Test
        void refuses_a_tag_without_letters() {
            assertThatThrownBy(() -> new Value.Scalar(" ", 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void takes_a_step_beyond_four_bytes() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(5_000_000_000L, NOON, List.of(new Value.Scalar("loss", 1)));
            }
            assertThat(EventReader.scalars(folder, "loss")).containsExactly(entry(5_000_000_000L, 1f));
        }

        @Test
        void has_no_record_for_a_step_without_values() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(1, NOON, List.of());
                assertThat(EventReader.events(events.path())).hasSize(1);
            }
        }
    }

    @Nested
    @DisplayName("with histograms")
    class Distributions {

        @Test
        void tells_range_moments_and_buckets() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                Histogram histogram = new Histogram(-1, 2, 3, 1.5, 5.25, List.of(0.0, 2.0), List.of(1L, 2L));
                events.write(1, NOON, List.of(new Value.Distribution("weights/conv1", histogram)));
            }
            WireMessage read =
                    EventReader.values(folder, "weights/conv1").get(1L).message(5);
            assertThat(List.of(read.real(1), read.real(2), read.real(3), read.real(4), read.real(5)))
                    .containsExactly(-1.0, 2.0, 3.0, 1.5, 5.25);
            assertThat(read.reals(6)).containsExactly(0.0, 2.0);
            assertThat(read.reals(7)).containsExactly(1.0, 2.0);
        }

        @Test
        void leaves_a_histogram_of_nothing_out() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(
                        1,
                        NOON,
                        List.of(new Value.Distribution("weights", Histogram.EMPTY), new Value.Scalar("loss", 1)));
                assertThat(EventReader.tags(folder)).containsExactly("loss");
            }
        }
    }

    @Nested
    @DisplayName("with a picture")
    class Pictures {

        @Test
        void holds_its_size_and_its_bytes() {
            byte[] png = "not looked into".getBytes(StandardCharsets.UTF_8);
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(0, NOON, List.of(new Value.Picture("pictures/1", 30, 20, png)));
            }
            WireMessage picture =
                    EventReader.values(folder, "pictures/1").get(0L).message(4);
            assertThat(picture.whole(1)).isEqualTo(20);
            assertThat(picture.whole(2)).isEqualTo(30);
            assertThat(picture.bytes(4)).isEqualTo(png);
        }
    }

    @Nested
    @DisplayName("with a graph")
    class Graphs {

        @Test
        void names_operations_inputs_shapes_and_attributes() {
            List<WireMessage> nodes = written(
                    new GraphNode("input", "input", List.of(), List.of(-1L, 1L, 28L, 28L), Map.of()),
                    new GraphNode(
                            "block/conv",
                            "convolution",
                            List.of("input"),
                            List.of(-1L, 6L, 24L, 24L),
                            Map.of("parameters", "156")));
            assertThat(nodes).extracting(node -> node.text(1)).containsExactly("input", "block/conv");
            WireMessage convolution = nodes.get(1);
            assertThat(convolution.text(2)).isEqualTo("convolution");
            assertThat(convolution.texts(3)).containsExactly("input");
            Map<String, WireMessage> attributes = convolution.map(5);
            assertThat(attributes.get("parameters").text(2)).isEqualTo("156");
            WireMessage shape =
                    attributes.get("_output_shapes").message(1).messages(7).getFirst();
            assertThat(shape.messages(2)).extracting(size -> size.whole(1)).containsExactly(-1L, 6L, 24L, 24L);
        }

        @Test
        void writes_odd_names_in_letters_that_mean_nothing_else_and_keeps_them_apart() {
            List<WireMessage> nodes =
                    written(node("a:0"), node("a^0", "a:0"), node("_b", "a^0"), node("größe/x", "_b"), node("/c//d"));
            assertThat(nodes)
                    .extracting(node -> node.text(1))
                    .containsExactly("a_0", "a_0_2", "._b", "gr__e/x", "./c/d");
            assertThat(nodes.get(1).texts(3)).containsExactly("a_0");
            assertThat(nodes.get(2).texts(3)).containsExactly("a_0_2");
            assertThat(nodes.get(3).texts(3)).containsExactly("._b");
        }

        @Test
        void groups_layers_by_the_dots_in_their_names() {
            List<WireMessage> nodes = written(node("layer1.0.conv1"), node("layer1.0", "layer1.0.conv1"));
            assertThat(nodes).extracting(node -> node.text(1)).containsExactly("layer1/0/conv1", "layer1/0");
            assertThat(nodes.get(1).texts(3)).containsExactly("layer1/0/conv1");
        }

        @Test
        void refuses_an_input_that_no_node_gives() {
            assertThatThrownBy(() -> new Graph(List.of(node("a", "b"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Node \"a\" reads \"b\", which does not exist");
        }

        @Test
        void refuses_two_nodes_of_one_name() {
            assertThatThrownBy(() -> new Graph(List.of(node("a"), node("a"))))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        private GraphNode node(String name, String... inputs) {
            return new GraphNode(name, "relu", List.of(inputs), List.of(), Map.of());
        }

        private List<WireMessage> written(GraphNode... nodes) {
            EventFile events = EventFile.open(folder, 1, NOON);
            events.write(new Graph(List.of(nodes)), NOON);
            events.close();
            return EventReader.events(events.path()).get(1).message(4).messages(1);
        }
    }

    @Nested
    @DisplayName("with hyper-parameters")
    class HyperParameters {

        @Test
        void keeps_numbers_words_and_yes_or_no_apart() {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("learningRate", 0.01);
            settings.put("epochs", 30);
            settings.put("optimizer", "adam");
            settings.put("nesterov", true);
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(0, NOON, List.of(new Value.SessionStart(settings, NOON)));
            }
            WireMessage value =
                    EventReader.values(folder, "_hparams_/session_start_info").get(0L);
            WireMessage start = plugin(value).message(3);
            Map<String, WireMessage> read = start.map(1);
            assertThat(read.keySet()).containsExactly("learningRate", "epochs", "optimizer", "nesterov");
            assertThat(read.get("learningRate").real(2)).isEqualTo(0.01);
            assertThat(read.get("epochs").real(2)).isEqualTo(30);
            assertThat(read.get("optimizer").text(3)).isEqualTo("adam");
            assertThat(read.get("nesterov").whole(4)).isEqualTo(1);
            assertThat(start.real(5)).isEqualTo(NOON_SECONDS);
        }

        @Test
        void tell_how_the_run_ended() {
            try (EventFile events = EventFile.open(folder, 1, NOON)) {
                events.write(9, NOON, List.of(new Value.SessionEnd(Value.Outcome.SUCCESS, NOON)));
            }
            WireMessage value =
                    EventReader.values(folder, "_hparams_/session_end_info").get(9L);
            assertThat(plugin(value).message(4).whole(1)).isEqualTo(1);
            assertThat(plugin(value).message(4).real(2)).isEqualTo(NOON_SECONDS);
        }

        @Test
        void refuse_what_the_page_cannot_show() {
            assertThatThrownBy(() -> new Value.SessionStart(Map.of("a", List.of()), NOON))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        /** Checks what makes a value one of the plugin's, and returns its data. */
        private WireMessage plugin(WireMessage value) {
            WireMessage metadata = value.message(9);
            assertThat(metadata.message(1).text(1)).isEqualTo("hparams");
            assertThat(metadata.whole(4)).as("class of data: tensor").isEqualTo(2);
            WireMessage tensor = value.message(8);
            assertThat(tensor.whole(1)).as("float").isEqualTo(1);
            assertThat(tensor.message(2).messages(2))
                    .extracting(size -> size.whole(1))
                    .containsExactly(0L);
            return metadata.message(1).message(2);
        }
    }

    @Nested
    @DisplayName("of a run that goes on")
    class GoingOn {

        @Test
        void sorts_behind_the_earlier_ones_even_within_a_second_or_after_the_clock_was_set_back() {
            EventFile.open(folder, 1, NOON).close();
            EventFile.open(folder, 11, NOON).close();
            EventFile.open(folder, 21, NOON.minusSeconds(3600)).close();
            assertThat(EventReader.files(folder))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly(
                            "events.out.tfevents.1767268800.fovea",
                            "events.out.tfevents.1767268801.fovea",
                            "events.out.tfevents.1767268802.fovea");
        }

        @Test
        void makes_the_points_void_that_came_after_the_checkpoint() {
            write(1, 10, 20, 30);
            write(21, 25, 30);
            assertThat(EventReader.scalars(folder, "loss").keySet()).containsExactly(10L, 20L, 25L, 30L);
        }

        @Test
        void makes_them_void_before_the_run_sends_its_next_point() {
            write(1, 10, 20, 30);
            EventFile.open(folder, 21, NOON).close();
            assertThat(EventReader.scalars(folder, "loss").keySet()).containsExactly(10L, 20L);
        }

        @Test
        void leaves_the_earlier_file_alone_even_if_it_ends_in_half_a_record() throws IOException {
            Path first = write(1, 10, 20);
            byte[] whole = Files.readAllBytes(first);
            byte[] cut = Arrays.copyOf(whole, whole.length - 5);
            Files.write(first, cut);
            write(11, 20, 30);
            assertThat(Files.readAllBytes(first)).isEqualTo(cut);
            assertThat(EventReader.scalars(folder, "loss").keySet()).containsExactly(10L, 20L, 30L);
        }

        private Path write(long firstStep, long... steps) {
            try (EventFile events = EventFile.open(folder, firstStep, NOON)) {
                for (long step : steps) events.write(step, NOON, List.of(new Value.Scalar("loss", 1)));
                return events.path();
            }
        }
    }

    @Nested
    @DisplayName("The checksum that these tests compute")
    class Checksum {

        @Test
        void is_that_of_rfc_3720() {
            assertThat(EventReader.checksum(new byte[32])).isEqualTo(0x8a9136aa);
            assertThat(EventReader.checksum("123456789".getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(0xe3069283);
        }
    }
}
