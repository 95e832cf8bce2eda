package io.fovea.job;

import io.fovea.adopt.AdoptionSettings;
import io.fovea.adopt.ProjectKind;
import io.fovea.format.ModelFormat;
import io.fovea.hybrid.NewClass;
import io.fovea.problem.Problem;
import io.fovea.training.RunOutput;
import io.fovea.transfer.Head;
import io.fovea.transfer.TransferMode;
import io.fovea.weights.ChannelOrder;
import io.fovea.workspace.Workspace;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A long work as a value: what was chosen, and nothing that only the work finds out. It can be written as YAML ({@link JobYaml}) and done by
 * any process that has the workspace ({@code Jobs}, in {@code work}).
 *
 * <p>Datasets, models and weights are named as the workspace names them. What is left out is as usual for what is worked on, just as on the command
 * line.
 */
public sealed interface Job {

    /** Returns what the job's folder is called, before its number. */
    String prefix();

    /** Returns the word for this kind of job, as in YAML. */
    default String kind() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Adds a setting, in the place of one of the same name. */
    private static Map<String, Object> with(Map<String, Object> settings, String setting, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(settings);
        more.put(setting, value);
        return more;
    }

    /** Copies, in the same order. */
    private static Map<String, Object> kept(Map<String, Object> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Pictures as people have them become a dataset.
     *
     * @param name     of the dataset
     * @param sources  as on the command line: a path, or one with its role before it, {@code train=PATH}
     * @param settings those of {@link io.fovea.importer.ImportSettings} that are chosen, by their names
     * @param replace  whether a dataset of this name is replaced
     */
    record Import(String name, List<String> sources, Map<String, Object> settings, boolean replace) implements Job {

        /** Copies, and checks the name. */
        public Import {
            Workspace.checkedName("dataset", name);
            sources = List.copyOf(sources);
            settings = kept(settings);
            if (sources.isEmpty()) throw new IllegalArgumentException("An import needs at least one source");
        }

        /** Sources as on the command line, all else as usual. */
        public static Import of(String name, String... sources) {
            return new Import(name, List.of(sources), Map.of(), false);
        }

        /** Returns this job with a setting, such as {@code minimumPerClass}; a group of settings is a map. */
        public Import set(String setting, Object value) {
            return new Import(name, sources, Job.with(settings, setting, value), replace);
        }

        @Override
        public String prefix() {
            return "import-" + name;
        }
    }

    /**
     * Weights that others trained become pretrained weights of the workspace.
     *
     * @param name            of the weights; without a source, that of published ones
     * @param source          a file, or the address of one; empty: published weights are fetched
     * @param network         that they were trained for; empty: the one that names and shapes fit
     * @param data            a dataset whose pictures judge where several networks fit alike
     * @param classes         a file of class names, one a line
     * @param height          of the network's input; empty: what it was made for
     * @param width           likewise
     * @param cropMargin      how much larger a picture is scaled before its middle is cut out; empty: as usual
     * @param mean            subtracted from each channel; empty: as usual
     * @param std             each channel is divided by it after that; empty: as usual
     * @param channelOrder    in which the weights see the channels; empty: red first
     * @param prefixOfTensors those are taken whose names begin with it; empty: found by what fits
     * @param licence         the terms under which the weights are given; empty: as published
     * @param replace         whether weights of this name are replaced
     */
    record ImportWeights(
            String name,
            Optional<String> source,
            Optional<String> network,
            Optional<String> data,
            Optional<Path> classes,
            Optional<Integer> height,
            Optional<Integer> width,
            Optional<Integer> cropMargin,
            List<Double> mean,
            List<Double> std,
            Optional<ChannelOrder> channelOrder,
            Optional<String> prefixOfTensors,
            Optional<String> licence,
            boolean replace)
            implements Job {

        /** Copies, and checks the name and the address. */
        public ImportWeights {
            Workspace.checkedName("weights", name);
            mean = List.copyOf(mean);
            std = List.copyOf(std);
            if (source.isPresent() && isAddress(source.get()) && !namesFile(source.get()))
                throw new IllegalArgumentException(
                        "Expected the address of a file, such as https://example.org/weights.pth");
        }

        /** Whether a source is fetched. */
        public static boolean isAddress(String source) {
            return source.matches("https?://.*");
        }

        private static boolean namesFile(String address) {
            try {
                String path = new URI(address).getPath();
                return path != null && path.matches(".*/[^/.][^/]*");
            } catch (URISyntaxException malformed) {
                return false;
            }
        }

        /** Returns the same with every path absolute. */
        ImportWeights placed(UnaryOperator<Path> place) {
            return new ImportWeights(
                    name,
                    source.map(given -> isAddress(given)
                            ? given
                            : place.apply(Path.of(given)).toString()),
                    network,
                    data,
                    classes.map(place),
                    height,
                    width,
                    cropMargin,
                    mean,
                    std,
                    channelOrder,
                    prefixOfTensors,
                    licence,
                    replace);
        }

        @Override
        public String prefix() {
            return "import-" + name;
        }
    }

    /**
     * A network learns a dataset, from scratch or from pretrained weights, is judged and becomes a model.
     *
     * @param data       the dataset
     * @param network    of the catalogue, or a file; empty: that of the pretrained weights, or what fits the pictures
     * @param name       of the model; empty: dataset and network
     * @param task       only {@code reconstruction} changes something: the pictures themselves are learned
     * @param pretrained weights to learn from
     * @param transfer   what learns on them: {@code features}, {@code head}, {@code last:N} or {@code all}; empty: features
     * @param head       on features: {@code linear}, {@code mlp:N} or {@code knn:K}; empty: linear
     * @param copies     augmented copies of each training picture that a head on features also learns from
     * @param newHead    whether fine-tuning begins with a head of random weights
     * @param settings   those of {@link io.fovea.training.TrainingSettings} that are chosen, by their names
     * @param outputs    what the run writes beside its log and checkpoints
     * @param weights    whether the model file holds its weights as safetensors too
     * @param from       a checkpoint of another run to go on from, such as {@code digits-lenet-1/best}: its network with its weights, in the place of
     *                   a network
     */
    record Train(
            String data,
            Optional<String> network,
            Optional<String> name,
            Optional<String> task,
            Optional<String> pretrained,
            Optional<String> transfer,
            Optional<String> head,
            Optional<Integer> copies,
            boolean newHead,
            Map<String, Object> settings,
            List<RunOutput> outputs,
            boolean weights,
            Optional<String> from)
            implements Job {

        /** Copies, and checks the words. */
        public Train {
            Objects.requireNonNull(data, "data");
            name.ifPresent(word -> Workspace.checkedName("model", word));
            transfer.ifPresent(TransferMode::of);
            head.ifPresent(Head::of);
            settings = kept(settings);
            outputs = outputs.stream().distinct().sorted().toList();
        }

        /** What fits the pictures learns, all else as usual. */
        public static Train of(String data) {
            return of(data, Optional.empty());
        }

        /** A network and a dataset by their names, all else as usual. */
        public static Train of(String data, String network) {
            return of(data, Optional.of(network));
        }

        private static Train of(String data, Optional<String> network) {
            return new Train(
                    data,
                    network,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Map.of(),
                    List.of(),
                    false,
                    Optional.empty());
        }

        /** Returns this job from a checkpoint of another run, in the place of its network. */
        public Train from(String run, String checkpoint) {
            return new Train(
                    data,
                    Optional.empty(),
                    name,
                    task,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    settings,
                    outputs,
                    weights,
                    Optional.of(run + "/" + checkpoint));
        }

        /** Returns this job with other settings. */
        public Train with(Map<String, Object> chosen) {
            return new Train(
                    data,
                    network,
                    name,
                    task,
                    pretrained,
                    transfer,
                    head,
                    copies,
                    newHead,
                    chosen,
                    outputs,
                    weights,
                    from);
        }

        /** Returns this job with a setting, such as {@code epochs}; a group of settings is a map. */
        public Train set(String setting, Object value) {
            return with(Job.with(settings, setting, value));
        }

        /** Returns this job for a model of another name. */
        public Train named(String model) {
            return new Train(
                    data,
                    network,
                    Optional.of(model),
                    task,
                    pretrained,
                    transfer,
                    head,
                    copies,
                    newHead,
                    settings,
                    outputs,
                    weights,
                    from);
        }

        /**
         * Returns this job on pretrained weights, in the place of its network.
         *
         * @param weights  in the workspace
         * @param transfer what learns: {@code features}, {@code head}, {@code last:N} or {@code all}
         */
        public Train on(String weights, String transfer) {
            return new Train(
                    data,
                    Optional.empty(),
                    name,
                    task,
                    Optional.of(weights),
                    Optional.of(transfer),
                    head,
                    copies,
                    newHead,
                    settings,
                    outputs,
                    this.weights,
                    Optional.empty());
        }

        @Override
        public String prefix() {
            return name.orElseGet(() -> data + "-"
                    + pretrained
                            .or(() -> network)
                            .or(() -> from.map(checkpoint -> checkpoint.replaceFirst("/.*", "")))
                            .map(Train::stem)
                            .orElse("model"));
        }

        private static String stem(String network) {
            String file = Path.of(network).getFileName().toString();
            return file.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "-");
        }
    }

