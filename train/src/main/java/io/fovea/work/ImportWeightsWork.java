package io.fovea.work;

import io.fovea.choice.ClassNameList;
import io.fovea.choice.NetworkChoice;
import io.fovea.dataset.DistinctNames;
import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.DownloadSettings;
import io.fovea.download.Hosts;
import io.fovea.download.RemoteFile;
import io.fovea.image.Preprocessing;
import io.fovea.job.Job;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Shape;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.pretrained.PublicWeights;
import io.fovea.pretrained.UsualPreprocessing;
import io.fovea.pretrained.WeightImport;
import io.fovea.problem.Problem;
import io.fovea.result.ImportWeightsResult;
import io.fovea.result.JobResult;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.NetworkSearch;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Job.ImportWeights}, looked at: published weights, a file, or the address of one. */
final class ImportWeightsWork implements Work {

    private final Job.ImportWeights job;
    private final Workspace workspace;
    private final Path folder;
    private final Optional<PublicWeights> published;
    private final Optional<Path> data;
    private final List<String> remarks = new ArrayList<>();

    ImportWeightsWork(Job.ImportWeights job, Workspace workspace) {
        this.job = job;
        this.workspace = workspace;
        folder = workspace.weights(job.name());
        if (!job.replace() && Files.exists(folder)) {
            throw new Problem(
                    "There are weights named \"" + job.name() + "\" already.",
                    folder.toString(),
                    "choose another name, or give --replace to put the new ones in their place");
        }
        job.network().ifPresent(Catalogue::entry); // an unknown name must not wait for a download
        published = job.source().isEmpty() ? Optional.of(PublicWeights.named(job.name())) : Optional.empty();
        published.ifPresent(this::checkNetwork);
        data = job.data().map(name -> workspace.existing(Shelf.DATASETS, name));
    }

    private void checkNetwork(PublicWeights weights) {
        if (job.network().isEmpty() || job.network().get().equals(weights.network())) return;
        throw new Problem(
                "The weights \"" + job.name() + "\" are for the network \"" + weights.network() + "\", not for \""
                        + job.network().get() + "\".",
                "option --network",
                "leave it out");
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of();
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        WeightImport done = published.isPresent()
                ? published(published.get(), site)
                : given(job.source().orElseThrow(), site);
        remarks.addAll(done.fit().remarks());
        remarks.forEach(remark -> site.telling().note(remark + "."));
        workspace.checkWritable();
        PretrainedFolder.write(done.pretrained(), folder);
        return Optional.of(new ImportWeightsResult(job.name(), folder, done, remarks));
    }

    private WeightImport given(String source, JobSite site) {
        List<String> names = job.classes().map(this::names).orElse(List.of());
        if (!Job.ImportWeights.isAddress(source)) {
            Path file = Path.of(source);
            return fitted(file, names, file.toAbsolutePath().toString());
        }
        URI address = URI.create(source);
        String file = Path.of(address.getPath()).getFileName().toString();
        // Two addresses may end in the same name.
        Path cache = downloads().resolve(Integer.toHexString(address.hashCode()));
        RemoteFile remote = PublicWeights.beginning(file);
        if (remote.sha256().isEmpty())
            site.telling().note("the address tells no checksum; the file is taken as it comes.");
        return fitted(download().fetch(remote, address, cache, listener(site)), names, source);
    }

    private WeightImport fitted(Path file, List<String> names, String from) {
        String terms = job.licence().orElse("");
        if (job.network().isPresent())
            return WeightImport.of(file, settings(Catalogue.entry(job.network().get()), names, from, terms));
        NetworkChoice choice = NetworkChoice.of(
                NetworkSearch.fitting(file, job.prefixOfTensors()),
                candidate -> WeightImport.of(file, settings(Catalogue.entry(candidate), names, from, terms)),
                data);
        remarks.addAll(choice.remarks());
        return choice.chosen();
    }

    /** Reads class names; of equal ones each gets its label behind it. */
    private List<String> names(Path file) {
        DistinctNames distinct = DistinctNames.of(ClassNameList.read(file));
        remarks.addAll(distinct.remarks());
        return distinct.names();
    }

    private WeightImport published(PublicWeights weights, JobSite site) {
        workspace.checkWritable();
        Path file = weights.fetch(downloads(), download(), listener(site));
        return WeightImport.of(
                file,
                settings(
                        Catalogue.entry(weights.network()),
                        classNames(weights, site),
                        weights.address().toString(),
                        job.licence().orElseGet(weights::licence)));
    }

    /** Weights are of use without names, so a list that cannot be had is no reason to give up. */
    private List<String> classNames(PublicWeights weights, JobSite site) {
        if (job.classes().isPresent()) return names(job.classes().get());
        if (weights.classList().isEmpty()) return weights.classNames();
        URI list = weights.classList().get();
        try {
            RemoteFile file = PublicWeights.beginning(
                    Path.of(list.getPath()).getFileName().toString());
            return names(download().fetch(file, list, downloads(), listener(site)));
        } catch (Problem unreachable) {
            site.telling()
                    .note("the class names cannot be fetched (" + unreachable.where()
                            + "); --classes FILE gives them.");
            return List.of();
        }
    }

    private Path downloads() {
        return workspace.cache().resolve("weights");
    }

    private static Download download() {
        return new Download(DownloadSettings.DEFAULT, Hosts.of(System.getenv(), Hosts.ANY));
    }

    private static DownloadListener listener(JobSite site) {
        return (file, received, total) ->
                site.telling().progressed("downloading", received, Math.max(0, total), "bytes of " + file);
    }

    private WeightImport.Settings settings(CatalogueEntry entry, List<String> names, String from, String terms) {
        return new WeightImport.Settings(
                job.name(), entry.name(), preprocessing(entry), order(), names, from, terms, job.prefixOfTensors());
    }

    private ChannelOrder order() {
        return job.channelOrder().orElse(ChannelOrder.RGB);
    }

    private Preprocessing preprocessing(CatalogueEntry entry) {
        Shape made = entry.defaultInput();
        Shape input = new Shape(
                made.size(0), job.height().orElse(made.size(1)), job.width().orElse(made.size(2)));
        try {
            return UsualPreprocessing.of(entry, input, job.cropMargin(), job.mean(), job.std());
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(
                    outOfRange.getMessage() + ".",
                    "weights \"" + job.name() + "\"",
                    "choose a value in range",
                    outOfRange);
        }
    }

    @Override
    public void close() {}
}
