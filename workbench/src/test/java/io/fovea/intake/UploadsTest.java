package io.fovea.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An upload")
class UploadsTest {

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @TempDir
    Path folder;

    private static byte[] zip(int files, int bytesEach) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            byte[] content = new byte[bytesEach];
            new Random(1).nextBytes(content);
            for (int i = 0; i < files; i++) {
                zip.putNextEntry(new ZipEntry(i + ".png"));
                zip.write(content);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static boolean isEmpty(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.findAny().isEmpty();
        }
    }

    @Test
    void of_too_many_files_is_refused_and_leaves_nothing() throws IOException {
        Uploads uploads = new Uploads(folder, new Uploads.Limits(1 << 20, 5, 0));
        Problem problem =
                catchThrowableOfType(Problem.class, () -> uploads.receive(stream(zip(6, 10)), "many", UNKNOWN));
        assertThat(problem.what()).isEqualTo("The pictures are more than 5 files.");
        assertThat(isEmpty(folder)).isTrue();
        assertThat(uploads.receive(stream(zip(5, 10)), "few", UNKNOWN).files()).isEqualTo(5);
    }

    @Test
    void of_more_bytes_than_it_says_is_refused_and_leaves_nothing() throws IOException {
        Uploads uploads = new Uploads(folder, new Uploads.Limits(10_000, 5, 0));
        assertThat(catchThrowableOfType(
                                Uploads.TooMuch.class, () -> uploads.receive(stream(zip(2, 10_000)), "large", UNKNOWN))
                        .isDisk())
                .isFalse();
        assertThat(isEmpty(folder)).isTrue();
    }

    @Test
    void that_unpacks_to_more_than_is_allowed_is_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("zeros.png"));
            zip.write(new byte[20 << 20]);
        }
        Uploads uploads = new Uploads(folder, new Uploads.Limits(1 << 20, 5, 0));
        Problem problem = catchThrowableOfType(
                Problem.class, () -> uploads.receive(stream(bytes.toByteArray()), "zeros", UNKNOWN));
        assertThat(problem.what()).isEqualTo("The pictures are more than 1 MB.");
        assertThat(isEmpty(folder)).isTrue();
    }

    @Test
    void is_refused_where_too_little_would_stay_free() {
        Uploads uploads = new Uploads(folder, new Uploads.Limits(1 << 20, 5, Long.MAX_VALUE / 2));
        Uploads.TooMuch full = catchThrowableOfType(
                Uploads.TooMuch.class, () -> uploads.receive(stream(zip(1, 1)), "some", OptionalLong.of(100)));
        assertThat(full.isDisk()).isTrue();
        assertThat(full.problem().what()).contains("stay free");
    }

    @Test
    void that_fills_the_disk_says_so_and_leaves_nothing() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString())
                                .start()
                                .waitFor()
                        == 0,
                "A small disk cannot be mounted here");
        try {
            Uploads uploads = new Uploads(disk.resolve("uploads"), new Uploads.Limits(100 << 20, 5, 0));
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> uploads.receive(stream(zip(1, 4 << 20)), "large", UNKNOWN));
            assertThat(problem.what()).containsIgnoringCase("space");
            assertThat(isEmpty(disk.resolve("uploads"))).isTrue();
            assertThat(uploads.receive(stream(zip(1, 1 << 10)), "small", UNKNOWN)
                            .files())
                    .isEqualTo(1);
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    @Test
    void that_a_killed_server_left_half_received_is_cleared_away() throws IOException {
        Files.createDirectories(folder.resolve(".part-123/files"));
        Files.write(folder.resolve(".part-123/files/a.png"), new byte[] {1});
        assertThat(new Uploads(folder, Uploads.Limits.USUAL).list()).isEmpty();
        assertThat(isEmpty(folder)).isTrue();
    }
}
