package io.fovea.terminal;

import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.JobEvent;
import io.fovea.result.EventWords;
import java.util.Locale;

/** Shows what a lab does around its jobs. */
public final class SiteConsole implements EventListener, AutoCloseable {

    private final Console console;
    private final ProgressBar bar;

    public SiteConsole(Console console) {
        this.console = console;
        this.bar = new ProgressBar(console);
    }

    @Override
    public synchronized void on(Event event) {
        if (event instanceof JobEvent.StageProgressed stage) {
            double fraction = stage.total() == 0 ? 0 : (double) stage.done() / stage.total();
            bar.draw(stage.stage(), fraction, String.format(Locale.ROOT, "%,d %s", stage.done(), stage.unit()));
            if (stage.done() < stage.total() || stage.total() == 0) return;
        }
        bar.clear();
        if (event instanceof JobEvent.Noted noted) console.progress(noted.note());
        else new EventWords().lines(event).forEach(console::progress);
    }

    @Override
    public void close() {
        bar.clear();
    }
}
