package io.fovea.collection;

import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.DownloadSettings;
import io.fovea.source.Source;
import java.nio.file.Path;
import java.util.List;

/** The files of a public set, where they lie on this machine or as they are published. */
record PublishedFiles(PublicDataset set) implements SetFiles {

    @Override
    public boolean isHere(LocalData local) {
        return local.find(set).isPresent();
    }

    @Override
    public long bytesToFetch() {
        return set.sizeInBytes();
    }

    @Override
    public List<Source> provide(LocalData local, Path made, DownloadListener listener) {
        return List.of(Source.of(local.provide(set, new Download(DownloadSettings.DEFAULT), listener)));
    }
}
