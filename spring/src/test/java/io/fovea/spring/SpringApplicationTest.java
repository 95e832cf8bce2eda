package io.fovea.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.predict.Answer;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionListener;
import io.fovea.predict.Regressor;
import io.fovea.problem.Problem;
import io.fovea.spring.shop.Shop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("A Spring Boot application")
class SpringApplicationTest {

    @TempDir
    static Path folder;

    private static Path brightness;
    private static Path broken;
    private static Path weight;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Bare {}

    @BeforeAll
    static void write() {
        brightness = ExampleModels.brightness(folder.resolve("brightness.fovea"));
        broken = ExampleModels.broken(folder.resolve("broken.fovea"));
        weight = ExampleModels.weight(folder.resolve("weight.fovea"));
    }

    private static ConfigurableApplicationContext bare(String... properties) {
        return new SpringApplicationBuilder(Bare.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=error")
                .run(arguments(properties));
    }

    private static String[] arguments(String... properties) {
        return Arrays.stream(properties).map(each -> "--" + each).toArray(String[]::new);
    }

    @Nested
    @DisplayName("that serves pictures")
    class Serving {

        private static ConfigurableApplicationContext shop;
        private static int port;

        @BeforeAll
        static void start() {
            SpringApplication application = new SpringApplication(Shop.class);
            shop = application.run(arguments(
                    "server.port=0",
                    "spring.main.banner-mode=off",
                    "logging.level.root=error",
                    "fovea.models.brightness.path=" + brightness,
                    "fovea.models.weight.path=" + weight,
                    "fovea.models.weight.golden=skip",
                    "fovea.health.replay-every=0",
                    "management.endpoints.web.exposure.include=health,metrics",
                    "management.endpoint.health.show-details=always"));
            port = ((WebServerApplicationContext) shop).getWebServer().getPort();
        }

        @AfterAll
        static void stop() {
            shop.close();
        }

        private static JsonNode get(String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                return new ObjectMapper()
                        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body());
            }
        }

