package io.fovea.cluster;

import io.fovea.bundle.Bundle;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import scala.Option;
import scala.Some;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The SQL function {@value #CLASSIFY}: bytes of a picture's file → a struct with the model's answer, or with the picture's problem.
 *
 * <p>Either a program registers it, {@code PictureFunctions.register(spark, "pets.fovea")}; or Spark does, as
 * {@code spark.sql.extensions=io.fovea.cluster.PictureFunctions} and {@code spark.fovea.model=pets.fovea} tell it.
 */
public final class PictureFunctions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

    /** Its name. */
    public static final String CLASSIFY = "fovea_classify";

    /** The setting that names the model file, on the driver or at an address that Hadoop knows. */
    public static final String MODEL = "spark.fovea.model";

    /** For Spark, which makes one for each session. */
    public PictureFunctions() {}

    /**
     * Registers the function in a session.
     *
     * @param model the model file, on the driver or at an address that Hadoop knows; it is sent to the executors
     * @throws Problem if it is missing or damaged
     */
    public static void register(SparkSession session, String model) {
        AnswerFunction function = function(model, session.sparkContext());
        session.udf().register(CLASSIFY, (org.apache.spark.sql.api.java.UDF1<byte[], ?>) function, function.type());
    }

    /** Returns a model as a function, after a look at its file. */
    static AnswerFunction function(String model, SparkContext spark) {
        Path file = ModelAddress.file(model, () -> HadoopSettings.of(spark));
        AnswerColumns columns = AnswerColumns.of(Bundle.open(file).manifest(), 1);
        return new AnswerFunction(ExecutorModel.send(file, spark), columns);
    }

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectFunction(new Tuple3<>(
                new FunctionIdentifier(CLASSIFY),
                new ExpressionInfo(PictureFunctions.class.getName(), CLASSIFY),
                new Builder()));
        return BoxedUnit.UNIT;
    }

    /** Makes the expression where a query names the function: only then a model is needed. */
    private static final class Builder extends AbstractFunction1<Seq<Expression>, Expression> {

        @Override
        public Expression apply(Seq<Expression> arguments) {
            if (arguments.size() != 1)
                throw new Problem(
                        CLASSIFY + " takes the bytes of a picture's file, and nothing else; found " + arguments.size()
                                + " arguments.",
                        CLASSIFY,
                        "write " + CLASSIFY + "(content)");
            SparkSession session = SparkSession.active();
            Option<String> model = session.conf().getOption(MODEL);
            if (model.isEmpty())
                throw new Problem(
                        "It is not said which model answers.",
                        CLASSIFY,
                        "set " + MODEL + " to a model file, or call PictureFunctions.register(spark, FILE)");
            AnswerFunction function = function(model.get(), session.sparkContext());
            return new ScalaUDF(
                    function,
                    function.type(),
                    arguments,
                    scala.jdk.javaapi.CollectionConverters.asScala(
                                    java.util.List
                                            .<Option<org.apache.spark.sql.catalyst.encoders.ExpressionEncoder<?>>>of())
                            .toSeq(),
                    Option.empty(),
                    new Some<>(CLASSIFY),
                    true,
                    true);
        }
    }
}
