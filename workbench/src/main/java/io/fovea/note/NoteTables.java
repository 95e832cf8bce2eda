package io.fovea.note;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * Where tags, notes and owners are kept: an SQLite file that is made when there is something to keep, or a PostgreSQL server that several people share.
 *
 * <p>Tables of an earlier version are brought up to date; those of a later one are refused. A connection is opened for each question, {@value #MOST_AT_ONCE}
 * at once, so that a server that goes away and comes back is found again by itself. Threads may share it.
 */
public final class NoteTables {

    private static final int MOST_AT_ONCE = 8;
    private static final int SECONDS_TO_CONNECT = 3;
    private static final int SECONDS_TO_ANSWER = 15;

    private final DataSource source;
    private final Optional<Path> file;
    private final String place;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private Optional<Jdbi> opened = Optional.empty();

    private NoteTables(DataSource source, Optional<Path> file, String place) {
        this.source = source;
        this.file = file;
        this.place = place;
    }

    /** Returns the one in a file, which need not be there yet. */
    public static NoteTables inFile(Path file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return new NoteTables(source, Optional.of(file), file.toString());
    }

    /**
     * Returns the one of a PostgreSQL server, made ready.
     *
     * @param url  such as {@code jdbc:postgresql://host/name?user=fovea}; the password may stand in it, or in {@code ~/.pgpass}
     * @param mark the file of the workspace that tells whether the database is its own; made if the database is new
     * @throws Problem if it is no such address, cannot be reached, belongs to another workspace, or was written by a later version
     */
    public static NoteTables at(String url, Path mark) {
        Properties parts = url.startsWith("jdbc:postgresql:") ? org.postgresql.Driver.parseURL(url, null) : null;
        if (parts == null)
            throw new Problem(
                    "This is no address of a PostgreSQL database.",
                    "--database-url",
                    "write one such as jdbc:postgresql://localhost/fovea?user=fovea");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        if (!url.contains("connectTimeout=")) source.setConnectTimeout(SECONDS_TO_CONNECT);
        if (!url.contains("socketTimeout=")) source.setSocketTimeout(SECONDS_TO_ANSWER);
        source.setApplicationName("fovea workbench");
        NoteTables database = new NoteTables(source, Optional.empty(), url.replaceFirst("\\?.*", ""));
        database.with(handle -> {
            database.checkMark(handle, mark);
            return true;
        });
        return database;
    }

    /** Whether the address holds a password, which anyone may see who lists this machine's processes. */
    public static boolean holdsPassword(String url) {
        return url.matches(".*[?&]password=.*");
    }

    /** Whether nothing was ever kept in it. */
    boolean isAbsent() {
        return file.isPresent() && !Files.exists(file.get());
    }

    /** Whether a problem is that the server cannot be reached just now; it may come back. */
    public static boolean isAway(Problem problem) {
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause())
            if (cause instanceof SQLException failure && isAway(String.valueOf(failure.getSQLState()))) return true;
        return false;
    }

    /** Connection lost or refused, shutting or starting up, too many connections (PostgreSQL, appendix A). */
    private static boolean isAway(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
    }

    /**
     * Asks, or changes, in one transaction.
     *
     * @throws Problem if the database cannot be read or written
     */
    <T> T with(HandleCallback<T, RuntimeException> asked) {
        turns.acquireUninterruptibly();
        try {
            return jdbi().inTransaction(asked);
        } catch (IOException | JdbiException | FlywayException failure) {
            throw problem(failure);
        } finally {
            turns.release();
        }
    }

    private synchronized Jdbi jdbi() throws IOException {
        if (opened.isPresent() && !isAbsent()) return opened.get();
        if (file.isPresent())
            Files.createDirectories(file.get().toAbsolutePath().getParent());
        Flyway flyway = Flyway.configure(NoteTables.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:io/fovea/note")
                .load();
        for (MigrationInfo each : flyway.info().all()) if (isLater(each.getState())) throw later(each);
        flyway.migrate();
        opened = Optional.of(Jdbi.create(source));
        return opened.get();
    }

    private static boolean isLater(MigrationState state) {
        return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
    }

    private Problem later(MigrationInfo written) {
        return new Problem(
                "The tags and notes were written by a later version of Fovea: their tables are of version "
                        + written.getVersion() + ".",
                place,
                file.isPresent()
                        ? "start that version, or move the file away: without it there are no tags and notes, and"
                                + " nothing else is lost"
                        : "start that version, or name another database");
    }

    /** Two workspaces would mix their notes, for things of both have the same names. */
    private void checkMark(Handle handle, Path mark) {
        Optional<String> written = handle.createQuery("SELECT mark FROM workspace")
                .mapTo(String.class)
                .findOne();
        try {
            if (written.isEmpty()) {
                String made = UUID.randomUUID().toString();
                handle.execute("INSERT INTO workspace (mark) VALUES (?)", made);
                Files.createDirectories(mark.toAbsolutePath().getParent());
                Files.writeString(mark, made);
                return;
            }
            if (Files.exists(mark) && Files.readString(mark).strip().equals(written.get())) return;
        } catch (IOException failure) {
            throw new Problem(
                    "The workspace cannot be written: " + failure.getMessage() + ".",
                    mark.toString(),
                    "make the folder writable",
                    failure);
        }
        throw new Problem(
                "The database holds the tags and notes of another workspace.",
                place,
                "name another database, or another schema of it by ?currentSchema=NAME; if the folder is the same"
                        + " workspace in a new place, write " + written.get() + " into " + mark);
    }

    private Problem problem(Exception failure) {
        String words = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException told)
                words = String.valueOf(told.getMessage()).lines().findFirst().orElse("");
        return new Problem(
                "The tags and notes cannot be read or written: " + words.replaceFirst("[. ]+$", "") + ".",
                place,
                file.isPresent()
                        ? "check the folder's permissions and the free space; if the file is damaged, delete it: only"
                                + " tags, notes and owners are lost"
                        : "check that the PostgreSQL server runs, and its address, user and password (--database-url,"
                                + " ~/.pgpass); it is asked again each time",
                failure);
    }
}
