package io.fovea.note;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real PostgreSQL server on a free port, out of zonky's archives; it can be ended and started again with the same data. */
public final class Postgres implements AutoCloseable {

    private final Path folder;
    private EmbeddedPostgres server;
    private int port;

    private Postgres(Path folder) {
        this.folder = folder;
    }

    /** Starts one, or skips the test with a word where none can be had. */
    public static Postgres startedIn(Path folder) {
        Postgres postgres = new Postgres(folder);
        try {
            postgres.start();
        } catch (IOException | RuntimeException failure) {
            abort("PostgreSQL does not start here (its archive is for Linux on x86-64; root needs \"unshare -U\"): "
                    + failure);
        }
        return postgres;
    }

    /** Starts it, with the data that were there. */
    public void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setOverrideWorkingDirectory(folder.resolve("program").toFile())
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
        port = server.getPort();
    }

    /** Ends it; its data stay. */
    public void stop() throws IOException {
        server.close();
    }

    /** Makes a new database and returns its address. */
    public String database(String name) throws SQLException {
        execute("postgres", "CREATE DATABASE " + name);
        return url(name);
    }

    public String url(String name) {
        return "jdbc:postgresql://localhost:" + port + "/" + name + "?user=postgres&password=open-sesame";
    }

    public void execute(String database, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database))) {
            connection.createStatement().execute(statement);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
