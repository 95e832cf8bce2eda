package io.fovea.training;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Records of settings as trees of maps, lists, numbers and words, and back with checked names and types.
 *
 * <p>A record becomes a map of its components. A record of a sealed family also says which it is: {@code {kind: momentum, momentum: 0.9}}.
 */
final class RecordTree {

    private static final String KIND = "kind";

    private RecordTree() {}

    static Object write(Object value) {
        return switch (value) {
            case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : "never";
            case Enum<?> constant -> word(constant);
            case List<?> list -> list.stream().map(RecordTree::write).toList();
            case Record settings -> {
                Map<String, Object> map = new LinkedHashMap<>();
                if (family(settings.getClass()) != null) map.put(KIND, kind(settings.getClass()));
                for (RecordComponent component : settings.getClass().getRecordComponents()) {
                    map.put(component.getName(), write(component(settings, component)));
                }
                yield map;
            }
            default -> value;
        };
    }

    /** Builds a record; components that the map leaves out are taken from {@code defaults}. */
    static <T extends Record> T read(Map<?, ?> map, T defaults, String where) {
        return read(map, defaults.getClass(), Optional.of(defaults), where);
    }

    @SuppressWarnings("unchecked") // the record's own constructor made it
    private static <T> T read(Map<?, ?> map, Class<?> type, Optional<Object> defaults, String where) {
        List<String> names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (Object key : map.keySet()) {
            if (!names.contains(String.valueOf(key)) && !(KIND.equals(key) && family(type) != null)) {
                throw new Problem(
                        "There is no setting \"" + key + "\".", where, Nearest.suggestion(String.valueOf(key), names));
            }
        }
        Object[] values = new Object[names.size()];
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String place = where + ", " + component.getName();
            Object usual = defaults.filter(type::isInstance)
                    .map(record -> component((Record) record, component))
                    .orElse(null);
            if (map.containsKey(component.getName())) {
                values[i] = value(map.get(component.getName()), component, usual, place);
            } else if (usual != null) {
                values[i] = usual;
            } else {
                throw new Problem(
                        "The setting \"" + component.getName() + "\" is missing.",
                        where,
                        "add it; it has no usual value here");
            }
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (T) type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Problem problem) throw problem;
            throw new Problem(e.getCause().getMessage() + ".", where, "choose a value in this range", e);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object value(Object found, RecordComponent component, Object usual, String where) {
        Class<?> type = component.getType();
        if (type == int.class) return (int) whole(found, where);
        if (type == long.class) return whole(found, where);
        if (type == double.class) return number(found, where);
        if (type == OptionalInt.class) {
            return "never".equals(found) ? OptionalInt.empty() : OptionalInt.of((int) whole(found, where));
        }
        if (type.isEnum()) return constant(type, found, where);
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            if (!(found instanceof List<?> list)) throw wrongType("a list", found, where);
            List<Object> elements = new ArrayList<>();
            for (Object each : list) {
                elements.add(
                        element == Double.class
                                ? (Object) number(each, where)
                                : record(each, element, Optional.empty(), where));
            }
            return elements;
        }
        if (type == String.class) return String.valueOf(found);
        return record(found, type, Optional.ofNullable(usual), where);
    }

    private static Object record(Object found, Class<?> type, Optional<Object> usual, String where) {
        Map<?, ?> map = found instanceof Map<?, ?> m ? m : Map.of(KIND, String.valueOf(found));
        if (type.isSealed()) {
            Class<?> member = member(type, String.valueOf(map.get(KIND)), where);
            return read(map, member, usual.filter(member::isInstance), where);
        }
        return read(map, type, usual, where);
    }

    private static Class<?> member(Class<?> family, String kind, String where) {
        List<String> kinds = Arrays.stream(family.getPermittedSubclasses())
                .map(RecordTree::kind)
                .toList();
        return Arrays.stream(family.getPermittedSubclasses())
                .filter(type -> kind(type).equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        new Problem("There is no kind \"" + kind + "\".", where, Nearest.suggestion(kind, kinds)));
    }

    private static Object constant(Class<?> type, Object found, String where) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> word((Enum<?>) constant))
                .toList();
        int index = words.indexOf(String.valueOf(found));
        if (index < 0)
            throw new Problem(
                    "There is no \"" + found + "\".", where, Nearest.suggestion(String.valueOf(found), words));
        return type.getEnumConstants()[index];
    }

    private static long whole(Object found, String where) {
        if (found instanceof Integer || found instanceof Long) return ((Number) found).longValue();
        throw wrongType("a whole number", found, where);
    }

    private static double number(Object found, String where) {
        if (found instanceof Number number) return number.doubleValue();
        throw wrongType("a number", found, where);
    }

    private static Problem wrongType(String expected, Object found, String where) {
        return new Problem("Expected " + expected + ", found \"" + found + "\".", where, "write " + expected);
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
