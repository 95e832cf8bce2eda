package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The launcher's settings")
class LauncherTest {

    @Test
    void are_its_variables_and_its_options_without_those_that_depend_on_the_call() {
        Launcher launcher = Launcher.of("""
            oldest_java=25
            export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}
            learning=(-XX:+UseParallelGC -XX:MaxNewSize=192m)
            telling=(-XX:TieredStopAtLevel=1)
            exec "$java_home/bin/java" \\
                --enable-native-access=ALL-UNNAMED \\
                --add-modules jdk.incubator.vector \\
                "${tuning[@]}" \\
                -Dfovea.terminal=$terminal \\
                ${FOVEA_JVM_OPTIONS:-} \\
                -cp "$class_path" io.fovea.cli.Main "$@"
            """);

        assertThat(launcher.options())
                .containsExactly(
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:+UseParallelGC",
                        "-XX:MaxNewSize=192m");
        assertThat(launcher.environment()).containsOnly(Map.entry("OPENBLAS_NUM_THREADS", "1"));
    }

    @Test
    void of_this_repository_are_found() {
        Launcher launcher = Launcher.read();

        assertThat(launcher.options())
                .contains("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-XX:ObjectAlignmentInBytes=64");
        assertThat(launcher.environment()).containsKey("MALLOC_TRIM_THRESHOLD_");
    }

    @Test
    void in_another_form_are_a_problem_and_not_silently_none() {
        assertThatThrownBy(() -> Launcher.of("exec java $options -jar fovea.jar"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("form that the benchmarks do not know");
    }
}
