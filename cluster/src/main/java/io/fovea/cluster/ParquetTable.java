package io.fovea.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** One Parquet file, compressed by Snappy as Spark's own; every column but the picture's name may be empty. */
final class ParquetTable implements AnswerTable {

    /** Rows are kept until there is so much of them: less than Parquet's usual 128 MiB, for the driver's memory. */
    private static final long ROW_GROUP = 32L << 20;

    private final List<AnswerColumns.Column> columns;
    private final SimpleGroupFactory rows;
    private final ParquetWriter<Group> writer;

    ParquetTable(AnswerColumns columns, OutputStream out) throws IOException {
        this.columns = columns.columns();
        MessageType schema = schema(this.columns);
        rows = new SimpleGroupFactory(schema);
        writer = ExampleParquetWriter.builder(new Streamed(out))
                .withConf(new Configuration(false))
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize(ROW_GROUP)
                .build();
    }

    private static MessageType schema(List<AnswerColumns.Column> columns) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        schema.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(PICTURE);
        for (AnswerColumns.Column column : columns) {
            switch (column.type()) {
                case TEXT ->
                    schema.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
                case INTEGER -> schema.optional(PrimitiveTypeName.INT32).named(column.name());
                case FLOAT -> schema.optional(PrimitiveTypeName.FLOAT).named(column.name());
                case DOUBLE -> schema.optional(PrimitiveTypeName.DOUBLE).named(column.name());
                case BOOLEAN -> schema.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
                case PICTURE -> schema.optional(PrimitiveTypeName.BINARY).named(column.name());
            }
        }
        return schema.named("answers");
    }

    @Override
    public void add(String picture, Object[] values) throws IOException {
        Group row = rows.newGroup();
        row.add(0, picture);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) continue;
            switch (columns.get(i).type()) {
                case TEXT -> row.add(i + 1, (String) values[i]);
                case INTEGER -> row.add(i + 1, (int) values[i]);
                case FLOAT -> row.add(i + 1, (float) values[i]);
                case DOUBLE -> row.add(i + 1, (double) values[i]);
                case BOOLEAN -> row.add(i + 1, (boolean) values[i]);
                case PICTURE -> row.add(i + 1, Binary.fromConstantByteArray((byte[]) values[i]));
            }
        }
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** A stream as Parquet wants one, which knows how far it is and is left open. */
    private record Streamed(OutputStream out) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSize) {
            return new Counted(out);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Counted extends PositionOutputStream {

        private final OutputStream out;
        private long position;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            position++;
        }

        @Override
        public void write(byte[] values, int offset, int length) throws IOException {
            out.write(values, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
