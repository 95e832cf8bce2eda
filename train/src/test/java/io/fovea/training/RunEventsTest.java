package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.RunStarted;
import io.fovea.module.Engine;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The log of a run's events")
class RunEventsTest {

    private static Dataset digits;

    @BeforeAll
    static void importDigits(@TempDir Path folder) {
        digits = Dataset.open(TrainingFixture.digits(folder));
    }

    @AfterAll
    static void close() {
        digits.close();
    }

    @Nested
    @DisplayName("of a run that is killed again and again")
    class Killed {

        /** Ends a run as a kill does: nothing is written or told after it. */
        private static final class Kill extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void shows_one_that_comes_later_all_that_one_who_was_there_has_seen(long seed, @TempDir Path run) {
            SplittableRandom random = new SplittableRandom(seed);
            List<TrainingEvent> heard = new ArrayList<>();
            for (int life = 0; life < 4; life++) {
                long most = life == 3 ? Long.MAX_VALUE : random.nextLong(3, 60);
                List<TrainingEvent> ofThisLife = new ArrayList<>();
                TrainingListener listener = event -> {
                    heard.add(event);
                    ofThisLife.add(event);
                    if (ofThisLife.size() >= most) throw new Kill();
                };
                try {
                    new Trainer(
                                    digits,
                                    TrainingFixture.NETWORK,
                                    TrainingFixture.settings(Engine.VECTOR),
                                    run,
                                    listener,
                                    new StopSignal())
                            .run();
                } catch (Kill expected) {
                    assertThat(Trainer.events(run)).isEqualTo(heard);
                }
            }
            assertThat(Trainer.events(run)).isEqualTo(heard);
            assertThat(heard)
                    .extracting(TrainingEvent::number)
                    .isEqualTo(LongStream.rangeClosed(1, heard.size()).boxed().toList());
            assertThat(heard).filteredOn(RunStarted.class::isInstance).hasSize(4);
            assertThat(RunHistory.of(heard))
                    .filteredOn(EpochFinished.class::isInstance)
                    .extracting(event -> ((EpochFinished) event).epoch())
                    .containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void tells_of_each_epoch_how_classes_were_taken_and_what_a_few_pictures_were_taken_for(@TempDir Path run) {
        TrainingFixture.train(digits, TrainingFixture.settings(Engine.VECTOR).withEpochs(2), run);
        List<TrainingEvent> events = Trainer.events(run);
        List<TrainingEvent.PicturesAnswered> answers = events.stream()
                .filter(TrainingEvent.PicturesAnswered.class::isInstance)
                .map(TrainingEvent.PicturesAnswered.class::cast)
                .toList();

        assertThat(answers).extracting(TrainingEvent.PicturesAnswered::epoch).containsExactly(1, 2);
        int pictures = digits.count(Split.VALIDATION);
        for (TrainingEvent.PicturesAnswered each : answers) {
            long sum = each.confusion().stream()
                    .flatMap(List::stream)
                    .mapToLong(count -> count)
                    .sum();
            long right = IntStream.range(0, 10)
                    .mapToLong(label -> each.confusion().get(label).get(label))
                    .sum();
            EpochFinished epoch = events.stream()
                    .filter(EpochFinished.class::isInstance)
                    .map(EpochFinished.class::cast)
                    .filter(finished -> finished.epoch() == each.epoch())
                    .findFirst()
                    .orElseThrow();
            assertThat(sum).isEqualTo(pictures);
            assertThat((double) right / pictures)
                    .isEqualTo(epoch.validation().getFirst().value());
            assertThat(each.samples()).hasSize(8);
            assertThat(each.samples().getFirst().guesses())
                    .hasSize(3)
                    .isSortedAccordingTo((one, other) -> Double.compare(other.value(), one.value()));
        }
        assertThat(answers.get(1).samples())
                .extracting(TrainingEvent.SampleAnswer::source)
                .isEqualTo(answers.get(0).samples().stream()
                        .map(TrainingEvent.SampleAnswer::source)
                        .toList());
        assertThat(events)
                .filteredOn(TrainingEvent.MachineUsed.class::isInstance)
                .allSatisfy(event -> {
                    TrainingEvent.MachineUsed used = (TrainingEvent.MachineUsed) event;
                    assertThat(used.bytes()).isGreaterThan(10_000_000);
                    assertThat(used.processors()).isLessThan(1_000);
                });
    }

    @Nested
    @DisplayName("that was cut off in the middle of a line")
    class CutOff {

        private static final String COMPLETE =
                "{\"event\":\"remarked\",\"number\":7,\"at\":\"2026-01-31T12:00:00Z\"," + "\"remark\":\"as it was\"}\n";

        @Test
        void is_read_without_that_line(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("events.jsonl"), COMPLETE + "{\"event\":\"rem");
            assertThat(EventLog.read(file)).extracting(Event::number).containsExactly(7L);
        }

        @Test
        void goes_on_behind_the_last_whole_line(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("events.jsonl"), COMPLETE + "{\"event\":\"rem");
            try (EventLog log = new EventLog(file)) {
                log.on(new TrainingEvent.Remarked(log.nextNumber(), java.time.Instant.EPOCH, "anew"));
            }
            assertThat(EventLog.read(file)).extracting(Event::number).containsExactly(7L, 8L);
            assertThat(Files.readString(file)).startsWith(COMPLETE);
        }

        @Test
        void shows_a_line_only_once_its_end_is_written(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("events.jsonl"), COMPLETE.strip());
            assertThat(EventLog.read(file)).isEmpty();
            Files.write(file, "\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
            assertThat(EventLog.read(file)).hasSize(1);
        }

        @Test
        void is_refused_where_a_line_in_the_middle_is_no_event(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("events.jsonl"), "{\"event\":\"rem\n" + COMPLETE);
            assertThatThrownBy(() -> EventLog.read(file))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.where())
                            .endsWith("events.jsonl, line 1"));
        }
    }

    @Test
    void of_an_older_version_tells_its_accuracy_or_error_as_a_measure(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), """
            {"event":"epochFinished","number":1,"at":"2026-01-31T12:00:00Z","epoch":1,"step":4,"trainLoss":0.5,\
            "trainAccuracy":0.75,"trainError":null,"validationLoss":0.4,"validationAccuracy":0.8,\
            "validationError":null,"learningRate":0.1,"imagesPerSecond":100.0,"best":true}
            {"event":"stepFinished","number":2,"at":"2026-01-31T12:00:00Z","epoch":2,"step":5,"loss":0.5,\
            "accuracy":null,"error":3.5,"learningRate":0.1,"imagesPerSecond":100.0}
            """);
        List<TrainingEvent> events = EventLog.read(file, TrainingEvent.class);
        assertThat(((EpochFinished) events.get(0)).validation()).containsExactly(Measure.share("accuracy", 0.8));
        assertThat(((TrainingEvent.StepFinished) events.get(1))
                        .measures()
                        .getFirst()
                        .words())
                .isEqualTo("3.5000");
    }
}
