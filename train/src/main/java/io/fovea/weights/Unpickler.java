package io.fovea.weights;

import io.fovea.problem.Problem;
import io.fovea.weights.PickledValue.Entry;
import io.fovea.weights.PickledValue.Mapping;
import io.fovea.weights.PickledValue.Opaque;
import io.fovea.weights.PickledValue.Sequence;
import io.fovea.weights.PickledValue.Text;
import io.fovea.weights.PickledValue.Whole;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the steps of a Python pickle, protocols 0 to 5, without running any of it: a stack of plain values, and no call of
 * anything but the few {@link AllowedNames}.
 *
 * <p>Time and memory are bounded by the length of the pickle. A damaged pickle gives a {@link Problem} or an
 * {@link java.io.EOFException}.
 *
 * <p>Source: the opcodes as CPython's module pickletools lists them; PEP 307, 3154 and 574.
 */
final class Unpickler {

    private static final int LONGEST_NUMBER = 1024;
    private static final Opaque NONE = new Opaque("None");

    private final PickleInput in;
    private final PyTorchValues values;
    private final List<PickledValue> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, PickledValue> memo = new HashMap<>();

    private Unpickler(PickleInput in, PyTorchValues values) {
        this.in = in;
        this.values = values;
    }

    /**
     * Reads one pickle; the input then stands right behind it.
     *
     * @throws Problem if it is damaged or names what is not allowed
     */
    static PickledValue read(PickleInput in, PyTorchValues values) throws IOException {
        return new Unpickler(in, values).run();
    }

    private PickledValue run() throws IOException {
        for (int code = in.unsignedByte(); code != '.'; code = in.unsignedByte()) step(code);
        return pop();
    }

    private void step(int code) throws IOException {
        switch (code) {
            case 0x80 -> protocol();
            case 0x95 -> in.longInteger(); // length of a frame: a hint only
            case '(' -> marks.add(stack.size());
            case '0' -> drop();
            case '1' -> popMark();
            case '2' -> push(top());
            default -> {
                if (!constant(code) && !collection(code) && !remembered(code) && !object(code)) throw unknown(code);
            }
        }
    }

    private void protocol() throws IOException {
        int protocol = in.unsignedByte();
        if (protocol > 5) throw in.broken("The pickle's protocol must be 0 to 5, found " + protocol);
    }