    /**
     * Cross-validation: a training for each part of the pictures, judged on that part; no model comes out.
     *
     * @param folds    K
     * @param training what is done with the others
     */
    record Folds(int folds, Train training) implements Job {

        /** Checks. */
        public Folds {
            if (folds < 2) throw new IllegalArgumentException("folds must be at least 2: " + folds);
        }

        @Override
        public String prefix() {
            return training.prefix() + "-" + folds + "-folds";
        }
    }

    /**
     * Rising learning rates are tried for a few steps, and one is suggested.
     *
     * @param training that the rate is for
     */
    record LearningRate(Train training) implements Job {

        @Override
        public String prefix() {
            return training.prefix() + "-learning-rate";
        }
    }

    /**
     * Trains with different settings and compares them on the validation pictures.
     *
     * @param training what all trials share
     * @param tried    values by the name of a setting: a list such as {@code 0.1,0.01}, or a range such as {@code 0.0001..0.1}
     * @param random   how many random combinations are tried; empty: all combinations
     * @param halving  whether the worse half ends early, again and again
     */
    record Tune(Train training, Map<String, Object> tried, Optional<Integer> random, boolean halving) implements Job {

        /** Copies. */
        public Tune {
            tried = kept(tried);
            if (random.isPresent() && random.get() < 1)
                throw new IllegalArgumentException("random must be at least 1: " + random.get());
        }

