package io.fovea.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The database of tags, notes and owners")
class NoteTablesTest {

    private static final Note NOTE = new Note(List.of("first", "kleiner Versuch"), "Zeile 1\nZeile 2: <b>5 € ☃</b>");

    @TempDir
    Path folder;

    private static void holdsWhatIsAdded(NoteTables database) {
        Notes notes = new Notes(database);
        Owners owners = new Owners(database);
        assertThat(notes.of(Shelf.RUNS)).isEmpty();
        notes.put(Shelf.RUNS, "a-1", Note.NONE);
        notes.put(Shelf.RUNS, "a-1", new Note(List.of("old"), ""));
        notes.put(Shelf.RUNS, "a-1", NOTE);
        notes.put(Shelf.MODELS, "a-1", new Note(List.of(), "another thing"));
        assertThat(notes.of(Shelf.RUNS)).isEqualTo(Map.of("a-1", NOTE));
        notes.put(Shelf.RUNS, "a-1", Note.NONE);
        assertThat(notes.of(Shelf.RUNS)).isEmpty();

        assertThat(owners.of("runs", "a-1")).isEmpty();
        owners.put("runs", "a-1", "anna");
        owners.put("runs", "a-1", "ben");
        assertThat(owners.of("runs", "a-1")).contains("ben");
        owners.remove("runs", "a-1");
        assertThat(owners.of("runs")).isEmpty();
    }