    private boolean constant(int code) throws IOException {
        switch (code) {
            case 'N' -> push(NONE);
            case 0x88 -> push(new Whole(1));
            case 0x89 -> push(new Whole(0));
            case 'I' -> push(whole(in.line()));
            case 'L' -> push(whole(in.line()));
            case 'J' -> push(new Whole(in.integer()));
            case 'K' -> push(new Whole(in.unsignedByte()));
            case 'M' -> push(new Whole(in.unsignedShort()));
            case 0x8a -> push(whole(in.bytes(in.unsignedByte())));
            case 0x8b -> push(whole(in.bytes(limited(in.integer()))));
            case 'F' -> {
                in.line();
                push(new Opaque("float"));
            }
            case 'G' -> {
                in.longInteger();
                push(new Opaque("float"));
            }
            case 'S' -> push(quoted(in.line()));
            case 'V' -> push(new Text(in.line()));
            case 'U', 0x8c -> push(new Text(in.text(in.unsignedByte())));
            case 'T', 'X' -> push(new Text(in.text(Integer.toUnsignedLong(in.integer()))));
            case 0x8d -> push(new Text(in.text(in.longInteger())));
            case 'C' -> push(opaque("bytes", in.bytes(in.unsignedByte())));
            case 'B' -> push(opaque("bytes", in.bytes(Integer.toUnsignedLong(in.integer()))));
            case 0x8e, 0x96 -> push(opaque("bytes", in.bytes(in.longInteger())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Opaque opaque(String what, byte[] passedOver) {
        return new Opaque(what);
    }

    private boolean collection(int code) {
        switch (code) {
            case ']', ')', 0x8f -> push(new Sequence());
            case 'l', 't', 0x91 -> push(new Sequence(popMark()));
            case 0x85 -> push(tuple(1));
            case 0x86 -> push(tuple(2));
            case 0x87 -> push(tuple(3));
            case 'a' -> {
                PickledValue item = pop();
                append(List.of(item));
            }
            case 'e', 0x90 -> append(popMark());
            case '}' -> push(new Mapping());
            case 'd' -> {
                Mapping mapping = new Mapping();
                List<PickledValue> items = popMark();
                push(mapping);
                put(items);
            }
            case 's' -> put(List.of(popBelow(), pop()));
            case 'u' -> put(popMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean remembered(int code) throws IOException {
        switch (code) {
            case 'p' -> memo.put(number(in.line()), top());
            case 'q' -> memo.put(in.unsignedByte(), top());
            case 'r' -> memo.put(in.integer(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'g' -> push(recall(number(in.line())));
            case 'h' -> push(recall(in.unsignedByte()));
            case 'j' -> push(recall(in.integer()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int code) throws IOException {
        switch (code) {
            case 'c' -> {
                String where = in.where();
                push(AllowedNames.named(in.line(), in.line(), where));
            }
            case 0x93 -> {
                PickledValue name = pop();
                PickledValue module = pop();
                if (!(name instanceof Text(String word) && module instanceof Text(String home))) {
                    throw in.broken("The pickle names something without words");
                }
                push(AllowedNames.named(home, word, in.where()));
            }
            case 'R', 0x81 -> {
                PickledValue arguments = pop();
                push(values.called(pop(), arguments, in));
            }
            case 0x92 -> {
                pop(); // keyword arguments
                PickledValue arguments = pop();
                push(values.called(pop(), arguments, in));
            }
            case 'b' -> {
                PickledValue state = pop();
                values.set(top(), state);
            }
            case 'Q' -> push(values.elsewhere(pop(), in));
            case 'P' -> push(values.elsewhere(new Text(in.line()), in));
            default -> {
                return false;
            }
        }
        return true;
    }

    private Problem unknown(int code) {
        String word = Integer.toHexString(code);
        return switch (code) {
            case 'i', 'o', 0x82, 0x83, 0x84, 0x97, 0x98 ->
                in.broken("The pickle takes a step that no weights need: 0x" + word);
            default -> in.broken("The pickle is damaged: there is no step 0x" + word);
        };
    }

    private void push(PickledValue value) {
        stack.add(value);
    }

    private PickledValue top() {
        if (stack.size() <= floor()) throw in.broken("The pickle is damaged: it takes more than it put down");
        return stack.getLast();
    }

    private PickledValue pop() {
        PickledValue value = top();
        stack.removeLast();
        return value;
    }

    /** Takes the value below the topmost. */
    private PickledValue popBelow() {
        PickledValue above = pop();
        PickledValue below = pop();
        push(above);
        return below;
    }

    private void drop() {
        if (!marks.isEmpty() && floor() == stack.size()) marks.removeLast();
        else pop();
    }

    /** What lies below the last mark is out of reach. */
    private int floor() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private List<PickledValue> popMark() {
        if (marks.isEmpty()) throw in.broken("The pickle is damaged: a list ends that never began");
        List<PickledValue> above = stack.subList(marks.removeLast(), stack.size());
        List<PickledValue> items = new ArrayList<>(above);
        above.clear();
        return items;
    }

    private Sequence tuple(int length) {
        List<PickledValue> items = new ArrayList<>();
        for (int i = 0; i < length; i++) items.addFirst(pop());
        return new Sequence(items);
    }

    private void append(List<PickledValue> items) {
        switch (top()) {
            case Sequence(List<PickledValue> list) -> list.addAll(items);
            case Opaque _ -> {}
            default -> throw in.broken("The pickle is damaged: it appends to what is no list");
        }
    }

    private void put(List<PickledValue> items) {
        if (items.size() % 2 != 0) throw in.broken("The pickle is damaged: a key without a value");
        switch (top()) {
            case Mapping(List<Entry> entries) -> {
                for (int i = 0; i < items.size(); i += 2) entries.add(new Entry(items.get(i), items.get(i + 1)));
            }
            case Opaque _ -> {}
            default -> throw in.broken("The pickle is damaged: it adds a key to what is no dictionary");
        }
    }

    private PickledValue recall(int key) {
        PickledValue value = memo.get(key);
        if (value == null) throw in.broken("The pickle is damaged: it recalls what it never kept");
        return value;
    }

    private int limited(int length) {
        if (length < 0 || length > LONGEST_NUMBER) throw in.broken("The pickle has a number of " + length + " bytes");
        return length;
    }

    private int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw in.broken("The pickle is damaged: expected a number, found other letters");
        }
    }

    private static PickledValue whole(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        return whole(bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian));
    }

    /** Numbers too large for any size or place are of no use here. */
    private static PickledValue whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? new Whole(number.longValue()) : new Opaque(number.toString(16));
    }

    private PickledValue whole(String line) {
        try {
            return whole(new BigInteger(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
        } catch (NumberFormatException e) {
            throw in.broken("The pickle is damaged: expected a number, found other letters");
        }
    }

    private Text quoted(String line) {
        String text = line.strip();
        if (text.length() < 2 || text.charAt(0) != text.charAt(text.length() - 1)) {
            throw in.broken("The pickle is damaged: a text without its end");
        }
        return new Text(text.substring(1, text.length() - 1));
    }
}
