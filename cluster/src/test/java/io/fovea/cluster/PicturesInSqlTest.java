package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.predict.Decoder;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Pictures in datasets and SQL, on two processes")
class PicturesInSqlTest {

    @TempDir
    static Path folder;

    private static Path lenet;
    private static Path resnet;
    private static SparkSession spark;

    @BeforeAll
    static void begins_a_cluster_with_photographs() throws IOException {
        assumeTrue(
                ExamplePictures.shared("imagenet-samples/photos").isPresent(),
                "skipped: no folder imagenet-samples in $FOVEA_DATA");
        lenet = ExampleModels.lenet(folder.resolve("lenet.fovea"));
        resnet = ExampleModels.resnet20(folder.resolve("resnet20.fovea"));
        ExamplePictures.photographs(24, folder.resolve("photos"));
        Files.writeString(folder.resolve("photos/broken.jpg"), "no picture");
        System.setProperty("spark.sql.extensions", PictureFunctions.class.getName());
        System.setProperty("spark.fovea.model", lenet.toString());
        spark = SparkSession.builder()
                .config(new SparkMaster("local-cluster[2,1,1024]").settings())
                .getOrCreate();
    }

    @AfterAll
    static void ends_the_cluster() {
        System.clearProperty("spark.sql.extensions");
        System.clearProperty("spark.fovea.model");
        if (spark != null) spark.stop();
    }

    private static Dataset<Row> photographs() {
        return spark.read().format("binaryFile").load(folder.resolve("photos").toString());
    }

    @Test
    void get_columns_of_answers_by_a_transformer() {
        Dataset<Row> answers = new PictureTransformer()
                .setModel(resnet.toString())
                .transform(photographs())
                .drop("content");
        List<Row> rows = answers.collectAsList();
        assertThat(answers.columns())
                .containsExactly(
                        "path",
                        "modificationTime",
                        "length",
                        "prediction",
                        "label",
                        "probability",
                        "problem",
                        "problem_where",
                        "problem_do");
        assertThat(rows).hasSize(25);
        try (Decoder decoder = Decoder.load(resnet, PredictionOptions.DEFAULT)) {
            for (Row row : rows) {
                String path = row.getAs("path");
                if (path.endsWith("broken.jpg")) {
                    assertThat(row.<String>getAs("prediction")).isNull();
                    assertThat(row.<String>getAs("problem")).contains("it holds text");
                    assertThat(row.<String>getAs("problem_where")).isEqualTo(path);
                    continue;
                }
                Prediction said = (Prediction) decoder.answer(Path.of(URI.create(path)));
                assertThat(row.<String>getAs("prediction"))
                        .isEqualTo(said.best().name());
                assertThat(row.<Float>getAs("probability"))
                        .isEqualTo(said.best().probability());
                assertThat(row.<String>getAs("problem")).isNull();
            }
        }
    }

    @Test
    void get_a_struct_by_the_function_that_settings_name() {
        List<Row> rows = spark.sql("select path, answer.prediction, answer.probability from (select path,"
                        + " fovea_classify(content) as answer from binaryFile.`" + folder.resolve("photos")
                        + "`) where answer.problem is null")
                .collectAsList();
        assertThat(rows).hasSize(24);
        try (Decoder decoder = Decoder.load(lenet, PredictionOptions.DEFAULT)) {
            for (Row row : rows) {
                Prediction said = (Prediction) decoder.answer(Path.of(URI.create(row.getString(0))));
                assertThat(row.getFloat(2)).isEqualTo(said.best().probability());
            }
        }
    }

    @Test
    void get_a_struct_by_the_function_that_a_program_registers() {
        SparkSession another = spark.newSession();
        PictureFunctions.register(another, resnet.toString());
        photographs().createOrReplaceGlobalTempView("photographs");
        Row row = another.sql("select count(*), count(fovea_classify(content).problem) from global_temp.photographs")
                .head();
        assertThat(row.getLong(0)).isEqualTo(25);
        assertThat(row.getLong(1)).isEqualTo(1);
    }

    @Test
    void are_refused_where_there_is_no_column_of_bytes() {
        Dataset<Row> paths = photographs().select("path");
        PictureTransformer transformer = new PictureTransformer().setModel(resnet.toString());
        assertThatThrownBy(() -> transformer.transform(paths))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("There is no column \"content\", only path."));
        assertThatThrownBy(() -> transformer.setInputCol("path").transform(paths))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.what()).contains("is of type string, not binary"));
    }
}
