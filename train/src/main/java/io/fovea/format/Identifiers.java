package io.fovea.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Names as people write them → names that Java takes.
 *
 * <p>What is neither letter nor digit becomes an underscore; letters of any alphabet stay. Of names that become equal all but the first get
 * their position behind them, a name of which nothing is left is its position alone.
 */
final class Identifiers {

    private Identifiers() {}

    /** Returns constants: {@code "polar bear"} becomes {@code POLAR_BEAR}, {@code "3"} becomes {@code _3}. */
    static List<String> constants(List<String> names) {
        List<String> made = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            String plain = started(parts(name.toUpperCase(Locale.ROOT), "_"));
            String constant = plain.isEmpty() ? "CLASS_" + made.size() : plain;
            while (!taken.add(constant)) constant = constant + "_" + made.size();
            made.add(constant);
        }
        return made;
    }

    /** Returns a type: {@code mnist-lenet} becomes {@code MnistLenet}; none that Java itself has, or that stands in {@code taken}. */
    static String type(String name, Set<String> taken) {
        StringBuilder type = new StringBuilder();
        for (String part : parts(name, " ").split(" ")) {
            if (part.isEmpty()) continue;
            int first = part.codePointAt(0);
            type.appendCodePoint(Character.toUpperCase(first)).append(part.substring(Character.charCount(first)));
        }
        String made = started(type.toString());
        if (made.isEmpty()) return "Model";
        return taken.contains(made) || isOfJava(made) || SourceVersion.isKeyword(made) ? made + "Model" : made;
    }

    /** Returns a package: {@code org.my-shop.new} becomes {@code org.my_shop.new_}. */
    static String packageName(String group) {
        List<String> parts = new ArrayList<>();
        for (String part : group.split("\\.")) {
            String plain = started(parts(part.toLowerCase(Locale.ROOT), "_"));
            if (plain.isEmpty()) continue;
            parts.add(SourceVersion.isKeyword(plain) ? plain + "_" : plain);
        }
        return parts.isEmpty() ? "model" : String.join(".", parts);
    }

    private static boolean isOfJava(String type) {
        try {
            Class.forName("java.lang." + type, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError free) {
            return false;
        }
    }

    /** Joins runs of letters and digits. */
    private static String parts(String name, String between) {
        StringBuilder made = new StringBuilder();
        boolean gap = false;
        for (int letter : name.codePoints().toArray()) {
            boolean kept = Character.isLetterOrDigit(letter)
                    && Character.isJavaIdentifierPart(letter)
                    && !Character.isIdentifierIgnorable(letter);
            if (!kept) {
                gap = !made.isEmpty();
                continue;
            }
            if (gap) made.append(between);
            gap = false;
            made.appendCodePoint(letter);
        }
        return made.toString();
    }

    private static String started(String name) {
        if (name.isEmpty() || Character.isJavaIdentifierStart(name.codePointAt(0))) return name;
        return "_" + name;
    }
}
