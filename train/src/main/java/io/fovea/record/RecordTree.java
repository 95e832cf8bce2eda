package io.fovea.record;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Records of settings as trees of maps, lists, numbers and words, and back with checked names and types.
 *
 * <p>A record becomes a map of its components. A record of a sealed family also says which it is: {@code {kind: momentum, momentum: 0.9}}.
 */
public final class RecordTree {

    private static final String KIND = "kind";
    private static final String NEVER = "never";

    private RecordTree() {}

    /** Returns a record, or a part of one, as a tree; an empty {@link Optional} is left out, an empty {@link OptionalInt} is the word "never". */
    public static Object write(Object value) {
        return switch (value) {
            case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : NEVER;
            case Path path -> path.toString();
            case Enum<?> constant -> word(constant);
            case Collection<?> several ->
                several.stream().map(RecordTree::write).toList();
            case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : NEVER;
            case Record settings -> {
                Map<String, Object> map = new LinkedHashMap<>();
                if (family(settings.getClass()) != null) map.put(KIND, kind(settings.getClass()));
                for (RecordComponent component : settings.getClass().getRecordComponents()) {
                    Object part = component(settings, component);
                    if (part instanceof Optional<?> optional) {
                        optional.ifPresent(present -> map.put(component.getName(), write(present)));
                    } else {
                        map.put(component.getName(), write(part));
                    }
                }
                yield map;
            }
            default -> value;
        };
    }

    /**
     * Builds a record; components that the map leaves out are taken from {@code defaults}.
     *
     * @throws Problem that names a component that there is not, is missing, or has a value of a wrong type or out of range
     */
    public static <T extends Record> T read(Map<?, ?> map, T defaults, Place where) {
        return read(map, defaults.getClass(), Optional.of(defaults), where);
    }

    /**
     * Builds a record of a sealed family, the one that the map names under {@code kind}; components that it leaves out are absent, empty or
     * refused, as their type is.
     *
     * @throws Problem likewise
     */
    public static <T> T read(Map<?, ?> map, Class<T> family, Place where) {
        return family.cast(record(map, family, Optional.empty(), where));
    }

    @SuppressWarnings("unchecked") // the record's own constructor made it
    private static <T> T read(Map<?, ?> map, Class<?> type, Optional<Object> defaults, Place where) {
        List<String> names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (Object key : map.keySet()) {
            if (!names.contains(String.valueOf(key)) && !(KIND.equals(key) && family(type) != null)) {
                throw new Problem(
                        "There is no setting \"" + key + "\".",
                        where.at(String.valueOf(key)).toString(),
                        Nearest.suggestion(String.valueOf(key), names));
            }
        }
        Object[] values = new Object[names.size()];
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Place place = where.at(component.getName());
            Object usual = defaults.filter(type::isInstance)
                    .map(record -> component((Record) record, component))
                    .orElse(null);
            if (map.containsKey(component.getName())) {
                values[i] = value(map.get(component.getName()), component, usual, place);
            } else {
                values[i] = usual != null ? usual : absent(component, where);
            }
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (T) type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Problem problem) throw problem;
            throw new Problem(e.getCause().getMessage() + ".", where.toString(), "choose a value in this range", e);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns what stands for a component that nobody gave and that has no usual value. */
    private static Object absent(RecordComponent component, Place where) {
        Class<?> type = component.getType();
        if (type == Optional.class) return Optional.empty();
        if (type == OptionalInt.class) return OptionalInt.empty();
        if (type == List.class) return List.of();
        if (type == Set.class) return Set.of();
        if (type == Map.class) return Map.of();
        if (type == boolean.class) return false;
        throw new Problem(
                "The setting \"" + component.getName() + "\" is missing.",
                where.toString(),
                "add it; it has no usual value here");
    }

