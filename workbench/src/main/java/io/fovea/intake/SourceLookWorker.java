package io.fovea.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fovea.choice.ImportChoice;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.collection.ReadyMade;
import io.fovea.dataset.Preparation;
import io.fovea.download.DownloadListener;
import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportLook;
import io.fovea.importer.ImportSettings;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.result.LookReport;
import io.fovea.worker.Answer;
import io.fovea.worker.WorkerProcess;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The process that looks at sources, and decodes pictures as people have them. Used by one thread. */
public final class SourceLookWorker implements WorkerProcess.Answerer {

    private static final int LONGEST_SIDE_SHOWN = 512;
    private static final Pattern OPTION = Pattern.compile("(^|\\W)--[a-z]");
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private SourceLookWorker() {}

    /**
     * Answers until the input ends.
     *
     * @param arguments the stream for answers
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        WorkerProcess.run(new SourceLookWorker(), arguments[0]);
    }

    /** Returns where a look leaves one of its pictures. */
    static Path sample(Path folder, int number) {
        return folder.resolve(number + ".png");
    }

    @Override
    public Answer answer(String what, JsonNode fields, byte[] bytes) throws IOException {
        return switch (what) {
            case "look" -> look(fields);
            case "sample" -> prepared(fields);
            default -> throw new IllegalArgumentException("Nobody knows the question \"" + what + "\"");
        };
    }

    private static Answer look(JsonNode fields) throws IOException {
        Workspace workspace = Workspace.at(Path.of(fields.path("workspace").asText()));
        String yaml = fields.path("job").asText();
        Job.Import job =
                (Job.Import) JobYaml.read(yaml, "the job", workspace.folder()).job();
        ImportSettings settings = ImportChoice.settings(job.name(), job.sources(), job.settings());
        Path folder = Files.createDirectories(Path.of(fields.path("folder").asText()));
        ImportLook look = look(job, settings, workspace, folder.resolve("unpacked"));
        for (int i = 0; i < look.samples().size(); i++)
            Files.write(sample(folder, i), PngWriter.bytes(look.samples().get(i).picture()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("look", fields.path("look").asText());
        json.putAll(LookReport.json(look, settings.preparation()));
        return new Answer(Answer.JSON, JSON.writeValueAsBytes(json));
    }

    private static ImportLook look(Job.Import job, ImportSettings settings, Workspace workspace, Path scratch) {
        try {
            return DatasetImport.look(
                    ReadyMade.sources(job.sources(), workspace.cache(), DownloadListener.NONE), settings, scratch);
        } catch (Problem problem) {
            throw new Problem(problem.what(), problem.where(), withoutOptions(problem.remedy()), problem);
        }
    }

    /** A page has no options of a command line: what names one is left out, and where nothing remains, the page's own choice is named. */
    private static String withoutOptions(String remedy) {
        String rest = Arrays.stream(remedy.split("; (or )?|, or "))
                .filter(way -> !OPTION.matcher(way).find())
                .collect(Collectors.joining("; or "));
        return rest.isBlank() ? "say what is learned: classes, numbers or masks" : rest;
    }

    private static Answer prepared(JsonNode fields) {
        Map<?, ?> wanted = JSON.convertValue(fields.path("preparation"), Map.class);
        Preparation shown = small(RecordTree.read(wanted, Preparation.class, Place.of("the preparation")));
        Pixels picture = PictureDecoder.decode(Path.of(fields.path("file").asText()), shown.colorMode());
        return new Answer(
                Answer.PNG,
                PngWriter.bytes(
                        Resize.to(picture, shown.height(), shown.width(), shown.resizeMode(), shown.cropMargin())));
    }

    private static Preparation small(Preparation wanted) {
        double scale = Math.min(1, (double) LONGEST_SIDE_SHOWN / Math.max(wanted.height(), wanted.width()));
        return new Preparation(
                Math.max(1, (int) Math.round(wanted.height() * scale)),
                Math.max(1, (int) Math.round(wanted.width() * scale)),
                wanted.colorMode(),
                wanted.resizeMode(),
                (int) Math.round(wanted.cropMargin() * scale));
    }
}