        @Override
        public String prefix() {
            return training.prefix() + "-tune";
        }
    }

    /**
     * A small classifier of two convolutions and nearest neighbours, made without backpropagation.
     *
     * @param data        the dataset
     * @param name        of the model; empty: the dataset's and {@code hybrid}
     * @param kernels     what evolution begins with: {@code kmeans}, {@code random} or {@code from MODEL}; empty: kmeans
     * @param search      empty: es-adam
     * @param mode        {@code parallel}, {@code serial-filter}, {@code serial-layer} or {@code joint}; empty: parallel
     * @param generations empty: the mode's usual number
     * @param minutes     to evolve for, instead of a number of generations
     * @param k           neighbours that vote
     * @param references  {@code all} or {@code prototypes:N}; empty: all
     * @param engineSize  the most that the model may take to predict, such as {@code 74KB}
     * @param seed        of every random choice; empty: 1
     * @param threads     that compute; empty: one per core
     */
    record Hybrid(
            String data,
            Optional<String> name,
            Optional<String> kernels,
            Optional<String> search,
            Optional<String> mode,
            Optional<Integer> generations,
            Optional<Double> minutes,
            Optional<Integer> k,
            Optional<String> references,
            Optional<String> engineSize,
            Optional<Long> seed,
            Optional<Integer> threads)
            implements Job {

        /** Checks. */
        public Hybrid {
            Objects.requireNonNull(data, "data");
            name.ifPresent(word -> Workspace.checkedName("model", word));
            if (threads.isPresent() && threads.get() < 1)
                throw new IllegalArgumentException("threads must be at least 1: " + threads.get());
        }

        /** All as usual. */
        public static Hybrid of(String data) {
            return new Hybrid(
                    data,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /**
         * Returns this job for an engine of limited size.
         *
         * @param size such as {@code 74KB}
         */
        public Hybrid within(String size) {
            return new Hybrid(
                    data,
                    name,
                    kernels,
                    search,
                    mode,
                    generations,
                    minutes,
                    k,
                    Optional.empty(),
                    Optional.of(size),
                    seed,
                    threads);
        }

        /** Returns this job with so many generations; 0 evolves nothing. */
        public Hybrid evolving(int number) {
            return new Hybrid(
                    data,
                    name,
                    kernels,
                    search,
                    mode,
                    Optional.of(number),
                    Optional.empty(),
                    k,
                    references,
                    engineSize,
                    seed,
                    threads);
        }

        /** Returns this job for a model of another name. */
        public Hybrid named(String model) {
            return new Hybrid(
                    data,
                    Optional.of(model),
                    kernels,
                    search,
                    mode,
                    generations,
                    minutes,
                    k,
                    references,
                    engineSize,
                    seed,
                    threads);
        }

        @Override
        public String prefix() {
            return name.orElse(data + "-hybrid");
        }
    }

    /**
     * A model that decides by neighbours learns further classes from folders of their pictures.
     *
     * @param model      a model file, the name of a model in the workspace, or {@code latest}
     * @param classes    to add, in this order
     * @param target     where the grown model goes; empty: beside the model, with the names of the classes
     * @param data       the dataset that the model was made from; empty: it is looked for in the workspace
     * @param engineSize the most that the model may take to predict, such as {@code 74KB}; empty: what it was allowed
     * @param force      whether it is written even if it is poor
     * @param seed       of every random choice; empty: 1
     * @param threads    that compute; empty: one per core
     */
    record AddClass(
            String model,
            List<NewClass> classes,
            Optional<Path> target,
            Optional<String> data,
            Optional<String> engineSize,
            boolean force,
            Optional<Long> seed,
            Optional<Integer> threads)
            implements Job {

        /** Copies, and checks that there is a class. */
        public AddClass {
            Objects.requireNonNull(model, "model");
            classes = List.copyOf(classes);
            if (classes.isEmpty()) throw new IllegalArgumentException("There is no class to add");
            if (threads.isPresent() && threads.get() < 1)
                throw new IllegalArgumentException("threads must be at least 1: " + threads.get());
        }

        @Override
        public String prefix() {
            return "add-class-" + fileStem(model);
        }
    }

    /** Returns the name of a model's file as a folder may be called. */
    private static String fileStem(String model) {
        String stem = Path.of(model).getFileName().toString().replaceFirst("\\.fovea$", "");
        return stem.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /**
     * How good a model is on a dataset.
     *
     * @param model  a model file, the name of a model in the workspace, or {@code latest}
     * @param data   the dataset
     * @param split  {@code training}, {@code validation} or {@code test}; empty: test, else validation
     * @param output a folder for tables and pictures; empty: the job's own
     */
    record Evaluate(String model, String data, Optional<String> split, Optional<Path> output) implements Job {

        /** On the test pictures, else those for validation. */
        public static Evaluate of(String model, String data) {
            return new Evaluate(model, data, Optional.empty(), Optional.empty());
        }

        @Override
        public String prefix() {
            return "evaluate-" + fileStem(model) + "-" + data;
        }
    }

    /**
     * What classifiers say about many pictures: a table with a line for each.
     *
     * @param models   each a model file, the name of a model in the workspace, or {@code latest}
     * @param pictures files, folders, and lists of files; none if {@code data} is given
     * @param data     a dataset whose pictures are classified
     * @param split    {@code training}, {@code validation} or {@code test} of it; empty: test, else validation
     * @param top      how many of the most probable classes each model tells of a picture; empty: {@value #USUAL_TOP}
     */
    record Classify(
            List<String> models,
            List<Path> pictures,
            Optional<String> data,
            Optional<String> split,
            Optional<Integer> top)
            implements Job {

        /** How many classes are told where nobody chose. */
        public static final int USUAL_TOP = 5;

        /** Copies, and checks that there are models, and pictures of one kind. */
        public Classify {
            models = List.copyOf(models);
            pictures = List.copyOf(pictures);
            if (models.isEmpty()) throw new IllegalArgumentException("There is no model to ask: name one in models");
            if (models.stream().distinct().count() != models.size())
                throw new IllegalArgumentException("A model is named twice: " + models);
            if (pictures.isEmpty() == data.isEmpty())
                throw new IllegalArgumentException("Expected either pictures or data");
            if (top.isPresent() && top.get() < 1)
                throw new IllegalArgumentException("top must be at least 1, found " + top.get());
        }

        /** Pictures in folders, files or lists. */
        public static Classify of(List<String> models, Path... pictures) {
            return new Classify(models, List.of(pictures), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Telling so many classes of each picture. */
        public Classify withTop(int classes) {
            return new Classify(models, pictures, data, split, Optional.of(classes));
        }

        @Override
        public String prefix() {
            return "classify-" + fileStem(models.getFirst());
        }
    }

    /**
     * Pretrained weights become a model of their own classes; nothing is trained.
     *
     * @param weights    in the workspace
     * @param name       of the model; empty: that of the weights
     * @param data       a dataset that judges the model and gives golden pictures
     * @param classes    a file of class names, one a line
     * @param safetensors whether the model file holds its weights as safetensors too
     */
    record Export(
            String weights, Optional<String> name, Optional<String> data, Optional<Path> classes, boolean safetensors)
            implements Job {

        @Override
        public String prefix() {
            return "export-" + name.orElse(weights);
        }
    }

    /**
     * The weights that a training left in a checkpoint become a model, judged as at the end of a run; nothing is trained.
     *
     * @param run        a training of the workspace
     * @param checkpoint {@code best}, {@code last} or {@code epoch-003}
     * @param name       of the model; empty: run and checkpoint
     */
    record ExportCheckpoint(String run, String checkpoint, Optional<String> name) implements Job {

        /** Checks the name. */
        public ExportCheckpoint {
            name.ifPresent(word -> Workspace.checkedName("model", word));
        }

        @Override
        public String prefix() {
            return "export-" + name.orElse(run + "-" + checkpoint);
        }
    }

    /**
     * A model becomes one in whole numbers (int8), judged beside the one before on the dataset's test part.
     *
     * @param model      a file, or the name of a model of the workspace
     * @param data       the dataset
     * @param name       of the new model; empty: as the model before, with {@code -int8}
     * @param pictures   of the training part, that show which values occur; empty: 128
     * @param processor  {@code any}, or {@code this} for 8-bit weights where this machine's processor takes them; empty: any
     * @param bound      how far answers may be from those before; empty: as usual
     * @param keepSlower whether a model is kept that is hardly faster here
     */
    record Int8(
            String model,
            String data,
            Optional<String> name,
            Optional<Integer> pictures,
            Optional<String> processor,
            Optional<Double> bound,
            boolean keepSlower)
            implements Job {

        /** Checks the name. */
        public Int8 {
            name.ifPresent(word -> Workspace.checkedName("model", word));
        }

        /** All as usual. */
        public static Int8 of(String model, String data) {
            return new Int8(model, data, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        }

        /** Returns the job for the same model, named otherwise. */
        Int8 of(String place) {
            return new Int8(place, data, name, pictures, processor, bound, keepSlower);
        }

        @Override
        public String prefix() {
            return name.orElse(fileStem(model) + "-int8");
        }
    }

    /**
     * A model and what can be made of it that is smaller or faster, judged on the same test pictures and timed in turns.
     *
     * @param model  a file, or the name of a model of the workspace
     * @param data   the dataset that it learned
     * @param name   that the new models' names begin with; empty: as the model
     * @param rungs  {@code int8}, {@code pooled}, {@code pruned}, {@code hybrid}; none for all
     * @param keep   of pruning: the shares of channels that stay; none for the usual ones
     * @param epochs that a changed network learns on for; empty: 5
     * @param seed   of every random choice; empty: 1
     */
    record Ladder(
            String model,
            String data,
            Optional<String> name,
            List<String> rungs,
            List<Double> keep,
            Optional<Integer> epochs,
            Optional<Long> seed)
            implements Job {

        /** Copies, and checks the name. */
        public Ladder {
            name.ifPresent(word -> Workspace.checkedName("model", word));
            rungs = List.copyOf(rungs);
            keep = List.copyOf(keep);
        }

        /** All as usual. */
        public static Ladder of(String model, String data) {
            return new Ladder(model, data, Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());
        }

        /** Returns the job for the same model, named otherwise. */
        Ladder of(String place) {
            return new Ladder(place, data, name, rungs, keep, epochs, seed);
        }

        /** Returns what the new models' names begin with. */
        public String base() {
            return name.orElse(fileStem(model));
        }

        @Override
        public String prefix() {
            return base() + "-ladder";
        }
    }

    /**
     * A model is written in a form that other programs read, and checked in it.
     *
     * @param model     a file, the name of a model of the workspace, or {@code NAME/VERSION}
     * @param format    the form, with what is chosen of it: {@code onnx}, or {@code {kind: onnx, precision: fp16}}
     * @param to        where it is written; empty: in the job's folder, named after the model
     * @param replace   whether what is there is replaced
     * @param int8      whether it is written in whole numbers
     * @param calibrate the dataset whose training pictures show which values occur; a model in whole numbers needs none
     */
    record ExportModel(
            String model,
            ModelFormat format,
            Optional<Path> to,
            boolean replace,
            boolean int8,
            Optional<String> calibrate)
            implements Job {

        /** As the model has its numbers, or as the form says. */
        public ExportModel(String model, ModelFormat format, Optional<Path> to, boolean replace) {
            this(model, format, to, replace, false, Optional.empty());
        }

        @Override
        public String prefix() {
            return "export-" + fileStem(model.replaceFirst("/([0-9]+)$", "-$1")) + "-" + format.word();
        }
    }

    /**
     * A project of another tool is taken over: its network becomes a model, its pictures a dataset, with a report of what came along.
     *
     * @param name     of the model and of the dataset
     * @param from     which tool
     * @param path     a folder, a file, or an archive of the folder
     * @param settings what the project does not say itself
     * @param replace  whether a dataset of this name is replaced; a model gets a further version
     */
    record Adopt(String name, ProjectKind from, Path path, AdoptionSettings settings, boolean replace) implements Job {

        /** Checks the name. */
        public Adopt {
            Workspace.checkedName("model", name);
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(settings, "settings");
        }

        /** With nothing but what the project says. */
        public static Adopt of(String name, ProjectKind from, Path path) {
            return new Adopt(name, from, path, AdoptionSettings.NONE, false);
        }

        @Override
        public String prefix() {
            return "adopt-" + name;
        }
    }

    /**
     * Jobs one after the other, such as those of a lab: each has a folder of its own.
     *
     * @param name of the recipe
     * @param jobs in their order
     */
    record Recipe(String name, List<Job> jobs) implements Job {

        /** Copies, and checks that there is something to do. */
        public Recipe {
            Workspace.checkedName("recipe", name);
            jobs = List.copyOf(jobs);
            if (jobs.isEmpty()) throw new IllegalArgumentException("a recipe needs at least one job");
            for (Job job : jobs) {
                if (job instanceof Recipe) {
                    throw new Problem(
                            "A recipe cannot hold another.", "recipe \"" + name + "\"", "list the jobs of both in one");
                }
            }
        }

        @Override
        public String prefix() {
            return name;
        }
    }
}
