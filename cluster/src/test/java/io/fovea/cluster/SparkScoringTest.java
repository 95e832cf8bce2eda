package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.predict.Answer;
import io.fovea.predict.Decoder;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Scoring;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors of {@code local-cluster} are processes of their own; what they are not needed for runs in this one. */
@DisplayName("Scoring on Spark")
class SparkScoringTest {

    private static final String TWO_PROCESSES = "local-cluster[2,1,1024]";
    private static final String THIS_PROCESS = "local[2]";

    @TempDir
    static Path folder;

    private static Path lenet;

    private final List<String> remarks = new ArrayList<>();

    @BeforeAll
    static void writes_a_model() {
        lenet = ExampleModels.lenet(folder.resolve("lenet.fovea"));
    }

    private Scoring.Outcome score(String on, Path model, Path pictures, String out) {
        return score(on, model, pictures.toString(), out);
    }

    private Scoring.Outcome score(String on, Path model, String pictures, String out) {
        Scoring scoring = Scoring.find().orElseThrow();
        Scoring.Listener listener = new Scoring.Listener() {
            @Override
            public void remark(String line) {
                remarks.add(line);
            }

            @Override
            public void progress(long done, long all) {
                assertThat(done).isBetween(1L, all);
            }
        };
        return scoring.score(ExampleScoring.order(on, model.toString(), pictures, out), listener);
    }

    private static SparkSession session(String on) {
        return SparkSession.builder().config(new SparkMaster(on).settings()).getOrCreate();
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    @Nested
    @DisplayName("on two processes")
    class OnTwoProcesses {

        @Test
        void gives_the_bits_of_one_process_for_digits_and_broken_pictures_in_the_order_of_paths() throws IOException {
            assumeTrue(ExamplePictures.shared("mnist").isPresent(), "skipped: no folder mnist in $FOVEA_DATA");
            Path pictures = folder.resolve("digits");
            ExamplePictures.digits(240, pictures);
            Files.writeString(pictures.resolve("3/broken.png"), "no picture");
            Files.write(pictures.resolve("5/huge.png"), ExamplePictures.promising());
            Files.write(pictures.resolve("5/empty.png"), new byte[0]);
            Files.writeString(pictures.resolve("notes.md"), "passed over");

            Scoring.Outcome outcome = score(TWO_PROCESSES, lenet, pictures, file("digits.csv"));

            assertThat(outcome.pictures()).isEqualTo(243);
            assertThat(outcome.problemCount()).isEqualTo(3);
            assertThat(outcome.answers().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(240);
            assertThat(outcome.machines()).hasSize(2).allMatch(machine -> machine.pictures() > 0);
            assertThat(remarks).anyMatch(line -> line.startsWith("1 file (notes.md …) of "));
            List<String> lines = Files.readAllLines(folder.resolve("digits.csv"));
            // how large a picture may be depends on a process's memory
            lines.replaceAll(line -> line.replaceFirst("at most [0-9,]+ pixels", "at most 100,000,000 pixels"));
            List<String> expected = expected(pictures);
            assertThat(lines).hasSameSizeAs(expected);
            for (int i = 0; i < lines.size(); i++) assertThat(lines.get(i)).isEqualTo(expected.get(i));
        }

        private List<String> expected(Path pictures) throws IOException {
            List<String> lines = new ArrayList<>();
            lines.add("picture,prediction,label,probability,problem,problem_where,problem_do");
            try (Decoder decoder = Decoder.load(lenet, PredictionOptions.DEFAULT);
                    Stream<Path> files = Files.walk(pictures)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".png"))
                        .sorted()
                        .toList()) {
                    try {
                        Answer answer = decoder.answer(file);
                        Prediction said = (Prediction) answer;
                        lines.add(file + "," + said.best().name() + ","
                                + said.best().label() + "," + said.best().probability() + ",,,");
                    } catch (Problem problem) {
                        lines.add(file + ",,,," + quoted(problem.what()) + "," + problem.where() + ","
                                + quoted(problem.remedy()));
                    }
                }
            }
            return lines;
        }

