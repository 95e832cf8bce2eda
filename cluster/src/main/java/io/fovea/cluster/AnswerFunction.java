package io.fovea.cluster;

import io.fovea.problem.Problem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.runtime.AbstractFunction1;

/**
 * A model as a function of SQL: the bytes of a picture's file → a struct of {@link AnswerColumns}. A broken picture gives its problem; a model that does
 * not prove itself on a machine fails the task there.
 */
final class AnswerFunction extends AbstractFunction1<Object, Object>
        implements UDF1<byte[], Row>, UDF2<byte[], String, Row> {

    private static final long serialVersionUID = 1L;

    private final ExecutorModel model;
    private final AnswerColumns columns;

    AnswerFunction(ExecutorModel model, AnswerColumns columns) {
        this.model = model;
        this.columns = columns;
    }

    /** Returns what it gives. */
    StructType type() {
        return type(columns);
    }

    /** Returns what a function of these columns gives. */
    static StructType type(AnswerColumns columns) {
        StructType type = new StructType();
        for (AnswerColumns.Column column : columns.columns())
            type = type.add(new StructField(column.name(), type(column.type()), true, Metadata.empty()));
        return type;
    }

    private static DataType type(AnswerColumns.Type type) {
        return switch (type) {
            case TEXT -> DataTypes.StringType;
            case INTEGER -> DataTypes.IntegerType;
            case FLOAT -> DataTypes.FloatType;
            case DOUBLE -> DataTypes.DoubleType;
            case BOOLEAN -> DataTypes.BooleanType;
            case PICTURE -> DataTypes.BinaryType;
        };
    }

    @Override
    public Object apply(Object content) {
        if (content == null || content instanceof byte[]) return call((byte[]) content);
        throw new Problem(
                "Expected the bytes of a picture's file, found "
                        + content.getClass().getSimpleName() + ".",
                PictureFunctions.CLASSIFY,
                "give it a column of type binary, such as content of binaryFile");
    }

    @Override
    public Row call(byte[] content) {
        return call(content, "picture");
    }

    @Override
    public Row call(byte[] content, String name) {
        model.decoder();
        return RowFactory.create(values(content, name == null ? "picture" : name));
    }

    private Object[] values(byte[] content, String name) {
        if (content == null)
            return columns.row(new Problem("There is no picture: its bytes are null", name, "leave the row out"));
        try {
            return columns.row(model.answer(content, name));
        } catch (Problem problem) {
            return columns.row(problem);
        }
    }
}
