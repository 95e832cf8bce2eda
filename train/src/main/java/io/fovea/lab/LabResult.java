package io.fovea.lab;

import java.util.Map;

/** What a lab tells at its end. */
public sealed interface LabResult permits NetworkResult, PhotographResult, MapResult, HybridTables {

    /**
     * Returns it for programs.
     *
     * @param totalSeconds since the lab was asked for
     */
    Map<String, Object> json(double totalSeconds);
}