        private static String post(byte[] picture) throws Exception {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n"
                            + "Content-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(picture);
            body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/brightness"))
                    .header("Content-Type", "multipart/form-data; boundary=edge")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
            }
        }

        @Test
        void answers_for_a_picture_and_counts_it_by_class_and_whether_it_is_familiar() throws Exception {
            assertThat(post(ExampleModels.png(0))).isEqualTo("dark"); // s = −4: familiar
            assertThat(post(ExampleModels.png(255))).isEqualTo("bright"); // s = 4, beyond 1: unfamiliar
            assertThat(post(ExampleModels.png(255))).isEqualTo("bright");

            assertThat(count("fovea.answers?tag=class:dark&tag=familiar:true")).isEqualTo(1);
            assertThat(count("fovea.answers?tag=class:bright&tag=familiar:false"))
                    .isEqualTo(2);
            for (String stage : List.of("decode", "resize", "network"))
                assertThat(count("fovea.stage?tag=model:brightness&tag=stage:" + stage))
                        .isEqualTo(3);
        }

        private static double count(String meter) throws Exception {
            return get("/actuator/metrics/" + meter)
                    .path("measurements")
                    .path(0)
                    .path("value")
                    .asDouble();
        }

        @Test
        void replays_golden_pictures_when_it_is_asked_for_its_health() throws Exception {
            JsonNode health = get("/actuator/health");
            assertThat(health.path("status").asText()).isEqualTo("UP");
            JsonNode models = health.path("components").path("fovea").path("components");
            JsonNode details = models.path("brightness").path("details");
            assertThat(details.path("golden").asInt()).isEqualTo(1);
            assertThat(details.path("file").asText()).isEqualTo(brightness.toString());
            assertThat(models.path("weight").path("details").path("golden").asText())
                    .isEqualTo("skipped");
        }

        @Test
        void has_beans_by_type_and_name() {
            assertThat(shop.getBean(Regressor.class)).isSameAs(shop.getBean("weight"));
            assertThat(shop.getBean("weightModel", Model.class))
                    .isSameAs(shop.getBean(Regressor.class).model());
            assertThat(shop.getBeansOfType(Decoder.class)).containsOnlyKeys("brightness", "weight");
        }
    }

    @Nested
    @DisplayName("with a model that differs")
    class Differing {

        @Test
        void does_not_start_and_reports_the_stage() {
            String printed = printed(() -> bare("fovea.models.digits.path=" + broken));
            assertThat(printed)
                    .contains("APPLICATION FAILED TO START")
                    .contains("Golden picture \"golden/00.png\" differs at the stage \"network\"")
                    .contains("where: " + broken)
                    .contains("Action:")
                    .contains("export it again with this version")
                    .doesNotContain("\tat ");
        }

        @Test
        void starts_if_health_is_to_tell_and_is_down() {
            try (ConfigurableApplicationContext context =
                    bare("fovea.models.digits.path=" + broken, "fovea.models.digits.golden=health")) {
                HealthIndicator health = (HealthIndicator)
                        context.getBean(CompositeHealthContributor.class).getContributor("digits");
                assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
                assertThat(health.health().getDetails().get("what").toString()).contains("stage \"network\"");
                assertThat(health.health()).as("within the time").isSameAs(health.health());
            }
        }
    }

    @Nested
    @DisplayName("with properties that cannot be")
    class Properties {

        @Test
        void names_the_file_that_is_missing() {
            assertProblem("fovea.models.digits.path=absent.fovea", "absent.fovea");
        }

        @Test
        void names_the_property_that_is_missing() {
            assertProblem("fovea.models.digits.threads=2", "property fovea.models.digits.path");
        }

        @Test
        void names_the_property_that_is_out_of_range() {
            Throwable failure = catchThrowable(
                    () -> bare("fovea.models.digits.path=" + brightness, "fovea.models.digits.threads=-1")
                            .close());
            assertThat(failure).hasStackTraceContaining("Expected 0 threads or more, found -1");
        }

        @Test
        void refuses_a_property_that_there_is_not() {
            assertThat(printed(() -> bare("fovea.models.digits.path=" + brightness, "fovea.models.digits.thread=2")))
                    .contains("fovea.models.digits.thread");
        }

        private void assertProblem(String property, String where) {
            Throwable failure = catchThrowable(() -> bare(property).close());
            while (!(failure instanceof Problem) && failure.getCause() != null) failure = failure.getCause();
            assertThat(failure).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.where())
                    .contains(where));
        }
    }

    @Nested
    @DisplayName("that ends")
    class Ending {

        @Test
        void frees_its_models() {
            ConfigurableApplicationContext context = bare("fovea.models.digits.path=" + brightness);
            Classifier classifier = context.getBean(Classifier.class);
            context.close();
            assertThatThrownBy(() -> classifier.classify(ExampleModels.png(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
        }
    }

    @Nested
    @DisplayName("without models")
    class Without {

        @Test
        void has_none_of_it() {
            try (ConfigurableApplicationContext context = bare()) {
                assertThat(context.getBeanNamesForType(Decoder.class)).isEmpty();
                assertThat(context.containsBean("foveaHealthContributor")).isFalse();
            }
        }
    }

    @Nested
    @DisplayName("with several models and a listener of its own")
    class Several {

        private static final List<String> HEARD = new ArrayList<>();

        @Configuration(proxyBeanMethods = false)
        @EnableAutoConfiguration
        static class Listening {

            @Bean
            ModelListeners listeners() {
                return name -> new PredictionListener() {
                    @Override
                    public void finished(Stage stage, int pictures, long nanoseconds) {}

                    @Override
                    public void answered(Answer answer) {
                        HEARD.add(name + ": " + answer.words());
                    }
                };
            }

            @Bean
            String words(@Qualifier("night") Classifier night, @Qualifier("day") Classifier day) {
                return night.classify(ExampleModels.png(0)).best().name()
                        + day.classify(ExampleModels.png(255)).best().name();
            }
        }

        @Test
        void takes_each_by_its_name() {
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Listening.class)
                    .web(WebApplicationType.NONE)
                    .properties("spring.main.banner-mode=off", "logging.level.root=error")
                    .run(arguments("fovea.models.day.path=" + brightness, "fovea.models.night.path=" + brightness))) {
                assertThat(context.getBean("words")).isEqualTo("darkbright");
                assertThat(HEARD).hasSize(2);
                assertThat(HEARD.get(0)).startsWith("night: dark");
                assertThat(HEARD.get(1)).startsWith("day: bright");
            }
        }
    }

    /** The properties that editors offer. */
    @Test
    void describes_its_properties_for_editors() throws IOException {
        JsonNode metadata = new ObjectMapper()
                .readTree(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
        assertThat(metadata.path("properties").findValuesAsText("name"))
                .containsExactlyInAnyOrder("fovea.models", "fovea.health.replay-every");
    }

    /** Returns what a start prints that fails. */
    private static String printed(Runnable start) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThatThrownBy(start::run).isInstanceOf(Exception.class);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
