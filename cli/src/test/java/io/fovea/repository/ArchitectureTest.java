package io.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import io.fovea.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The program has the shape that ARCHITECTURE.md draws. */
@DisplayName("The architecture")
class ArchitectureTest {

    private static final String ROOT_PACKAGE = "io.fovea";
    /** It is the whole of a process, which ends when its server is gone. */
    private static final Set<String> PROCESSES_OF_THEIR_OWN =
            Set.of("io.fovea.worker.WorkerProcess", "io.fovea.remote.AnsweringProcess");

    private static final Set<String> ROOMS_THAT_PRINT = Set.of("cli", "terminal", "daemon", "benchmark", "example");
    private static final Set<String> ROOMS_WITH_LIBTORCH = Set.of("tensor", "module");
    private static final Set<String> ROOMS_THAT_KNOW_TASKS =
            Set.of("task", "learning", "predict", "benchmark", "example");
    private static final List<String> OTHER_MODULES = List.of("junit", "spring", "cluster");
    private static final int MOST_LINES = 4_500;
    private static final int MOST_LINES_OF_THE_COMMAND = 6_000;
    private static final Pattern BANNED_WORD =
            Pattern.compile("(?i).*(util|helper|common|misc|manager)s?.*|(?i)base|.*Base");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(place -> !place.contains("/message/")) // generated from src/main/proto
            .importLocations(locations());

    /** Those of modules that the command does not use are known where they are built, as in a build of all. */
    private static Set<Location> locations() {
        Set<Location> locations = new HashSet<>(Locations.ofPackage(ROOT_PACKAGE));
        for (String module : OTHER_MODULES) {
            Path classes = Path.of("..", module, "target/classes");
            if (Files.isDirectory(classes)) locations.add(Location.of(classes));
        }
        return locations;
    }

    @Nested
    @DisplayName("as the table says")
    class Table {

        private final ArchitectureTable table = readTable();

        @Test
        void knows_every_room() {
            assertThat(rooms()).isSubsetOf(table.mayUse().keySet());
        }

        @Test
        void has_no_room_that_does_not_exist() {
            Set<String> exist = rooms();
            for (String module : OTHER_MODULES)
                if (Files.isDirectory(Path.of("..", module, "src/main/java/io/fovea", module))) exist.add(module);
            assertThat(table.mayUse().keySet()).isSubsetOf(exist);
        }

        @Test
        void has_no_arrow_that_is_not_listed() {
            Set<String> unlisted = arrows().filter(
                            arrow -> !table.allows(room(arrow.getOriginClass()), room(arrow.getTargetClass())))
                    .map(arrow -> room(arrow.getOriginClass()) + " -> " + room(arrow.getTargetClass()) + ": "
                            + arrow.getOriginClass().getName() + " uses "
                            + arrow.getTargetClass().getName())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(unlisted).as("arrows that ARCHITECTURE.md does not list").isEmpty();
        }

        @Test
        void has_no_cycle() {
            assertThat(table.cycle()).isEmpty();
        }
    }

    @Nested
    @DisplayName("by its invariants")
    class Invariants {

        @Test
        void lets_only_the_command_print_and_exit() {
            Set<String> offenders = CLASSES.stream()
                    .filter(type -> !ROOMS_THAT_PRINT.contains(room(type)))
                    .filter(type -> !PROCESSES_OF_THEIR_OWN.contains(type.getName()))
                    .flatMap(type -> Stream.concat(
                            type.getFieldAccessesFromSelf().stream()
                                    .filter(access -> access.getTargetOwner().isEquivalentTo(System.class)
                                            && Set.of("out", "err").contains(access.getName()))
                                    .map(access -> type.getName() + " uses System." + access.getName()),
                            type.getMethodCallsFromSelf().stream()
                                    .filter(call -> call.getTargetOwner().isEquivalentTo(System.class)
                                                    && call.getName().equals("exit")
                                            || call.getTargetOwner().isEquivalentTo(Runtime.class)
                                                    && Set.of("exit", "halt").contains(call.getName())
                                            || call.getName().equals("printStackTrace"))
                                    .map(call -> type.getName() + " calls " + call.getName())))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(offenders).isEmpty();
        }

        @Test
        void keeps_libtorch_behind_its_doors() {
            assertThat(usersOf("org.bytedeco.pytorch")).isSubsetOf(ROOMS_WITH_LIBTORCH);
        }

        /** What depends on the task is asked of it, or of its partner in learning; decoders read the one they are for. */
        @Test
        void asks_in_six_classes_at_most_which_task_it_is() {
            Set<String> askers = CLASSES.stream()
                    .filter(type -> !ROOMS_THAT_KNOW_TASKS.contains(room(type)))
                    .filter(type -> type.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass())
                            .anyMatch(
                                    target -> target.isAssignableTo(Task.class) && !target.isEquivalentTo(Task.class)))
                    .map(type -> type.getName().replaceFirst("\\$.*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(askers).hasSizeLessThanOrEqualTo(6);
        }

        @Test
        void has_no_room_that_is_too_long_to_know() throws IOException {
            Map<String, Long> lines = new TreeMap<>();
            for (String module :
                    List.of("predict", "train", "junit", "spring", "serve", "daemon", "cluster", "workbench", "cli")) {
                try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java/io/fovea"))) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        lines.merge(
                                file.getParent().getFileName().toString(),
                                (long) Files.readAllLines(file).size(),
                                Long::sum);
                    }
                }
            }
            assertThat(lines).containsKeys("bundle", "training");
            assertThat(lines.remove("cli")).as("lines of the command").isLessThanOrEqualTo(MOST_LINES_OF_THE_COMMAND);
            lines.values().removeIf(count -> count <= MOST_LINES);
            assertThat(lines).as("rooms longer than %d lines", MOST_LINES).isEmpty();
        }

        @Test
        void has_no_types_and_rooms_with_empty_words_for_names() {
            Set<String> empty = CLASSES.stream()
                    .flatMap(type -> Stream.of(type.getSimpleName(), room(type)))
                    .filter(name -> BANNED_WORD.matcher(name).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(empty).isEmpty();
        }
    }

    private static ArchitectureTable readTable() {
        try {
            return ArchitectureTable.read();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Set<String> rooms() {
        return CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Dependency> arrows() {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(ROOT_PACKAGE + "."));
    }

    private static Set<String> usersOf(String foreignPackage) {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> dependency
                        .getTargetClass()
                        .getBaseComponentType()
                        .getPackageName()
                        .startsWith(foreignPackage))
                .map(dependency -> room(dependency.getOriginClass()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The package right below {@code io.fovea}. */
    private static String room(JavaClass type) {
        List<String> packages = List.of(type.getPackageName().split("\\."));
        return packages.size() > 2 ? packages.get(2) : "";
    }
}
