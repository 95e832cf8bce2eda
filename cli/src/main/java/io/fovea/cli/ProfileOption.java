package io.fovea.cli;

import io.fovea.choice.ProfileFile;
import io.fovea.profile.DeviceProfile;
import io.fovea.profile.EstimateTable;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The machine that estimates are for, and the workspace that its profile may lie in. */
final class ProfileOption {

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            description = "Estimate the time on the machine of this profile (fovea doctor --profile).")
    private Optional<String> profile = Optional.empty();

    @Mixin
    private WorkspaceOption workspace;

    /** Returns the estimates; empty if none are asked for. */
    Optional<EstimateTable> estimates() {
        return profile.map(word -> new EstimateTable(DeviceProfile.read(ProfileFile.of(word, workspace.workspace()))));
    }
}
