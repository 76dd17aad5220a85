package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.syscope.capture.driver.BuildTool;
import org.syscope.capture.driver.DriverKind;
import org.syscope.capture.driver.KernelModule;
import org.syscope.capture.driver.ModuleFile;
import org.syscope.capture.driver.ModuleSupport;

/** What this machine can do with each driver, and what it lacks; loads and builds nothing. */
final class DriverStatus {

    private final Map<String, String> environment;

    DriverStatus(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The running kernel's release, as {@code uname -r} has it. */
    static String release() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/osrelease"), StandardCharsets.US_ASCII).strip();
    }

    /**
     * Prints it: a line for each driver, one for the module, and one for each thing that building needs.
     *
     * @return whether any driver can be used
     */
    boolean print(StandardOutput out) throws IOException {
        String release = release();
        StringBuilder text = new StringBuilder();
        line(text, "kernel", release);
        boolean any = false;
        for (DriverKind kind : DriverChoice.kinds(null, environment)) {
            String refusal = kind.refusal();
            line(text, kind.name(), refusal == null ? "ready" : "not ready: " + DriverChoice.withoutName(kind, refusal));
            any |= refusal == null;
        }
        line(text, "module", module(release));
        for (BuildTool tool : BuildTool.all(environment)) {
            line(text, tool.name(), tool.found() == null ? "missing; " + tool.hint() : tool.found());
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        return any;
    }

    private String module(String release) throws IOException {
        if (KernelModule.isLoaded()) {
            return "loaded";
        }
        Path built = ModuleFile.defaultPlace(release, environment);
        Optional<Path> installed = ModuleFile.installed(Path.of("/lib/modules", release));
        String file = Files.exists(built) ? built.toString() : installed.map(Path::toString).orElse("");
        String refusal = new ModuleSupport(Path.of("/")).refusal();
        return "not loaded; " + (file.isEmpty() ? "not built" : "built: " + file) + (refusal == null ? "" : "; " + refusal);
    }

    private static void line(StringBuilder text, String name, String words) {
        text.append("%-10s %s%n".formatted(name, words));
    }
}
