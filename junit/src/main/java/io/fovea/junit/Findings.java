package io.fovea.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Where a test that passes says what was measured: entries of JUnit's report, and the log for what nobody should overlook. */
record Findings(ExtensionContext context) {

    private static final System.Logger LOG = System.getLogger("io.fovea.junit");

    /** Tells a measurement. */
    void tell(String name, String words) {
        context.publishReportEntry(name, words);
    }

    /** Tells a measurement that does not decide what it was made for. */
    void warn(String name, String words) {
        tell(name, words);
        LOG.log(System.Logger.Level.WARNING, () -> context.getDisplayName() + ": " + words);
    }
}