    private static Object value(Object found, RecordComponent component, Object usual, Place where) {
        Class<?> type = component.getType();
        if (type == int.class) return small(found, where);
        if (type == long.class) return whole(found, where);
        if (type == double.class) return number(found, where);
        if (type == OptionalInt.class) {
            return NEVER.equals(found) ? OptionalInt.empty() : OptionalInt.of(small(found, where));
        }
        if (type == OptionalLong.class)
            return NEVER.equals(found) ? OptionalLong.empty() : OptionalLong.of(whole(found, where));
        if (type == Optional.class)
            return Optional.ofNullable(found).map(given -> single(given, element(component), where));
        if (type == List.class || type == Set.class) {
            if (!(found instanceof List<?> list)) throw wrongType("a list", found, where);
            List<Object> elements = new ArrayList<>();
            for (Object each : list) {
                elements.add(single(each, element(component), where.at(Integer.toString(elements.size() + 1))));
            }
            return type == Set.class ? new LinkedHashSet<>(elements) : elements;
        }
        if (type == Map.class) {
            if (!(found instanceof Map<?, ?> map)) throw wrongType("names and values", found, where);
            return map;
        }
        if (type.isRecord() || type.isSealed()) return record(found, type, Optional.ofNullable(usual), where);
        return single(found, type, where);
    }

    /** Returns the type of what a list or an optional holds. */
    private static Class<?> element(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    private static Object single(Object found, Class<?> type, Place where) {
        if (type == Double.class) return number(found, where);
        if (type == Long.class) return whole(found, where);
        if (type == Integer.class) return small(found, where);
        if (type == boolean.class || type == Boolean.class) {
            if (found instanceof Boolean) return found;
            throw wrongType("true or false", found, where);
        }
        if (type == String.class) return word(found, where);
        if (type == Path.class) return Path.of(word(found, where));
        if (type.isEnum()) return constant(type, found, where);
        return record(found, type, Optional.empty(), where);
    }

    private static String word(Object found, Place where) {
        if (found instanceof List<?> || found instanceof Map<?, ?>) throw wrongType("a word", found, where);
        return String.valueOf(found);
    }

    private static Object record(Object found, Class<?> type, Optional<Object> usual, Place where) {
        Map<?, ?> map = found instanceof Map<?, ?> m ? m : Map.of(KIND, String.valueOf(found));
        if (type.isSealed()) {
            Class<?> member = member(type, String.valueOf(map.get(KIND)), where);
            return read(map, member, usual.filter(member::isInstance), where);
        }
        return read(map, type, usual, where);
    }

    private static Class<?> member(Class<?> family, String kind, Place where) {
        List<String> kinds = Arrays.stream(family.getPermittedSubclasses())
                .map(RecordTree::kind)
                .toList();
        return Arrays.stream(family.getPermittedSubclasses())
                .filter(type -> kind(type).equals(kind))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no kind \"" + kind + "\".", where.toString(), Nearest.suggestion(kind, kinds)));
    }

    private static Object constant(Class<?> type, Object found, Place where) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> word((Enum<?>) constant))
                .toList();
        int index = words.indexOf(String.valueOf(found));
        if (index < 0)
            throw new Problem(
                    "There is no \"" + found + "\".",
                    where.toString(),
                    Nearest.suggestion(String.valueOf(found), words));
        return type.getEnumConstants()[index];
    }

    private static int small(Object found, Place where) {
        long number = whole(found, where);
        if (number != (int) number) throw wrongType("a whole number below " + Integer.MAX_VALUE, found, where);
        return (int) number;
    }

    private static long whole(Object found, Place where) {
        if (found instanceof Integer || found instanceof Long) return ((Number) found).longValue();
        throw wrongType("a whole number", found, where);
    }

    private static double number(Object found, Place where) {
        if (found instanceof Number number) return number.doubleValue();
        throw wrongType("a number", found, where);
    }

    private static Problem wrongType(String expected, Object found, Place where) {
        return new Problem(
                "Expected " + expected + ", found \"" + found + "\".", where.toString(), "write " + expected);
    }

    private static Class<?> family(Class<?> type) {
        return Arrays.stream(type.getInterfaces())
                .filter(Class::isSealed)
                .findFirst()
                .orElse(null);
    }

    private static String kind(Class<?> type) {
        return type.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT)
                + type.getSimpleName().substring(1);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Object component(Record settings, RecordComponent component) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
