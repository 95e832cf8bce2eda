package io.fovea.cluster;

import io.fovea.bundle.Bundle;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Adds a model's answers to rows with pictures: of a classifier {@code prediction}, {@code label} and {@code probability}; of a regressor a column for
 * each target; of a segmenter {@code height}, {@code width}, a share of each class and {@code mask}, a PNG file; of a reconstructor {@code made}, a PNG
 * file; of models that can tell also {@code familiar} and {@code distance}. Where a picture is broken these are null, and {@code problem},
 * {@code problem_where} and {@code problem_do} say why.
 *
 * <pre>{@code
 * Dataset<Row> pictures = spark.read().format("binaryFile").option("recursiveFileLookup", "true").load("hdfs://host/photos");
 * Dataset<Row> answers = new PictureTransformer().setModel("pets.fovea").transform(pictures);
 * }</pre>
 *
 * <p>A stage of a pipeline in the program that makes it; it does not write itself to a file.
 */
public final class PictureTransformer extends Transformer {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> model;
    private final Param<String> inputCol;

    /** With {@code content} for the pictures, as {@code binaryFile} has them, and no model yet. */
    public PictureTransformer() {
        this(Identifiable$.MODULE$.randomUID("fovea"));
    }

    private PictureTransformer(String uid) {
        this.uid = uid;
        this.model = new Param<>(this, "model", "the model file, on the driver or at an address that Hadoop knows");
        this.inputCol = new Param<>(this, "inputCol", "the column with the bytes of pictures' files");
        setDefault(inputCol, "content");
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the setting that names the model file. */
    public Param<String> model() {
        return model;
    }

    /** Returns the setting that names the column of pictures. */
    public Param<String> inputCol() {
        return inputCol;
    }

    /** Names the model file, on the driver or at an address that Hadoop knows; it is sent to the executors. Returns this. */
    public PictureTransformer setModel(String file) {
        set(model, file);
        return this;
    }

    /** Names the column with the bytes of pictures' files. Returns this. */
    public PictureTransformer setInputCol(String column) {
        set(inputCol, column);
        return this;
    }

    /**
     * Returns the rows with the model's answers; if there is a column {@code path}, problems name it.
     *
     * @throws Problem if the model is missing or damaged, the column of pictures is not there or of another type, or an answer's column is there
     */
    @Override
    public Dataset<Row> transform(Dataset<?> pictures) {
        SparkContext spark = pictures.sparkSession().sparkContext();
        Path file = file(() -> spark);
        AnswerColumns columns = checked(pictures.schema(), file);
        ExecutorModel sent = ExecutorModel.send(file, spark);
        AnswerFunction function = new AnswerFunction(sent, columns);
        // Spark may ask a function of no moods again for each column that is taken of what it gives.
        var answer = functions
                .udf((UDF2<byte[], String, Row>) function, function.type())
                .asNondeterministic();
        boolean named = Arrays.asList(pictures.columns()).contains("path");
        Column name = named ? functions.col("path").cast("string") : functions.lit("picture");
        List<Column> wanted = new ArrayList<>();
        for (String column : pictures.columns()) wanted.add(functions.col(quoted(column)));
        for (AnswerColumns.Column column : columns.columns())
            wanted.add(functions.col(uid).getField(column.name()).as(column.name()));
        return pictures.withColumn(uid, answer.apply(functions.col(quoted($(inputCol))), name))
                .select(wanted.toArray(Column[]::new));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        AnswerColumns columns = checked(schema, file(() -> SparkSession.active().sparkContext()));
        StructType after = schema;
        for (StructField field : AnswerFunction.type(columns).fields()) after = after.add(field);
        return after;
    }

    @Override
    public PictureTransformer copy(ParamMap extra) {
        return copyValues(new PictureTransformer(uid), extra);
    }

    private Path file(Supplier<SparkContext> spark) {
        if (isDefined(model)) return ModelAddress.file($(model), () -> HadoopSettings.of(spark.get()));
        throw new Problem("It is not said which model answers.", uid, "call setModel(FILE)");
    }

    private AnswerColumns checked(StructType schema, Path file) {
        List<String> names = Arrays.asList(schema.fieldNames());
        String pictures = $(inputCol);
        if (!names.contains(pictures))
            throw new Problem(
                    "There is no column \"" + pictures + "\", only " + String.join(", ", names) + ".",
                    uid,
                    "name the column with the bytes of pictures with setInputCol");
        if (!schema.apply(pictures).dataType().equals(DataTypes.BinaryType))
            throw new Problem(
                    "Column \"" + pictures + "\" is of type "
                            + schema.apply(pictures).dataType().simpleString() + ", not binary.",
                    uid,
                    "read pictures as binaryFile, not as image");
        AnswerColumns columns = AnswerColumns.of(Bundle.open(file).manifest(), 1);
        for (AnswerColumns.Column column : columns.columns())
            if (names.contains(column.name()))
                throw new Problem(
                        "There is a column \"" + column.name() + "\" already.", uid, "rename it or leave it out first");
        return columns;
    }

    private static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