    /** Makes tables as the first version had them, with a note, and as a later one may have them. */
    private static void tables(String url, int version) throws SQLException {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:io/fovea/note")
                .target(version == 1 ? "1" : "latest")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection
                    .createStatement()
                    .execute("INSERT INTO note (shelf, name, tags, text) VALUES ('runs', 'a-1', 'kept', 'before')");
            if (version == 1) return;
            connection
                    .createStatement()
                    .execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                            + " installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL',"
                            + " 'V99__later.sql', 'fovea', 1, true)");
        }
    }

    @Nested
    @DisplayName("in a file")
    class InFile {

        private Path file() {
            return folder.resolve("workbench").resolve("notes.sqlite");
        }

        @Test
        void is_made_when_there_is_something_to_keep() {
            NoteTables database = NoteTables.inFile(file());
            assertThat(new Notes(database).of(Shelf.RUNS)).isEmpty();
            assertThat(new Owners(database).of("runs", "a-1")).isEmpty();
            assertThat(file()).doesNotExist();
            holdsWhatIsAdded(database);
            assertThat(file()).exists();
        }

        @Test
        void of_the_version_before_is_brought_up_to_date() throws Exception {
            Files.createDirectories(file().getParent());
            tables("jdbc:sqlite:" + file(), 1);
            NoteTables database = NoteTables.inFile(file());
            assertThat(new Notes(database).of(Shelf.RUNS))
                    .isEqualTo(Map.of("a-1", new Note(List.of("kept"), "before")));
            new Owners(database).put("runs", "a-1", "anna");
            assertThat(new Owners(database).of("runs", "a-1")).contains("anna");
        }

        @Test
        void of_a_later_version_is_refused_and_left_alone() throws Exception {
            Files.createDirectories(file().getParent());
            tables("jdbc:sqlite:" + file(), 99);
            byte[] before = Files.readAllBytes(file());
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> new Notes(NoteTables.inFile(file())).put(Shelf.RUNS, "b-1", NOTE));
            assertThat(problem.what()).contains("written by a later version of Fovea", "version 99");
            assertThat(problem.where()).isEqualTo(file().toString());
            assertThat(problem.remedy()).startsWith("start that version, or move the file away");
            assertThat(Files.readAllBytes(file())).isEqualTo(before);
        }

        @Test
        void that_is_damaged_says_what_is_lost_without_it() throws IOException {
            Files.createDirectories(file().getParent());
            Files.writeString(file(), "no database, but long enough to be looked at as one".repeat(40));
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> new Notes(NoteTables.inFile(file())).of(Shelf.RUNS));
            assertThat(problem.where()).isEqualTo(file().toString());
            assertThat(problem.remedy()).contains("delete it: only tags, notes and owners are lost");
            assertThat(NoteTables.isAway(problem)).isFalse();
        }
    }

    @Nested
    @DisplayName("of a PostgreSQL server")
    class OfServer {

        @TempDir
        static Path data;

        private static Postgres postgres;

        @BeforeAll
        static void starts() {
            postgres = Postgres.startedIn(data);
        }

        @AfterAll
        static void ends() throws IOException {
            if (postgres != null) postgres.close();
        }

        private NoteTables at(String url) {
            return NoteTables.at(url, folder.resolve("workbench").resolve("database.txt"));
        }

        private Problem refused(String url) {
            return catchThrowableOfType(Problem.class, () -> at(url));
        }

        @Test
        void holds_what_is_added() throws SQLException {
            String url = postgres.database("holds");
            holdsWhatIsAdded(at(url));
            new Notes(at(url)).put(Shelf.RUNS, "a-1", NOTE);
            assertThat(new Notes(at(url)).of(Shelf.RUNS)).isEqualTo(Map.of("a-1", NOTE));
        }

        @Test
        void of_the_version_before_is_brought_up_to_date() throws SQLException {
            String url = postgres.database("before");
            tables(url, 1);
            assertThat(new Notes(at(url)).of(Shelf.RUNS)).isEqualTo(Map.of("a-1", new Note(List.of("kept"), "before")));
        }

        @Test
        void of_a_later_version_is_refused() throws SQLException {
            String url = postgres.database("later");
            tables(url, 99);
            Problem problem = refused(url);
            assertThat(problem.what()).contains("written by a later version of Fovea", "version 99");
            assertThat(problem.remedy()).isEqualTo("start that version, or name another database");
        }

        @Test
        void of_another_workspace_is_refused() throws Exception {
            String url = postgres.database("shared");
            NoteTables.at(url, folder.resolve("other.txt"));
            Problem problem = refused(url);
            assertThat(problem.what()).isEqualTo("The database holds the tags and notes of another workspace.");
            String mark = Files.readString(folder.resolve("other.txt"));
            assertThat(problem.remedy()).contains("currentSchema", mark);
            postgres.execute("shared", "CREATE SCHEMA two");
            holdsWhatIsAdded(at(url + "&currentSchema=two"));
            assertThat(Optional.of(at(url + "&currentSchema=two"))).isPresent();
        }

        @Test
        void that_goes_away_says_so_and_is_found_again_with_all_it_held() throws Exception {
            Notes notes = new Notes(at(postgres.database("away")));
            notes.put(Shelf.RUNS, "a-1", NOTE);
            postgres.stop();
            try {
                for (Runnable asked :
                        List.<Runnable>of(() -> notes.of(Shelf.RUNS), () -> notes.put(Shelf.RUNS, "a-2", NOTE))) {
                    Problem problem = catchThrowableOfType(Problem.class, asked::run);
                    assertThat(NoteTables.isAway(problem)).isTrue();
                    assertThat(problem.what()).startsWith("The tags and notes cannot be read or written: ");
                    assertThat(problem.remedy()).contains("check that the PostgreSQL server runs");
                    assertThat(problem.toString()).doesNotContain("open-sesame");
                }
            } finally {
                postgres.start();
            }
            assertThat(notes.of(Shelf.RUNS)).isEqualTo(Map.of("a-1", NOTE));
            notes.put(Shelf.RUNS, "a-2", NOTE);
            assertThat(notes.of(Shelf.RUNS)).hasSize(2);
        }

        @Test
        void that_ends_a_connection_in_the_middle_loses_nothing_that_was_told_to_be_kept() throws Exception {
            NoteTables database = at(postgres.database("cut"));
            new Notes(database).put(Shelf.RUNS, "a-1", NOTE);
            Problem problem = catchThrowableOfType(
                    Problem.class,
                    () -> database.with(handle -> {
                        handle.execute("DELETE FROM note");
                        handle.execute("SELECT pg_terminate_backend(pg_backend_pid())");
                        return true;
                    }));
            assertThat(NoteTables.isAway(problem)).isTrue();
            assertThat(new Notes(database).of(Shelf.RUNS)).isEqualTo(Map.of("a-1", NOTE));
        }

        @Test
        void that_is_not_there_at_the_start_says_so_without_the_password() {
            Problem problem = refused("jdbc:postgresql://localhost:1/fovea?user=fovea&password=open-sesame");
            assertThat(NoteTables.isAway(problem)).isTrue();
            assertThat(problem.where()).isEqualTo("jdbc:postgresql://localhost:1/fovea");
            assertThat(words(problem)).doesNotContain("open-sesame");
        }

        @Test
        void without_such_a_database_says_so() {
            Problem problem = refused(postgres.url("absent"));
            assertThat(problem.what()).contains("\"absent\" does not exist");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "postgresql://u:open-sesame@localhost/fovea",
                    "jdbc:mysql://localhost/fovea?password=open-sesame",
                    "jdbc:postgresql://localhost:port/fovea?password=open-sesame",
                    ""
                })
        void of_another_kind_is_refused_without_a_word_of_the_address(String url) {
            Problem problem = refused(url);
            assertThat(problem.what()).isEqualTo("This is no address of a PostgreSQL database.");
            assertThat(words(problem)).doesNotContain("open-sesame");
        }
    }

    @Test
    void knows_a_password_that_everybody_sees() {
        assertThat(NoteTables.holdsPassword("jdbc:postgresql://localhost/fovea?user=u&password=p"))
                .isTrue();
        assertThat(NoteTables.holdsPassword("jdbc:postgresql://localhost/fovea?user=password"))
                .isFalse();
    }

    private static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) words.append(each);
        return words.toString();
    }
}
