package io.fovea.weights;

import io.fovea.problem.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of one array in NumPy's format.
 *
 * <p>Six bytes of magic, two of version, the header's length (two bytes in version 1, four in 2 and 3), then a Python dictionary
 * with {@code descr}, {@code fortran_order} and {@code shape}.
 *
 * <p>Source: numpy.lib.format, versions 1.0 to 3.0.
 *
 * @param type   of the numbers
 * @param order  of each number's bytes
 * @param layout whether the last or the first axis runs fastest
 * @param shape  the axes
 * @param count  how many numbers
 */
record NpyHeader(StoredType type, ByteOrder order, Layout layout, int[] shape, int count) {

    /** Which axis runs fastest. */
    enum Layout {
        ROW_MAJOR,
        COLUMN_MAJOR
    }

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LARGEST = 1 << 16;
    private static final int MOST_AXES = 32;

    private static final Pattern NUMBERS = Pattern.compile("'descr': *'([<>|=])([a-zA-Z])(\\d{1,9})'");
    private static final Pattern DESCRIPTION = Pattern.compile("'descr': *([^,}]*)");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9L, ]*)\\)");

    /** What the type of an array says. */
    sealed interface Reading {
        /** Numbers follow. */
        record Numbers(NpyHeader header) implements Reading {}

        /** Text or bytes follow: harmless, but no tensor. */
        record NoNumbers() implements Reading {}
    }

    /** Reads to the first byte of the numbers. */
    static Reading read(DataInputStream in, String where) throws IOException {
        for (byte expected : MAGIC) {
            if (in.readByte() != expected)
                throw ByteSource.broken("The array does not begin as NumPy's do", where, null);
        }
        int version = in.readUnsignedByte();
        in.readUnsignedByte();
        if (version < 1 || version > 3) {
            throw ByteSource.broken("The array's version must be 1 to 3, found " + version, where, null);
        }
        long length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        if (version > 1) length |= (long) Short.toUnsignedInt(Short.reverseBytes(in.readShort())) << 16;
        if (length > LARGEST) {
            throw ByteSource.broken(
                    "The array's header must be at most " + LARGEST + " bytes, found " + length, where, null);
        }
        byte[] text = new byte[(int) length];
        in.readFully(text);
        return parse(new String(text, StandardCharsets.UTF_8), where);
    }

    private static Reading parse(String header, String where) {
        Matcher numbers = NUMBERS.matcher(header);
        if (!numbers.find()) throw unsupported(header, where);
        String kind = numbers.group(2);
        if (kind.equals("U") || kind.equals("S")) return new Reading.NoNumbers();
        Matcher fortran = FORTRAN.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!fortran.find() || !shape.find()) {
            throw ByteSource.broken("The array's header is damaged: \"" + shortened(header) + "\"", where, null);
        }
        StoredType type = type(kind + numbers.group(3), header, where);
        int[] axes = axes(shape.group(1), where);
        return new Reading.Numbers(new NpyHeader(
                type,
                numbers.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                fortran.group(1).equals("True") ? Layout.COLUMN_MAJOR : Layout.ROW_MAJOR,
                axes,
                count(axes, type, where)));
    }

    private static StoredType type(String code, String header, String where) {
        return switch (code) {
            case "f8" -> StoredType.F64;
            case "f4" -> StoredType.F32;
            case "f2" -> StoredType.F16;
            // NumPy has no bfloat16 of its own; the packages that add it store it as two nameless bytes.
            case "V2" -> StoredType.BF16;
            case "i8" -> StoredType.I64;
            case "i4" -> StoredType.I32;
            case "i2" -> StoredType.I16;
            case "i1" -> StoredType.I8;
            case "u8" -> StoredType.U64;
            case "u4" -> StoredType.U32;
            case "u2" -> StoredType.U16;
            case "u1" -> StoredType.U8;
            case "b1" -> StoredType.BOOL;
            default -> throw unsupported(header, where);
        };
    }

    private static int[] axes(String text, String where) {
        String[] words = text.replace("L", "").replace(" ", "").split(",");
        if (words.length == 1 && words[0].isEmpty()) return new int[0];
        if (words.length > MOST_AXES) throw ByteSource.broken("The array has " + words.length + " axes", where, null);
        int[] axes = new int[words.length];
        for (int i = 0; i < axes.length; i++) {
            if (!words[i].matches("\\d{1,9}")) {
                throw ByteSource.broken("The array's shape is damaged: (" + shortened(text) + ")", where, null);
            }
            axes[i] = Integer.parseInt(words[i]);
        }
        return axes;
    }

    private static int count(int[] axes, StoredType type, String where) {
        long count = 1;
        for (int size : axes) {
            count *= size;
            if (count > Integer.MAX_VALUE / type.sizeInBytes() - 8) {
                throw ByteSource.broken(
                        "The array is too large: more than " + Integer.MAX_VALUE + " bytes", where, null);
            }
        }
        return (int) count;
    }

    private static Problem unsupported(String header, String where) {
        Matcher description = DESCRIPTION.matcher(header);
        if (!description.find()) {
            return ByteSource.broken("The array's header is damaged: \"" + shortened(header) + "\"", where, null);
        }
        String type = shortened(description.group(1).strip());
        return type.contains("O")
                ? new Problem(
                        "The array holds Python objects (type " + type + "), which only running code could read",
                        where,
                        "save arrays of numbers only, with numpy.savez")
                : new Problem(
                        "The number type " + type + " is not supported",
                        where,
                        "save the array as float32, for example array.astype(\"float32\")");
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text.strip() : text.substring(0, 80).strip() + "…";
    }
}
