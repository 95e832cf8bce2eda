package io.fovea.intake;

import io.fovea.choice.ImportChoice;
import io.fovea.codec.PngWriter;
import io.fovea.collection.ReadyMade;
import io.fovea.dataset.Preparation;
import io.fovea.download.DownloadListener;
import io.fovea.image.ColorConversion;
import io.fovea.image.Resize;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportLook;
import io.fovea.importer.ImportSettings;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.result.LookReport;
import io.fovea.source.Source;
import io.fovea.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at sources before anything is imported: what they are, how many pictures of what, and a few of these, to see what a size and a way to resize makes
 * of them. The last looks are remembered. Threads may share it.
 */
public final class Looks {

    private static final int MOST_REMEMBERED = 6;
    private static final int MOST_AT_ONCE = 2;
    private static final int LONGEST_SIDE_SHOWN = 512;
    private static final String SCRATCH = "look-";

    private final Workspace workspace;
    private final AtomicLong count = new AtomicLong();
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private final Map<String, ImportLook> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ImportLook> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Those of a workspace. */
    public Looks(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Looks at what a job would import.
     *
     * @throws Problem if it cannot be read as a dataset
     */
    public Map<String, Object> look(Job.Import job) {
        ImportSettings settings = ImportChoice.settings(job.name(), job.sources(), job.settings());
        List<Source> sources = ReadyMade.sources(job.sources(), workspace.cache(), DownloadListener.NONE);
        String id = Long.toString(count.incrementAndGet());
        turns.acquireUninterruptibly();
        ImportLook look;
        try {
            look = DatasetImport.look(sources, settings, workspace.cache().resolve(SCRATCH + id));
        } finally {
            turns.release();
        }
        synchronized (remembered) {
            remembered.put(id, look);
        }
        return json(id, look, settings);
    }

    /**
     * Returns a sample as an import would prepare it, as PNG; what is larger than a screen needs is made smaller in proportion.
     *
     * @param look   as a look was called
     * @param sample its number, from 0
     * @throws Problem if the look is forgotten, or has no such sample
     */
    public byte[] sample(String look, int sample, Preparation preparation) {
        ImportLook known;
        synchronized (remembered) {
            known = remembered.get(look);
        }
        if (known == null || sample < 0 || sample >= known.samples().size())
            throw new Problem(
                    "There is no such picture to show any more.",
                    "look " + look + ", picture " + sample,
                    "look at the sources again");
        Preparation shown = small(preparation);
        return PngWriter.bytes(Resize.to(
                ColorConversion.to(
                        shown.colorMode(), known.samples().get(sample).picture()),
                shown.height(),
                shown.width(),
                shown.resizeMode(),
                shown.cropMargin()));
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

    private static Map<String, Object> json(String id, ImportLook look, ImportSettings settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("look", id);
        json.putAll(LookReport.json(look, settings.preparation()));
        return json;
    }
}
