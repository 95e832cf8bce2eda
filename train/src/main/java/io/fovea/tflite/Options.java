package io.fovea.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;

/**
 * The settings of one operator, each at its place in the operator's table.
 *
 * @param fields those that are not as usual
 */
record Options(List<Field> fields) {

    /** All as usual. */
    static final Options NONE = new Options(List.of());

    /** More places than any table here has. */
    private static final int PLACES = 8;

    /** A setting at its place. */
    sealed interface Field {}

    /** A choice, or yes as 1. */
    record Choice(int place, int value) implements Field {}

    /** A whole number. */
    record Whole(int place, int value) implements Field {}

    /** A number. */
    record Real(int place, double value) implements Field {}

    /** Copies. */
    Options {
        fields = List.copyOf(fields);
    }

    static Options of(Field... fields) {
        return new Options(List.of(fields));
    }

    /** Writes the table and returns where it lies. */
    int write(FlatBufferBuilder builder) {
        builder.startTable(PLACES);
        for (Field field : fields) {
            switch (field) {
                case Choice choice -> {
                    builder.addByte((byte) choice.value());
                    builder.slot(choice.place());
                }
                case Whole whole -> {
                    builder.addInt(whole.value());
                    builder.slot(whole.place());
                }
                case Real real -> {
                    builder.addFloat((float) real.value());
                    builder.slot(real.place());
                }
            }
        }
        return builder.endTable();
    }
}