        private static String quoted(String words) {
            return words.contains(",") ? '"' + words + '"' : words;
        }
    }

    @Nested
    @DisplayName("in this process")
    class InThisProcess {

        @Test
        void writes_a_parquet_file_that_spark_reads() throws IOException {
            Path pictures = Files.createDirectories(folder.resolve("greys"));
            for (int i = 0; i < 7; i++) Files.write(pictures.resolve(i + ".png"), ExampleModels.png(30 * i));
            score(THIS_PROCESS, lenet, pictures, file("greys.parquet"));

            try (SparkSession spark = session(THIS_PROCESS);
                    Decoder decoder = Decoder.load(lenet, PredictionOptions.DEFAULT)) {
                List<Row> rows = spark.read().parquet(file("greys.parquet")).collectAsList();
                assertThat(rows).hasSize(7);
                for (int i = 0; i < 7; i++) {
                    Prediction said = (Prediction) decoder.answer(pictures.resolve(i + ".png"));
                    assertThat(rows.get(i).<String>getAs("picture")).endsWith(i + ".png");
                    assertThat(rows.get(i).<Float>getAs("probability"))
                            .isEqualTo(said.best().probability());
                    assertThat(rows.get(i).<String>getAs("problem")).isNull();
                }
            }
        }

        @Test
        void names_the_machine_on_which_the_model_does_not_prove_itself_and_leaves_no_table() throws IOException {
            Path pictures = Files.createDirectories(folder.resolve("one"));
            Files.write(pictures.resolve("0.png"), ExampleModels.png(0));
            Path unproven = ExampleModels.unproven(folder.resolve("unproven.fovea"));
            assertThatThrownBy(() -> score(THIS_PROCESS, unproven, pictures, file("unproven.csv")))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).contains("differs at the stage \"network\"");
                        assertThat(problem.where()).endsWith("/driver");
                    });
            assertThat(folder.resolve("unproven.csv")).doesNotExist();
        }

        @Test
        void ends_where_all_are_left_out_since_the_model_proves_itself_on_none() throws IOException {
            Path pictures = Files.createDirectories(folder.resolve("some"));
            for (int i = 0; i < 4; i++) Files.write(pictures.resolve(i + ".png"), ExampleModels.png(i));
            Path unproven = ExampleModels.unproven(folder.resolve("unproven everywhere.fovea"));
            Map<String, String> leavingOut = Map.of(
                    "spark.excludeOnFailure.enabled",
                    "true",
                    "spark.scheduler.excludeOnFailure.unschedulableTaskSetTimeout",
                    "1");
            leavingOut.forEach(System::setProperty);
            try {
                assertThatThrownBy(() -> score(TWO_PROCESSES, unproven, pictures, file("none.csv")))
                        .isInstanceOfSatisfying(Problem.class, problem -> {
                            assertThat(problem.what())
                                    .startsWith("No executor is left, ")
                                    .contains("differs at the stage \"network\"");
                            assertThat(problem.where()).matches(".*, on [^ ]+/\\d+");
                        });
            } finally {
                leavingOut.keySet().forEach(System::clearProperty);
            }
            assertThat(remarks).isNotEmpty().allSatisfy(line -> assertThat(line).startsWith("Left out: "));
            assertThat(folder.resolve("none.csv")).doesNotExist();
        }

        @Test
        void reads_and_writes_what_only_hadoop_knows() throws IOException {
            Path data = Files.createDirectories(folder.resolve("mounted"));
            for (int i = 0; i < 3; i++) {
                Path file = data.resolve("pictures/" + (char) ('c' - i) + "/" + i + ".png");
                Files.createDirectories(file.getParent());
                Files.write(file, ExampleModels.png(80 * i));
            }
            Files.createDirectories(data.resolve("pictures/.hidden"));
            Files.write(data.resolve("pictures/.hidden/4.png"), ExampleModels.png(9));
            String mount = "spark.hadoop.fs.viewfs.mounttable.here.link./data";
            System.setProperty(mount, data.toUri().toString());
            try {
                score(THIS_PROCESS, lenet, "viewfs://here/data/pictures", "viewfs://here/data/out.csv");
                assertThat(Files.readAllLines(data.resolve("out.csv")))
                        .hasSize(4)
                        .element(1)
                        .asString()
                        .startsWith("viewfs://here/data/pictures/a/2.png,class ");
                assertThatThrownBy(() ->
                                score(THIS_PROCESS, lenet, "viewfs://here/data/pictures", "viewfs://here/data/out.csv"))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("The file exists already.");
                assertThatThrownBy(() -> score(THIS_PROCESS, lenet, "viewfs://here/data/none", file("x.csv")))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("There is no picture or folder");
            } finally {
                System.clearProperty(mount);
            }
        }

        @Test
        void packs_small_pictures_into_few_tasks_and_large_ones_into_more() {
            PictureFile small = new PictureFile("s.png", "/s.png", 300);
            PictureFile large = new PictureFile("l.png", "/l.png", 40_000_000);
            assertThat(ScoringRun.slices(Collections.nCopies(10_000_000, small), 2))
                    .hasSize(10_000);
            assertThat(ScoringRun.slices(Collections.nCopies(80, small), 2)).hasSize(8);
            assertThat(ScoringRun.slices(Collections.nCopies(80, large), 2)).hasSize(80);
            assertThat(ScoringRun.slices(List.of(small), 64)).containsExactly(List.of(small));
        }
    }

    @Nested
    @DisplayName("refuses before it begins")
    class Refuses {

        private void refused(String on, Path model, Path pictures, String out, String what) {
            assertThatThrownBy(() -> score(on, model, pictures, out))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.what()).contains(what));
        }

        private Path picture() throws IOException {
            return Files.write(folder.resolve("black.png"), ExampleModels.png(0));
        }

        @Test
        void masters_that_are_none_or_do_not_answer() throws IOException {
            int free;
            try (ServerSocket socket = new ServerSocket(0)) {
                free = socket.getLocalPort();
            }
            refused("sparc://host:7077", lenet, picture(), file("x.csv"), "\"sparc://host:7077\" names no cluster.");
            refused("spark://localhost:" + free, lenet, picture(), file("x.csv"), "No master of Spark answers");
            refused("yarn", lenet, picture(), file("x.csv"), "know no such cluster");
        }

        @Test
        void pictures_that_are_not_there() throws IOException {
            refused(THIS_PROCESS, lenet, folder.resolve("nowhere"), file("x.csv"), "There is no picture or folder");
            Path empty = Files.createDirectories(folder.resolve("empty"));
            refused(THIS_PROCESS, lenet, empty, file("x.csv"), "There is no picture in the folder.");
        }

        @Test
        void tables_that_cannot_be_written() throws IOException {
            Path there = Files.writeString(folder.resolve("there.csv"), "mine");
            refused(THIS_PROCESS, lenet, picture(), there.toString(), "The file exists already.");
            refused(THIS_PROCESS, lenet, picture(), file("none/x.csv"), "The file's folder does not exist.");
            refused(THIS_PROCESS, lenet, picture(), file("x.xlsx"), "A table is written as .parquet or .csv");
            assertThat(there).hasContent("mine");
        }

        @Test
        void models_that_are_damaged() throws IOException {
            byte[] bytes = Files.readAllBytes(lenet);
            bytes[bytes.length / 2] ^= 1;
            Path damaged = Files.write(folder.resolve("damaged.fovea"), bytes);
            assertThatThrownBy(() -> score(THIS_PROCESS, damaged, picture(), file("x.csv")))
                    .isInstanceOf(Problem.class);
        }
    }
}
