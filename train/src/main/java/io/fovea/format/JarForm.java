package io.fovea.format;

import io.fovea.bundle.Bundle;
import io.fovea.file.AtomicFolder;
import io.fovea.file.FileTree;
import io.fovea.jvm.Build;
import io.fovea.predict.Decoder;
import io.fovea.predict.ReplayReport;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Maven artefact of the model: a jar with the model file and a class that loads it, and its POM, in the layout of a repository.
 *
 * <p>Nothing but the JDK's compiler is needed; equal models give equal jars.
 */
final class JarForm implements FormatWriter {

    /** The oldest Java that fovea-predict runs on. */
    private static final String JAVA = "17";

    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ModelSource model;
    private final ModelFormat.Jar format;
    private final Coordinates coordinates;
    private final ModelClass type;
    private final JavaCompiler compiler;

    /** Finds what the JDK lacks, or Java cannot say. */
    JarForm(ModelSource model, ModelFormat.Jar format) {
        this.model = model;
        this.format = format;
        this.coordinates = format.coordinates().map(Coordinates::parse).orElseGet(() -> Coordinates.usual(model));
        this.type = ModelClass.of(model, coordinates);
        this.compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new Problem(
                    "This Java has no compiler, which a jar with a class of its own needs.",
                    System.getProperty("java.home"),
                    "run Fovea by a JDK and not by a JRE, or export the bundle");
        }
    }

    @Override
    public String fileName() {
        return model.fileStem() + "-repository";
    }

    @Override
    public Path replaced(Path target) {
        return coordinates.folder(target);
    }

    @Override
    public boolean isReplaceable(Path there) {
        if (!Files.isDirectory(there)) return false;
        try (Stream<Path> entries = Files.list(there)) {
            return entries.allMatch(entry -> {
                String name = entry.getFileName().toString();
                return name.startsWith(coordinates.stem()) || name.startsWith("_") || name.endsWith(".lastUpdated");
            });
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public Exported write(Path target) {
        Path place = coordinates.folder(target);
        Check[] check = new Check[1];
        AtomicFolder.write(place, folder -> {
            Path jar = folder.resolve(coordinates.stem() + ".jar");
            writeJar(jar);
            check[0] = loaded(jar);
            Path pom = folder.resolve(coordinates.stem() + ".pom");
            Files.writeString(pom, pom());
            for (Path file : List.of(jar, pom))
                Files.writeString(folder.resolve(file.getFileName() + ".sha1"), sha1(Files.readAllBytes(file)));
        });
        return new Exported(
                format,
                place,
                Written.files(place),
                List.of(check[0]),
                List.of(
                        "In a pom.xml: " + coordinates + ", from the repository "
                                + target.toAbsolutePath().toUri(),
                        "In Java: try (" + type.name() + " model = " + type.name() + ".load()) { … }, of package "
                                + type.packageName()));
    }

    private void writeJar(Path jar) throws IOException {
        String folder = type.packageName().replace('.', '/') + "/";
        Map<String, byte[]> entries = new TreeMap<>(compiled());
        entries.put(folder + type.resource(), file());
        String maven = "META-INF/maven/" + coordinates.group() + "/" + coordinates.artifact() + "/pom.xml";
        entries.put(maven, pom().getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            put(zip, "META-INF/MANIFEST.MF", manifest().getBytes(StandardCharsets.UTF_8)); // readers expect it first
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) put(zip, entry.getKey(), entry.getValue());
        }
    }

    private byte[] file() throws IOException {
        Path folder = Files.createTempDirectory("fovea-jar");
        try {
            Path file = folder.resolve(type.resource());
            model.write(file);
            return Files.readAllBytes(file);
        } finally {
            FileTree.remove(folder);
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private String manifest() {
        return "Manifest-Version: 1.0\r\nCreated-By: Fovea\r\nAutomatic-Module-Name: " + type.packageName() + "."
                + type.name().toLowerCase(Locale.ROOT) + "\r\n\r\n";
    }

    private Map<String, byte[]> compiled() throws IOException {
        Path folder = Files.createTempDirectory("fovea-jar");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Path source = Files.writeString(folder.resolve(type.name() + ".java"), type.source());
            StringWriter said = new StringWriter();
            List<String> options = List.of(
                    "--release", JAVA, "-encoding", "UTF-8", "-proc:none", "-cp", predict(), "-d", folder.toString());
            boolean done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!done) throw new IllegalStateException("The class of the model does not compile: " + said);
            Map<String, byte[]> classes = new TreeMap<>();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file :
                        all.filter(each -> each.toString().endsWith(".class")).toList())
                    classes.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            return classes;
        } finally {
            FileTree.remove(folder);
        }
    }

    /** Returns where fovea-predict lies. */
    private static String predict() {
        try {
            URI place = Bundle.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(place).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Loads the model by the class in the jar, as any program does. */
    private Check loaded(Path jar) throws IOException {
        URL[] places = {jar.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(places, JarForm.class.getClassLoader())) {
            Class<?> made = loader.loadClass(type.qualified());
            try (AutoCloseable own = (AutoCloseable) made.getMethod("load").invoke(null)) {
                Decoder decoder = (Decoder) made.getMethod("decoder").invoke(own);
                ReplayReport replayed = decoder.replay().orElseThrow();
                double allowed = model.manifest().golden().stream()
                        .mapToDouble(model.manifest()::allowedDifference)
                        .max()
                        .orElse(model.manifest().tolerance());
                return new Check(
                        replayed.pictures() + " golden pictures by the class in the jar",
                        replayed.maxAbsDifference(),
                        allowed);
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Problem problem) throw problem;
            throw new IllegalStateException(e.getCause());
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String pom() {
        return String.format(
                Locale.ROOT,
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <description>%s, a model made with Fovea.</description>
                  <dependencies>
                    <dependency>
                      <groupId>io.fovea</groupId>
                      <artifactId>fovea-predict</artifactId>
                      <version>%s</version>
                    </dependency>
                  </dependencies>
                </project>
                """,
                coordinates.group(),
                coordinates.artifact(),
                coordinates.version(),
                model.manifest().name().replace("&", "&amp;").replace("<", "&lt;"),
                Build.version());
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
